package sitetest

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// places lists the elements of a document with their places.
func places(body string) []string {
	o := &Output{name: "f", body: []byte(body)}
	d := o.document()
	var list []string
	for n := range d.root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		place := "-"
		if at, ok := d.offsets()[n]; ok {
			place = strings.TrimPrefix(o.place(at), "f:")
		}
		list = append(list, n.Data+" "+place)
	}
	return list
}

func TestPlaces(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"implied", "<p>a\n<p>b", "html -, head -, body -, p 1:1, p 2:1"},
		{"whole", "<!DOCTYPE html>\n<html lang=en><head>\n  <title>é</title></head><body>é<b>x</b></body></html>",
			"html 2:1, head 2:15, title 3:3, body 3:26, b 3:33"},
		{"raw text", "<script>if (a<b) '<p>'</script><p><textarea><b></textarea>", "html -, head -, script 1:1, body -, p 1:32, textarea 1:35"},
		{"table", "<table><tr><td>a</table>", "html -, head -, body -, table 1:1, tbody -, tr 1:8, td 1:12"},
		{"moved out of a table", "<table><p>a<tr><td>b</table>", "html -, head -, body -, p 1:8, table 1:1, tbody -, tr 1:12, td 1:16"},
		{"svg", "<svg><title>a</title><style><a/></style><![CDATA[<i>]]></svg><p>", "html -, head -, body -, svg 1:1, title 1:6, style 1:22, a 1:29, p 1:62"},
		{"after svg", "<svg><path/></svg><textarea><b></textarea><p>", "html -, head -, body -, svg 1:1, path 1:6, textarea 1:19, p 1:43"},
		{"tags in CDATA", "<svg><![CDATA[<i><b>]]></svg><p>", "html -, head -, body -, svg 1:1, p 1:30"},
		{"where the two differ", "<svg><title><b></title><style><a/></style></svg><p>", "html -, head -, body -, svg 1:1, title 1:6, b 1:13, style 1:24, p -"},
		{"noscript", "<body><noscript><img src=a></noscript><p>", "html -, head -, body 1:1, noscript 1:7, img 1:17, p 1:39"},
		{"attributes", "<p\nid=a><br/><A HREF=x>", "html -, head -, body -, p 1:1, br 2:6, a 2:11"},
		{"misnested", "<b><p>a</b>c</p>", "html -, head -, body -, b 1:1, p 1:4, b 1:1"},
		{"empty", "", "html -, head -, body -"},
		{"cut off", "<p>a<p", "html -, head -, body -, p 1:1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(places(tt.body), ", "); got != tt.want {
				t.Errorf("\nhave %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestText(t *testing.T) {
	for body, want := range map[string]string{
		"<p>a <b>b</b>c\n d":                            "a bc d",
		"<ul><li>a<li>b</ul>c":                          "a b c",
		"a<br>b<img>c":                                  "a b c",
		"a<script>x</script><style>y</style><i>b":       "ab",
		"<template>a</template>b<!-- c -->":             "b",
		"<table><tr><td>1<td>2<tr><td>3</table>\u00a04": "1 2 3 4",
	} {
		o := &Output{t: t, name: "f", body: []byte(body)}
		if got := o.Find("body").Text(); got != want {
			t.Errorf("%s has the text %q, want %q", body, got, want)
		}
	}
	o := &Output{t: t, name: "f", body: []byte("<script>let a</script>")}
	o.Find("script").WantText("let a")
}

func TestExcerpt(t *testing.T) {
	line := strings.Repeat("<p>é</p>", 30)
	for _, tt := range []struct {
		body   string
		offset int
		want   string
	}{
		{"a\nb\nc\nd\ne\n", 2, "2 | b|3 | c|4 | d"},
		{"a\n\nb\n", 0, "1 | a"},
		{"a\r\nb\r\n", 0, "1 | a|2 | b"},
		{line, 18, "1 | " + strings.Repeat("<p>é</p>", 15) + "…"},
		{"x\n" + line + "\ny", 2 + 9*20, "2 | …" + strings.Repeat("<p>é</p>", 10) + "|3 | y"},
	} {
		got := strings.ReplaceAll(strings.TrimPrefix(excerpt([]byte(tt.body), tt.offset), "\n\t"), "\n\t", "|")
		if got != tt.want {
			t.Errorf("%q at %d:\nhave %s\nwant %s", tt.body, tt.offset, got, tt.want)
		}
	}
}

// FuzzParse tests that the places of elements are those of their start tags, whatever the document.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"<p>a<p>b", "<table><p>a<tr><td>b</table>", "<svg><title><b></title><style><a/></style></svg><p>", "<b><p>a</b>c</p>",
		"<noscript><a></noscript>", "<math><mi><p></math>", "<plaintext><p>", "<a/b/c=d>", "<a <b>", "<select><option><select>", "<frameset><frame>",
		"<svg><foreignObject><title><b></title>", "<!--<p>--><p>", "\x00<p\x00>", "<p sitetest-offset=4>",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		d := parse(body)
		for n, at := range d.offsets() {
			if tag := "<" + n.Data; !begins(string(body[at:]), tag) {
				t.Errorf("%s is said to be at %d of %q", n.Data, at, body)
			}
		}
		before := outer(d.root)
		if strings.Contains(before, markKey) && !strings.Contains(string(body), markKey) {
			t.Errorf("the mark is in the document: %s", before)
		}
	})
}

// begins tells whether a text begins with a tag. Some names are not taken as they are written.
func begins(text, tag string) bool {
	if tag == "<img" || strings.ContainsRune(tag, '\ufffd') { // of image, and of what is no character
		return strings.HasPrefix(text, "<")
	}
	return len(text) >= len(tag) && strings.EqualFold(text[:len(tag)], tag)
}

func BenchmarkParse(b *testing.B) {
	body := []byte("<!DOCTYPE html><html lang=en><title>x</title><body>" + strings.Repeat("<div class=a><p>text <a href=/x/>link</a></div>\n", 300))
	b.ReportAllocs()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if n := len(parse(body).offsets()); n < 900 {
			b.Fatalf("%d elements", n)
		}
	}
}
