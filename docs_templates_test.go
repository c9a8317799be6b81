package jam_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/jam-go/jam"
)

const templatesDoc = "docs/templates.md"

// A reference is docs/templates.md, taken apart.
type reference struct {
	lines   []string
	sample  *docFence   // the sample site, on which examples run
	fences  []*docFence // all others
	entries []*docEntry
}

// A docEntry is the description of a function, a method or a field, under a heading of level 4.
type docEntry struct {
	name      string
	line      int
	signature string   // without the other names
	also      []string // the other names
	text      string
}

// A docFence is a fenced block.
type docFence struct {
	lang     string
	line     int // of its first line of text, from 1
	lines    []string
	entry    *docEntry
	template string // the template that examples stand for, such as _markup/render-link.html
	text     string // the Markdown that calls it
}

// A docExample is template code, with what it gives.
type docExample struct {
	*docFence
	line         int // of the result
	source, want string
}

var (
	docSignature = regexp.MustCompile("^`([^`]+)`((?:, also `[^`]+`(?:, `[^`]+`)*)?)\\. +(\\S.*)$")
	docTemplate  = regexp.MustCompile("`(_[^`]+)`, for this text:$")
	docResult    = regexp.MustCompile(`^(.*\}\}.*?) →(?: (.*))?$`)
	docSpan      = regexp.MustCompile("`([^`]+)`")
)

// readReference reads docs/templates.md. What does not have the form of an entry or a block is an error.
func readReference(t *testing.T) *reference {
	t.Helper()
	text, err := os.ReadFile(templatesDoc)
	if err != nil {
		t.Fatal(err)
	}
	d := &docReader{t: t, reference: &reference{lines: strings.Split(string(text), "\n")}}
	for d.next < len(d.lines) {
		d.readLine()
	}
	if d.sample == nil {
		t.Fatalf("%s has no sample site", templatesDoc)
	}
	return d.reference
}

// A docReader is a reference being read.
type docReader struct {
	t *testing.T
	*reference
	next     int // index of the next line
	entry    *docEntry
	template string
	text     string
}

func (d *docReader) readLine() {
	line := d.lines[d.next]
	d.next++
	switch {
	case strings.HasPrefix(line, "#### "):
		d.entry = &docEntry{name: line[len("#### "):], line: d.next}
		d.entries = append(d.entries, d.entry)
	case strings.HasPrefix(line, "## "), strings.HasPrefix(line, "### "):
		d.entry, d.template, d.text = nil, "", ""
	case strings.HasPrefix(line, "```"):
		d.readFence(line)
	case strings.HasPrefix(line, "{{"):
		d.t.Errorf("%s:%d: an example outside of a block", templatesDoc, d.next)
	case d.entry != nil && d.entry.signature == "" && line != "":
		line = d.readSignature(line)
	}
	if m := docTemplate.FindStringSubmatch(line); m != nil {
		d.template = m[1]
	}
}

// readFence reads a block up to a line like the first, without the language.
func (d *docReader) readFence(line string) {
	d.t.Helper()
	lang := strings.TrimLeft(line, "`")
	f := &docFence{lang: lang, line: d.next + 1, entry: d.entry, template: d.template, text: d.text}
	length := slices.Index(d.lines[d.next:], strings.TrimSuffix(line, lang))
	if length < 0 {
		d.t.Fatalf("%s:%d: a block has no end", templatesDoc, d.next)
	}
	f.lines = d.lines[d.next : d.next+length]
	d.next += length + 1
	switch {
	case lang == "txtar" && d.sample == nil:
		d.sample = f
	case lang == "markdown":
		d.text = strings.Join(f.lines, "\n") + "\n"
	case slices.Contains([]string{"go-html-template", "txtar", "text"}, lang):
		d.fences = append(d.fences, f)
	default:
		d.t.Errorf("%s:%d: a block of the unknown language %q", templatesDoc, f.line-1, lang)
	}
}

// readSignature reads the first paragraph of an entry, and returns it as a line.
func (d *docReader) readSignature(line string) string {
	d.t.Helper()
	for next := d.lines[d.next]; next != "" && !strings.HasPrefix(next, "```"); next = d.lines[d.next] {
		line += " " + next
		d.next++
	}
	m := docSignature.FindStringSubmatch(line)
	if m == nil {
		d.t.Fatalf("%s:%d: an entry begins with its signature in back quotes, and a sentence on what it does", templatesDoc, d.next)
	}
	d.entry.signature, d.entry.text = m[1], m[3]
	for _, also := range docSpan.FindAllStringSubmatch(m[2], -1) {
		d.entry.also = append(d.entry.also, also[1])
	}
	return line
}

// examples takes the lines of a block apart: an example ends with its result, behind an arrow.
func (f *docFence) examples(t *testing.T) []docExample {
	t.Helper()
	var out []docExample
	var source []string
	for i, line := range f.lines {
		m := docResult.FindStringSubmatch(line)
		if m == nil {
			source = append(source, line)
			continue
		}
		source = append(source, m[1])
		out = append(out, docExample{f, f.line + i, strings.Join(source, "\n"), m[2]})
		source = nil
	}
	if len(source) > 0 || len(out) == 0 {
		t.Errorf("%s:%d: an example has no result", templatesDoc, f.line)
	}
	return out
}

// TestTemplatesReference runs every example of docs/templates.md.
func TestTemplatesReference(t *testing.T) {
	r := readReference(t)
	ran := map[string]int{}
	t.Run("examples", func(t *testing.T) {
		for _, f := range r.fences {
			switch {
			case f.lang == "go-html-template":
				r.checkExamples(t, f)
			case f.lang == "txtar":
				checkDocSite(t, f)
			case f.lang == "text" && len(f.lines) > 0 && strings.HasPrefix(f.lines[0], "layouts of "):
				r.checkLookup(t, f)
			default:
				continue
			}
			ran[f.lang]++
		}
	})
	for lang, least := range map[string]int{"go-html-template": 500, "txtar": 10, "text": 7} {
		if ran[lang] < least {
			t.Errorf("only %d blocks of the sort %s were tested, at least %d are expected", ran[lang], lang, least)
		}
	}
	if *update {
		if err := os.WriteFile(templatesDoc, []byte(strings.Join(r.lines, "\n")), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// checkExamples runs the examples of a block. By each other name of what they show, they must give the same.
func (r *reference) checkExamples(t *testing.T, f *docFence) {
	name := fmt.Sprintf("line %d", f.line)
	if f.entry != nil {
		name = f.entry.name
	}
	examples := f.examples(t)
	t.Run(name, func(t *testing.T) {
		t.Parallel()
		for _, ex := range examples {
			got := r.run(t, ex.source, ex)
			if *update {
				r.lines[ex.line-1] = strings.TrimRight(ex.source[strings.LastIndex(ex.source, "\n")+1:]+" → "+got, " ")
			} else if got != ex.want {
				t.Errorf("%s:%d: %s\ngives %q\nwant  %q", templatesDoc, ex.line, ex.source, got, ex.want)
			}
			if f.entry == nil || strings.HasPrefix(got, "fails: ") {
				continue
			}
			for _, also := range f.entry.also {
				source := wordOf(f.entry.name).ReplaceAllString(ex.source, "${1}"+also)
				if other := r.run(t, source, ex); other != got {
					t.Errorf("%s:%d: %s\ngives %q\nwant  %q", templatesDoc, ex.line, source, other, got)
				}
			}
		}
	})
}

// wordOf finds a name of a function or a member where nothing else continues it.
func wordOf(name string) *regexp.Regexp {
	return regexp.MustCompile(`(^|[^\w.])` + regexp.QuoteMeta(name) + `\b`)
}

// examplePage is the file of the page that is the dot of examples.
const examplePage = "posts/green-tea/index.html"

var docTrace = regexp.MustCompile(` \(called from .*$`)

// run returns what an example gives: text, a line break of which is "⏎", or the message that it fails or warns with.
func (r *reference) run(t *testing.T, source string, ex docExample) string {
	files, cfg := r.site(t)
	name := examplePage
	if ex.template == "" {
		files["layouts/all.html"] = &fstest.MapFile{Data: []byte(`{{ if and (eq .Path "/posts/green") (eq .Lang "en") }}` +
			`[[{{ partial "example.txt" . }}]]{{ end }}`)}
		files["layouts/_partials/example.txt"] = &fstest.MapFile{Data: []byte(source)}
	} else {
		name = "example/index.html"
		files["layouts/all.html"] = &fstest.MapFile{Data: []byte(`{{ .Content }}`)}
		files["layouts/"+ex.template] = &fstest.MapFile{Data: []byte("[[" + source + "]]")}
		files["content/example.md"] = &fstest.MapFile{Data: []byte(ex.text)}
	}
	site, err := jam.Load(t.Context(), files, cfg)
	if err == nil && strings.HasPrefix(ex.want, "warns: ") {
		var report *jam.Report
		if report, err = site.Build(t.Context(), jam.Memory()); err == nil && len(report.Warnings) > 0 {
			return "warns: " + report.Warnings[0].Err.Error()
		}
	}
	var data []byte
	if err == nil {
		data, err = fs.ReadFile(site.FS(t.Context()), name)
	}
	if err != nil {
		return "fails: " + docTrace.ReplaceAllString(jam.Errors(err)[0].Err.Error(), "")
	}
	_, text, ok := bytes.Cut(data, []byte("[["))
	end := bytes.LastIndex(text, []byte("]]"))
	if !ok || end < 0 {
		return fmt.Sprintf("not called: %s", data)
	}
	got := string(text[:end])
	if ex.template == "" {
		got = html.UnescapeString(got)
	}
	return strings.ReplaceAll(strings.Trim(got, "\n "), "\n", "⏎")
}

// site returns the sample site.
func (r *reference) site(t *testing.T) (fstest.MapFS, *jam.Config) {
	ar := txtar.Parse([]byte(strings.Join(r.sample.lines, "\n") + "\n"))
	files := make(fstest.MapFS)
	for _, f := range ar.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return files, docConfig(t, r.sample, ar).config(files)
}

// docConfig reads the configuration before the files of an archive: one value of JSON.
func docConfig(t *testing.T, f *docFence, ar *txtar.Archive) *testConfig {
	t.Helper()
	c := new(testConfig)
	if len(bytes.TrimSpace(ar.Comment)) == 0 {
		return c
	}
	dec := json.NewDecoder(bytes.NewReader(ar.Comment))
	dec.DisallowUnknownFields()
	if err := dec.Decode(c); err != nil {
		t.Fatalf("%s:%d: configuration: %v", templatesDoc, f.line, err)
	}
	return c
}

// checkDocSite builds a site, and compares the files below out/ and the errors that the block lists.
func checkDocSite(t *testing.T, f *docFence) {
	t.Helper()
	ar := txtar.Parse([]byte(strings.Join(f.lines, "\n") + "\n"))
	var input, want []txtar.File
	for _, file := range ar.Files {
		if strings.HasPrefix(file.Name, "out/") || file.Name == "errors" {
			want = append(want, file)
		} else {
			input = append(input, file)
		}
	}
	files := tree(t, input)
	got := build(t, files, docConfig(t, f, ar).config(files))
	for _, w := range want {
		i := slices.IndexFunc(got, func(g txtar.File) bool { return g.Name == w.Name })
		if i < 0 {
			t.Errorf("%s:%d: there is no %s, but %q", templatesDoc, f.line, w.Name, got)
		} else if !bytes.Equal(bytes.TrimSpace(got[i].Data), bytes.TrimSpace(w.Data)) {
			t.Errorf("%s:%d: %s is\n%s\nwant\n%s", templatesDoc, f.line, w.Name, got[i].Data, w.Data)
		}
	}
	if len(want) == 0 {
		t.Errorf("%s:%d: the site has no output", templatesDoc, f.line)
	}
}

// checkLookup compares a list of layouts with those that are looked for. Its first line has the page, the output
// format, and perhaps the language: "layouts of /posts as rss in de".
func (r *reference) checkLookup(t *testing.T, f *docFence) {
	t.Helper()
	files, cfg := r.site(t)
	files["layouts/all.html"] = &fstest.MapFile{}
	site := mustLoad(t, files, cfg)
	path, format, _ := strings.Cut(strings.TrimPrefix(f.lines[0], "layouts of "), " as ")
	format, lang, _ := strings.Cut(format, " in ")
	page, err := site.Page(path)
	if err != nil {
		t.Errorf("%s:%d: %v", templatesDoc, f.line, err)
		return
	}
	got, want := jam.LayoutCandidates(page, format, lang), strings.Fields(strings.Join(f.lines[1:], " "))
	if !slices.Equal(got, want) {
		t.Errorf("%s:%d: layouts are\n%s\nwant\n%s", templatesDoc, f.line, strings.Join(got, " "), strings.Join(want, " "))
	}
}
