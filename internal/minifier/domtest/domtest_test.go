package domtest

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"

	"github.com/jam-go/jam/internal/minifier"
)

// corpora returns the directory with the real content trees.
func corpora(t *testing.T) string {
	dir, err := os.Getwd()
	for err == nil {
		found := filepath.Join(dir, "..", "shared", "corpora")
		if _, err := os.Stat(found); err == nil {
			return found
		}
		if parent := filepath.Dir(dir); parent != dir {
			dir = parent
			continue
		}
		break
	}
	t.Skip("no ../shared/corpora above this directory")
	return ""
}

// files calls f with each file below dir that has the extension.
func files(t *testing.T, dir, ext string, f func(name string, src []byte)) {
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ext {
			return err
		}
		src, err := os.ReadFile(name)
		if err == nil {
			f(name, src)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// same reports a difference between an HTML document and its minified form,
// and whether minifying that again changes it.
func same(t *testing.T, m *minifier.Minifier, name string, src []byte) (out []byte) {
	t.Helper()
	out, err := m.Bytes(t.Context(), "text/html", nil, src)
	if err != nil {
		t.Logf("%s: %v", name, err) // a template, whose scripts are none
		return nil
	}
	for _, scripting := range []bool{true, false} {
		diff, err := Diff(src, out, scripting)
		if err != nil {
			t.Logf("%s: the parser gives up: %v", name, err)
		} else if diff != "" {
			t.Errorf("%s, scripting %v: %s", name, scripting, diff)
		}
	}
	again, err := m.Bytes(t.Context(), "text/html", nil, out)
	if i := mismatch(out, again); err != nil || i >= 0 {
		t.Errorf("%s: minified twice, it changes: %v %q", name, err, out[i:min(i+40, len(out))])
	}
	return out
}

// mismatch returns the first index at which a and b differ, or -1.
func mismatch(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	if len(a) != len(b) {
		return min(len(a), len(b))
	}
	return -1
}

func TestHTMLFiles(t *testing.T) {
	m := minifier.New(minifier.Options{})
	n := 0
	files(t, "testdata", ".html", func(name string, src []byte) { same(t, m, name, src); n++ })
	if n == 0 {
		t.Fatal("no documents in testdata")
	}
	files(t, corpora(t), ".html", func(name string, src []byte) { same(t, m, name, src) })
}

func TestMarkdownPages(t *testing.T) {
	m := minifier.New(minifier.Options{})
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Typographer, extension.Footnote),
		goldmark.WithRendererOptions(html.WithUnsafe()))
	var in, out int
	files(t, corpora(t), ".md", func(name string, src []byte) {
		var page bytes.Buffer
		page.WriteString("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n\t<title>x</title>\n</head>\n<body>\n")
		if err := md.Convert(src, &page); err != nil {
			t.Fatal(err)
		}
		page.WriteString("</body>\n</html>\n")
		in += page.Len()
		out += len(same(t, m, name, page.Bytes()))
	})
	t.Logf("%d bytes became %d", in, out)
}

func TestJSONFiles(t *testing.T) {
	m := minifier.New(minifier.Options{})
	files(t, corpora(t), ".json", func(name string, src []byte) {
		out, err := m.Bytes(t.Context(), "application/json", nil, src)
		if err != nil && bytes.Contains(src, []byte("{%")) {
			return // a template
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		if a, b := decode(t, src), decode(t, out); !reflect.DeepEqual(a, b) {
			t.Errorf("%s: changed", name)
		}
	})
}

func decode(t *testing.T, src []byte) (v any) {
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(src, []byte("\ufeff"))))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestXMLFiles(t *testing.T) {
	m := minifier.New(minifier.Options{})
	for ext, mediatype := range map[string]string{".svg": "image/svg+xml", ".xml": "application/xml"} {
		var in, out int
		check := func(name string, src []byte) {
			min, err := m.Bytes(t.Context(), mediatype, nil, src)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				return
			}
			in, out = in+len(src), out+len(min)
			a, errA := tokens(src)
			b, errB := tokens(min)
			if errA != nil {
				t.Logf("%s: %v", name, errA)
				return
			}
			if errB != nil || !reflect.DeepEqual(a, b) {
				t.Errorf("%s: changed (%v)", name, errB)
			}
		}
		files(t, "testdata", ext, check)
		files(t, corpora(t), ext, check)
		t.Logf("%s: %d bytes became %d", ext, in, out)
	}
}

// tokens returns the tokens of an XML document but for comments and for white
// space between tags.
func tokens(src []byte) ([]xml.Token, error) {
	var list []xml.Token
	dec := xml.NewDecoder(bytes.NewReader(src))
	text := ""
	for {
		tok, err := dec.RawToken()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		switch tok := tok.(type) {
		case xml.CharData:
			text += string(tok)
			continue
		case xml.Comment:
			continue
		default:
			if strings.TrimSpace(text) != "" {
				list = append(list, xml.CharData(text))
			}
			text = ""
			list = append(list, xml.CopyToken(tok))
		}
	}
}
