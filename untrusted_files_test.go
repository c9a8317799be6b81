package jam_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

// TestUntrustedFiles has files other than texts, which are taken as their names and their beginnings are.
func TestUntrustedFiles(t *testing.T) {
	const (
		kind  = "a file of this type is left out"
		name  = "a file with another extension before the last one"
		start = "a file that begins with <"
	)
	for _, c := range []struct{ file, content, want string }{
		{"x.png", "PNG", ""}, {"x.csv", "a,b", ""}, {"x.txt", "a <b>", ""}, {"x.json", "{}", ""}, {"x.pdf", "%PDF-1.7", ""}, {"empty.txt", "", ""}, {"blank.txt", "\n \n", ""},
		{"x.tar.gz", "GZ", ""}, {"x.csv.gz", "GZ", ""}, {"x.min.json", "{}", ""}, {"1.2.png", "PNG", ""}, {"at 12.30.45 PM.png", "PNG", ""}, {"J.R.R.png", "PNG", ""}, {"ä.öü.png", "PNG", ""},
		{"x.en.png", "PNG", ""}, {"x.PNG", "PNG", ""}, {"a.b/x.png", "PNG", ""},
		{"x.xml", "x", kind}, {"x.js", "x", kind}, {"x.css", "x", kind}, {"x.wasm", "x", kind}, {"x.webmanifest", "{}", kind}, {"x.shtml", "x", kind}, {"x.xhtml", "x", kind}, {"x", "x", kind},
		{"x.svgz", "x", kind}, {"x.html.br", "x", kind}, {"x.php", "x", kind}, {"x.gz.", "x", kind},
		{"x.svg", "x", "an SVG image"}, {"x.SVG", "x", "an SVG image"}, {"x.HTML", "x", "HTML is left out"}, {"x.html", "x", "HTML is left out"},
		{"index.html.gz", "GZ", name}, {"x.Html.gz", "GZ", name}, {"x.svg.gz", "GZ", name}, {"x.md.gz", "GZ", name}, {"x.php.png", "PNG", name}, {"x.php5.png", "PNG", name}, {"x.pl.png", "PNG", name},
		{"x.html.de.txt", "x", name}, {"x.var.de.txt", "x", name}, {"staticwebapp.config.json", "{}", name}, {"x.png.php.png", "PNG", name},
		{"h.csv", "<script>x()</script>", start}, {"h.geojson", "<!doctype html>", start}, {"h.png", "<svg/>", start}, {"h.txt", "\r\n\f\t <p>", start}, {"h.ics", "\ufeff<?xml?>", start},
		{"h.json", "\ufeff\ufeff \ufeff<", start}, {"late.txt", strings.Repeat(" ", 1400) + "<p>", start}, {"far.txt", strings.Repeat(" ", 1445) + "<p>", ""},
	} {
		tree := fstest.MapFS{"content/own.md": {Data: []byte("x")}, "content/guests/" + c.file: {Data: []byte(c.content)}, "content/own/" + c.file: {Data: []byte(c.content)}}
		site, err := jam.Load(t.Context(), tree, &jam.Config{Markdown: jam.Markdown{Untrusted: []string{"guests/**"}, Unsafe: true}, Minify: asIs,
			Languages: []jam.Language{{Code: "en"}, {Code: "de"}}})
		if err != nil {
			if c.file == "x.gz." { // which is no name on all systems
				continue
			}
			t.Errorf("%s: %v", c.file, err)
			continue
		}
		var got []string
		for _, w := range site.Warnings() {
			if w.Op == "content" {
				got = append(got, w.Error())
			}
		}
		want := ""
		if c.want != "" {
			want = "content/guests/" + c.file + ": content: " + c.want
		}
		if have := strings.Join(got, "\n"); !strings.HasPrefix(have, want) || want == "" && have != "" {
			t.Errorf("%s: the warnings are %q, want %q", c.file, have, want)
		}
		_, err = fs.Stat(site.FS(t.Context()), "guests/"+c.file)
		if there := err == nil; there != (c.want == "") {
			t.Errorf("%s: in the output is %v (%v)", c.file, there, err)
		}
	}
}
