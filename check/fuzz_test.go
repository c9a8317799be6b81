package check

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// FuzzPage holds that a page of any bytes is checked without a panic, that what is
// found lies in it, and that it is the same each time.
func FuzzPage(f *testing.F) {
	for _, body := range []string{
		`<p><b><i>x</b></i><div></p></div><a href="/"><a href="#x">`,
		`<table><tr><td><table><caption><li></table>x</table><select><option><optgroup></select>`,
		`<svg><g><p></svg><math><mtext><b></math><foreignobject><div></foreignobject>`,
		`<template><p id=a></template><p id=a><p id=a><label for=b aria-labelledby="a b">`,
		`<img srcset="a 1x, b(,) 2x,,c" src="//[::1]/%zz"><meta http-equiv=refresh content="0;url='x"><base href=":">`,
		`<script type=importmap>{</script><h1></h3><title>a</title><no value>{{< x >}}%!d(x)ZgotmplZ`,
		`<p data-check-ignore><a href="http://localhost/">localhost</a></p></body></html>x<p>`,
		strings.Repeat("<i>", 600), strings.Repeat("<p><hr></p>", 50), "<a b='", "\xff\x00", "\ufeff<!doctype x>",
	} {
		f.Add(body)
		f.Add(pageHead + body + pageEnd)
	}
	f.Fuzz(func(t *testing.T, page string) {
		fsys := fstest.MapFS{"index.html": {Data: []byte(page)}, "a/b.html": {Data: []byte(page)}}
		opt := &Options{BaseURL: "https://example.com/", Rules: map[string]Severity{"*": Warning}, Workers: 1}
		report, err := Run(t.Context(), fsys, opt)
		if err != nil {
			t.Fatal(err)
		}
		rows := strings.Split(page, "\n")
		for _, f := range report.Findings {
			if f.Line < 0 || f.Line > len(rows) || f.Line > 0 && (f.Column < 1 || f.Column > len(rows[f.Line-1])+1) {
				t.Fatalf("%q: %v", page, f)
			}
			if f.Message == "" || f.Fix == "" || utf8.ValidString(page) && !utf8.ValidString(f.Message) {
				t.Fatalf("%q: %#v", page, f)
			}
		}
		again, err := Run(t.Context(), fsys, opt)
		if err != nil || lines(again.Findings) != lines(report.Findings) {
			t.Fatalf("%q: %v\n%s\nand then\n%s", page, err, lines(report.Findings), lines(again.Findings))
		}
	})
}

// FuzzReference holds that references of any form lead to files that are there, or nowhere.
func FuzzReference(f *testing.F) {
	for _, ref := range []string{"", "/", "..", "../../a/./b/", "//example.com/x?y#z", "http:", "a b", "%", "%2e%2e/%2F", "#", "?", "HTTPS://u@EXAMPLE.com:443/a", "x:y", "//[::1]:80/", `\`} {
		f.Add("/a/b.html", ref)
	}
	f.Fuzz(func(t *testing.T, from, ref string) {
		s, err := newSite(t.Context(), fstest.MapFS{"index.html": {}, "a/b.html": {}, "A/c.html": {}}, &Options{BaseURL: "https://example.com/"})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(from, "/") {
			from = "/" + from
		}
		if p := join(from, ref); !strings.HasPrefix(p, "/") || strings.Contains(p+"/", "/../") {
			t.Fatalf("%q from %q: %q", ref, from, p)
		}
		to := s.target(from, nil, ref)
		if int(to.file) >= len(s.files) || to.kind == toBadURL && to.hint == "" || to.kind == toExternal && to.url == "" {
			t.Fatalf("%q from %q: %+v", ref, from, to)
		}
	})
}
