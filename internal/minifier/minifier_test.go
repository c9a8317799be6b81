package minifier

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/jam-go/jam/internal/diag"
)

// checkErrors compares the errors of documents.
func checkErrors(t *testing.T, m *Minifier, mediatype string, tests [][2]string) {
	t.Helper()
	for _, tt := range tests {
		dst := []byte("before")
		out, err := m.Bytes(t.Context(), mediatype, dst, []byte(tt[0]))
		if err == nil {
			t.Errorf("%q: no error but %q", tt[0], out)
			continue
		}
		if _, ok := errors.AsType[*diag.Error](err); !ok || err.Error() != tt[1] {
			t.Errorf("%q\n got %v\nwant %s", tt[0], err, tt[1])
		}
		if string(out) != "before" {
			t.Errorf("%q: returned %q", tt[0], out)
		}
	}
}

func TestErrorsInHTML(t *testing.T) {
	m := New(Options{})
	checkErrors(t, m, typeHTML, [][2]string{
		{"<p>a\n<script>\n  var é = 'x;\n</script>", "3:11: in <script>: JavaScript: string is not closed"},
		{"\ufeff<style>a{b:\"</style>", "1:12: in <style>: CSS: string is not closed"},
		{"<script type=application/ld+json>\r\n{\"a\":1,}</script>",
			"2:8: in <script>: JSON: invalid character '}' looking for beginning of object key string"},
		{"\r<p>\r\n<script>f(</script>", "3:10: in <script>: JavaScript: '(' is not closed"},
	})
	checkErrors(t, New(Options{Rewrite: true}), typeHTML, [][2]string{
		{"<p>\n<script>\nlet x\n  let y = ;</script>", "4:11: in <script>: JavaScript: unexpected ; in expression"},
	})
}

func TestType(t *testing.T) {
	tests := []struct {
		name, mediatype string
		ok              bool
	}{
		{"a/index.html", typeHTML, true},
		{"A.HTM", typeHTML, true},
		{"a.css", typeCSS, true},
		{"a.js", typeJS, true},
		{"a.mjs", typeJS, true},
		{"a.json", typeJSON, true},
		{"site.webmanifest", typeJSON, true},
		{"a.jsonld", typeJSON, true},
		{"a.geojson", typeJSON, true},
		{"a.svg", typeSVG, true},
		{"sitemap.xml", typeXML, true},
		{"feed.atom", typeXML, true},
		{"a.min.js", typeJS, false},
		{"a.min.css", typeCSS, false},
		{"a-min.CSS", typeCSS, false},
		{"admin.js", typeJS, true},
		{"a.js.map", "", false},
		{"a.png", "", false},
		{"a.svgz", "", false},
		{"html", "", false},
		{"", "", false},
	}
	m := New(Options{})
	skip := New(Options{SkipHTML: true, SkipCSS: true, SkipJS: true, SkipJSON: true, SkipSVG: true, SkipXML: true})
	for _, tt := range tests {
		if mediatype, ok := m.Type(tt.name); mediatype != tt.mediatype || ok != tt.ok {
			t.Errorf("Type(%q) = %q, %v", tt.name, mediatype, ok)
		}
		if _, ok := skip.Type(tt.name); ok {
			t.Errorf("Type(%q) though it is skipped", tt.name)
		}
	}
}

func TestUnhandled(t *testing.T) {
	m := New(Options{SkipCSS: true})
	utf16 := "\xff\xfe<\x00 \x00\r\x00\n\x00"
	for _, tt := range [][2]string{{typeCSS, "a { }"}, {"image/png", " \n "}, {"", " "}, {typeHTML, utf16}, {typeXML, utf16}, {typeJSON, ""}} {
		out, err := m.Bytes(t.Context(), tt[0], []byte("x"), []byte(tt[1]))
		if err != nil || string(out) != "x"+tt[1] {
			t.Errorf("%q of type %q became %q (%v)", tt[1], tt[0], out, err)
		}
	}
	out, err := m.Bytes(t.Context(), "text/html; charset=utf-8", nil, []byte("a  b"))
	if err != nil || string(out) != "a b" {
		t.Errorf("with a parameter: %q (%v)", out, err)
	}
}

// TestAppend shows that what dst holds doesn't matter.
func TestAppend(t *testing.T) {
	m := New(Options{})
	for _, tt := range [][3]string{
		{typeHTML, " b &amp;", " c<!-- -->d"}, {typeHTML, "&a", "<!-- -->b"}, {typeCSS, "a;", ";b{}"},
		{typeJS, "a+", " +b"}, {typeJSON, "[", " 1 "}, {typeXML, " <a", " <b/>"},
	} {
		want, err := m.Bytes(t.Context(), tt[0], nil, []byte(tt[2]))
		if err != nil {
			t.Fatal(err)
		}
		got, err := m.Bytes(t.Context(), tt[0], []byte(tt[1]), []byte(tt[2]))
		if err != nil || string(got) != tt[1]+string(want) {
			t.Errorf("%q after %q became %q (%v)", tt[2], tt[1], got, err)
		}
	}
}

func TestBuffer(t *testing.T) {
	m := New(Options{})
	var buf bytes.Buffer
	for range 3 {
		buf.Reset()
		buf.WriteString("<p  class='a'>a  b")
		if err := m.Buffer(t.Context(), typeHTML, &buf); err != nil || buf.String() != "<p class=a>a b" {
			t.Errorf("%q (%v)", &buf, err)
		}
	}
	buf.Reset()
	buf.WriteString("{ ")
	if err := m.Buffer(t.Context(), typeJSON, &buf); err == nil || buf.String() != "{ " {
		t.Errorf("%q (%v)", &buf, err)
	}
}

func TestContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	out, err := New(Options{}).Bytes(ctx, typeHTML, []byte("x"), []byte("a"))
	if !errors.Is(err, context.Canceled) || string(out) != "x" {
		t.Errorf("%q (%v)", out, err)
	}
}

// TestDeep shows that no depth of nesting takes the process down.
func TestDeep(t *testing.T) {
	const depth = 200_000
	deep := func(s string) string { return strings.Repeat(s, depth) }
	for _, tt := range [][2]string{
		{typeHTML, deep("<div>")}, {typeHTML, deep("<pre>")}, {typeHTML, deep("<svg>")}, {typeHTML, deep("<iframe>")},
		{typeHTML, deep("<!--[if x]>")}, {typeHTML, "<a" + deep(" b=c")},
		{typeCSS, deep("a{")}, {typeCSS, "a{b:" + deep("(")}, {typeCSS, deep("}")},
		{typeJS, deep("(")}, {typeJS, deep("`${")}, {typeJS, deep("{")}, {typeJS, "x" + deep("=>x")},
		{typeJSON, deep("[")}, {typeXML, deep("<a>")}, {typeSVG, deep("<g>")},
	} {
		for _, m := range []*Minifier{New(Options{}), New(Options{Rewrite: true})} {
			out, err := m.Bytes(t.Context(), tt[0], nil, []byte(tt[1]))
			if err == nil && len(out) < len(tt[1])-1 {
				t.Errorf("%s %.10q: %d bytes of %d are left", tt[0], tt[1], len(out), len(tt[1]))
			}
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	m := New(Options{})
	src := []byte("<p class='a'>a  b <script> x = 1 </script><pre> c </pre><svg><g/></svg>")
	want, err := m.Bytes(t.Context(), typeHTML, nil, src)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				if got, err := m.Bytes(t.Context(), typeHTML, nil, src); err != nil || !bytes.Equal(got, want) {
					t.Errorf("%q (%v)", got, err)
				}
			}
		})
	}
	wg.Wait()
}

// TestCorpora minifies real files twice: the second time nothing changes, and
// the source is never touched.
func TestCorpora(t *testing.T) {
	m := New(Options{})
	err := filepath.WalkDir(corpora(t), func(name string, d fs.DirEntry, err error) error {
		mediatype, ok := m.Type(name)
		if err != nil || d.IsDir() || !ok {
			return err
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		before := bytes.Clone(src)
		once, err := m.Bytes(t.Context(), mediatype, nil, src)
		if err != nil {
			if !bytes.Contains(src, []byte("{{")) && !bytes.Contains(src, []byte("{%")) {
				t.Errorf("%s: %v", name, err) // no template
			}
			return nil
		}
		if !bytes.Equal(before, src) {
			t.Errorf("%s: the source was changed", name)
		}
		if len(once) > len(src) && !bytes.Contains(src, []byte("{{")) {
			t.Errorf("%s: grew from %d to %d bytes", name, len(src), len(once))
		}
		twice, err := m.Bytes(t.Context(), mediatype, nil, once)
		if err != nil || !bytes.Equal(once, twice) {
			t.Errorf("%s: changes again (%v)", name, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// corpora returns the directory with the real content trees.
func corpora(t testing.TB) string {
	dir, err := os.Getwd()
	for err == nil {
		found := filepath.Join(dir, "..", "shared", "corpora")
		if _, err := os.Stat(found); err == nil {
			return found
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			break
		}
		dir = parent
	}
	t.Skip("no ../shared/corpora above this directory")
	return ""
}
