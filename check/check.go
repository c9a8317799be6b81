package check

import (
	"bytes"
	"context"
	"fmt"
	"hash/maphash"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"sync"

	"github.com/jam-go/jam/internal/work"
)

// Options say what is checked, and how. The zero value checks all that needs no
// knowledge of where the site is published.
type Options struct {
	// BaseURL is the absolute URL of the folder that is checked, such as
	// https://example.com/docs/. With it, absolute links to the site itself are
	// checked as others are, and so are sitemaps and canonical links.
	BaseURL string

	// CleanURLs says that the server finds about.html for /about.
	CleanURLs bool

	// Rules sets the severity of rules, by name. A * in a name stands for any
	// characters; of several that match a rule, the longest counts:
	//
	//	{"orphan-page": check.Off, "heading-*": check.Error}
	//	{"*": check.Off, "link-*": check.Error}
	Rules map[string]Severity

	// Ignore lists findings that are known and to be left out.
	Ignore []Exception

	// Budgets are the sizes that files may have.
	Budgets []Budget

	// External says how links to other sites are checked; nil: not at all.
	External *External

	// Workers is the number of files that are read at once; 0: one for each CPU.
	Workers int
}

// run is one run of the checks.
type run struct {
	fsys     fs.FS
	opt      Options
	site     *site
	severity [ruleCount]Severity
	ignore   []exception
	budgets  []budget
	seed     maphash.Seed
	asked    *externals

	mu       sync.Mutex
	findings []Finding
	sitemaps []sitemapURL
	pages    int
	links    int
}

// Run checks the files of fsys, of which it reads each at most once, several at
// a time. Files of other kinds than HTML, feeds, sitemaps and JSON are only asked
// for their sizes, and only if there is a budget for them. Folders whose names
// begin with a period are left out, but for .well-known.
//
// The findings are in the report. An error is returned only if the options are
// wrong, a file cannot be read, or ctx is done. Run may be called concurrently.
func Run(ctx context.Context, fsys fs.FS, opt *Options) (*Report, error) {
	r := &run{fsys: fsys, seed: maphash.MakeSeed()}
	if opt != nil {
		r.opt = *opt
	}
	var err error
	if r.severity, err = severities(r.opt.Rules); err != nil {
		return nil, err
	}
	if r.ignore, err = compileExceptions(r.opt.Ignore); err != nil {
		return nil, err
	}
	if r.budgets, err = compileBudgets(r.opt.Budgets); err != nil {
		return nil, err
	}
	if r.site, err = newSite(ctx, fsys, &r.opt); err != nil {
		return nil, err
	}
	r.asked = newExternals(r.opt.External)
	if err := r.readAll(ctx); err != nil {
		return nil, err
	}
	r.across()
	if err := r.checkSizes(ctx); err != nil {
		return nil, err
	}
	if err := r.askExternals(ctx); err != nil {
		return nil, err
	}
	return r.report(), nil
}

// readAll reads the files and checks each by itself.
func (r *run) readAll(ctx context.Context) error {
	var jobs []int32
	for i := range r.site.files {
		if r.site.files[i].kind != otherFile {
			jobs = append(jobs, int32(i))
		}
	}
	workers := r.opt.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	readers := make([]*reader, max(1, min(workers, len(jobs))))
	buffers := make([]bytes.Buffer, len(readers))
	err := work.Each(ctx, workers, len(jobs), func(worker, i int) {
		if readers[worker] == nil {
			readers[worker] = newReader(r)
		}
		if err := r.readFile(readers[worker], &buffers[worker], jobs[i]); err != nil {
			cancel(err)
		}
	})
	for _, rd := range readers {
		if rd != nil {
			r.links += rd.links
			r.pages += rd.pages
		}
	}
	if err != nil {
		return context.Cause(ctx)
	}
	return nil
}

// readFile reads one file and checks it.
func (r *run) readFile(rd *reader, buf *bytes.Buffer, i int32) error {
	f := &r.site.files[i]
	buf.Reset()
	if err := readInto(buf, r.fsys, f.name); err != nil {
		return fmt.Errorf("check: %w", err)
	}
	var found []Finding
	switch f.kind {
	case htmlFile:
		found, f.facts = rd.read(i, buf.Bytes())
		rd.pages++
	case xmlFile:
		found = r.xml(f.name, buf.Bytes())
	case jsonFile:
		found = r.json(f.name, buf.Bytes())
	}
	r.add(found...)
	return nil
}

func readInto(buf *bytes.Buffer, fsys fs.FS, name string) error {
	file, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := io.Copy(buf, file); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

// add keeps findings.
func (r *run) add(found ...Finding) {
	if len(found) > 0 {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.findings = append(r.findings, found...)
	}
}

// finding makes a finding of a rule.
func (r *run) finding(rule ruleID, file string, line, column int, about, message string) Finding {
	return Finding{File: file, Line: line, Column: column, Rule: rules[rule].Name, Severity: r.severity[rule],
		Message: message, Fix: rules[rule].Fix, About: about}
}

// foundAt keeps a finding at a position of a file, if its rule is on.
func (r *run) foundAt(rule ruleID, file string, at position, about, format string, args ...any) {
	if r.severity[rule] != Off {
		r.add(r.finding(rule, file, int(at.line), int(at.column), about, fmt.Sprintf(format, args...)))
	}
}

func (r *run) hashString(s string) uint64 { return maphash.String(r.seed, s) }

// report takes the exceptions out and orders the rest.
func (r *run) report() *Report {
	rep := &Report{Files: len(r.site.files), Pages: r.pages, Links: r.links, External: r.asked.count()}
	rep.Findings = slices.DeleteFunc(r.findings, func(f Finding) bool {
		ignored := false
		for i := range r.ignore {
			if e := &r.ignore[i]; e.matches(&f) {
				e.used, ignored = true, true
			}
		}
		if ignored {
			rep.Ignored++
		}
		return ignored
	})
	slices.SortFunc(rep.Findings, compareFindings)
	for i := range r.ignore {
		if !r.ignore[i].used {
			rep.Unused = append(rep.Unused, r.ignore[i].Exception)
		}
	}
	return rep
}
