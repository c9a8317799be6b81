package preview

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/jam-go/jam"
)

const (
	manyProblems = 100     // that are shown
	around       = 3       // lines of an excerpt before and after the one that is marked
	wide         = 160     // characters of a line that are shown
	largest      = 4 << 20 // bytes of a file of which an excerpt is shown
)

//go:embed problems.html
var problemsSource string

var problemTemplates = sync.OnceValues(func() (*template.Template, error) {
	return template.New("problems").Parse(problemsSource)
})

// report is what the templates show of problems.
type report struct {
	Title string // "2 problems in 1 file"
	Files []problemFile
	More  int // problems that are left out
	Lead  string
}

type problemFile struct {
	Path     string
	Problems []problem
}

type problem struct {
	Op, Message  string
	Line, Column int
	Excerpt      []excerptLine
}

// excerptLine is a line of a file. The marked one is divided before and after the column.
type excerptLine struct {
	Number               int
	Marked               bool
	Before, Point, After string
}

// report makes what is to be said of problems, such as errors or warnings.
func (h *Handler) report(list []*jam.Error, noun, lead string) *report {
	r := &report{Lead: lead}
	files := make(map[string]bool)
	for i, e := range list {
		files[e.Path] = e.Path != ""
		if i >= manyProblems {
			r.More++
			continue
		}
		if len(r.Files) == 0 || r.Files[len(r.Files)-1].Path != e.Path {
			r.Files = append(r.Files, problemFile{Path: e.Path})
		}
		f := &r.Files[len(r.Files)-1]
		p := problem{Op: e.Op, Line: e.Line, Column: e.Column}
		if e.Err != nil {
			p.Message = e.Err.Error()
		}
		if e.Line > 0 {
			p.Excerpt = excerpt(h.text(e.Path), e.Line, e.Column)
		}
		f.Problems = append(f.Problems, p)
	}
	delete(files, "")
	r.Title = plural(len(list), noun)
	if len(files) > 0 {
		r.Title += " in " + plural(len(files), "file")
	}
	return r
}

func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprint(n, " ", noun)
}

// text returns a file of the site, or nothing if there is none such.
func (h *Handler) text(name string) []byte {
	if !fs.ValidPath(name) || h.name(filepath.Join(h.dir, filepath.FromSlash(name))) == "" {
		return nil
	}
	f, err := h.fsys.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	b, err := io.ReadAll(io.LimitReader(f, largest))
	if err != nil || bytes.IndexByte(b, 0) >= 0 || !utf8.Valid(b[:max(0, len(b)-utf8.UTFMax)]) {
		return nil
	}
	return b
}

// excerpt returns the lines around one of a text.
func excerpt(text []byte, line, column int) []excerptLine {
	var list []excerptLine
	number := 0
	for l := range bytes.Lines(text) {
		number++
		if number < line-around {
			continue
		}
		if number > line+around {
			break
		}
		s := strings.ToValidUTF8(strings.TrimRight(string(l), "\r\n"), "\uFFFD")
		if number == 1 {
			s = strings.TrimPrefix(s, "\uFEFF")
		}
		if number != line {
			list = append(list, excerptLine{Number: number, Before: cut([]rune(s), 0, wide)})
			continue
		}
		list = append(list, mark([]rune(s), number, column))
	}
	if number < line { // it is not what it was
		return nil
	}
	return list
}

// mark divides a line at a column, and shortens it around that.
func mark(s []rune, number, column int) excerptLine {
	at := min(max(column-1, 0), len(s))
	from := 0
	if at > wide/2 {
		from = at - wide/4
	}
	l := excerptLine{Number: number, Marked: true}
	if column < 1 {
		l.Before = cut(s, 0, wide)
		return l
	}
	l.Before = cut(s[:at], from, at)
	l.Point = cut(s, at, min(at+1, len(s)), "")
	l.After = cut(s, min(at+1, len(s)), from+wide, "")
	if from+wide < len(s) {
		l.After += "…"
	}
	return l
}

// cut returns a part of a line, with what shows that something is missing, unless that is given.
func cut(s []rune, from, to int, ellipsis ...string) string {
	from, to = min(from, len(s)), min(to, len(s))
	if from >= to {
		return ""
	}
	part := string(s[from:to])
	if len(ellipsis) > 0 {
		return part
	}
	if from > 0 {
		part = "…" + part
	}
	if to < len(s) {
		part += "…"
	}
	return part
}

// problemReport makes the report of an error.
func (h *Handler) problemReport(err error) *report {
	return h.report(jam.Errors(err), "problem", "")
}

// fragment returns the report as an element to lay over a page.
func (h *Handler) fragment(name string, data any) (string, error) {
	t, err := problemTemplates()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		return "", err
	}
	return b.String(), nil
}

// document is what the template of a whole document takes.
type document struct {
	*report
	Style  string        // URL of the style sheet
	Script template.HTML // element
}

// serveProblem answers with a mistake of the site: laid over the last good page, or on a page of its own.
func (h *Handler) serveProblem(w http.ResponseWriter, r *http.Request, p string, res result) {
	err := cmp.Or(res.state.err, res.failed)
	h.log.DebugContext(r.Context(), "preview: mistakes shown", "path", p, "error", err)
	w.Header().Set("Vary", "Accept")
	if !wantsHTML(r) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		write(w, r, http.StatusInternalServerError, []byte(err.Error()+"\n"))
		return
	}
	page, ok := h.served.page(p)
	if res.failed == nil {
		page, ok = servedPage{p, res.body.Bytes(), res.sum.Sum64()}, true
	}
	if ok {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		body := inject(h.located(page.body, r), h.element(p, res.state.id, formatSum(page.sum)))
		write(w, r, http.StatusInternalServerError, body)
		return
	}
	rep := h.problemReport(err)
	h.serveReport(w, r, http.StatusInternalServerError, rep, h.element(p, res.state.id, problemSum(rep)))
}

// serveReport answers with a document, which may have the script element.
func (h *Handler) serveReport(w http.ResponseWriter, r *http.Request, status int, rep *report, script string) {
	body, err := h.fragment("document", document{rep, h.client.url("preview.css"), template.HTML(script)})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	write(w, r, status, []byte(body))
}

// ownSum begins the checksums of the preview's own pages.
const ownSum = "!"

// problemSum returns the checksum of a page with a report, which no other page has.
func problemSum(r *report) string {
	s := newSum()
	fmt.Fprintf(s, "%+v", *r)
	return ownSum + formatSum(s.Sum64())
}

// wantsHTML tells whether a browser asks for something to show, and not a program or a part of a page.
func wantsHTML(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "text/html") ||
		slices.Contains([]string{"document", "iframe", "frame"}, r.Header.Get("Sec-Fetch-Dest"))
}
