package sitetest_test

import (
	"context"
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
)

// testPost is a test of a site. What a failing test prints is below.
func testPost(t testing.TB) {
	s := sitetest.Load(t, sitetest.FS(`
-- content/posts/hello.md --
---
title: Hello
---
The *first* post.
-- layouts/all.html --
<!DOCTYPE html>
<title>{{ .Title }}</title>
<h1>{{ .Title }}</h1>
{{ .Content }}
`), nil)

	post := s.Output("/posts/hello/")
	post.Find("h1").WantText("Hello")
	post.Find("p > em").WantCount(1)
	post.Find("h1").WantText("Good day")
	post.Find("p.lead").WantContains("first")
}

func Example() {
	for _, failure := range run(testPost).log {
		fmt.Println(failure)
	}
	// Output:
	// posts/hello/index.html:1:36: h1 has the text "Hello", want "Good day"
	// 	page: content/posts/hello.md
	// 	1 | <!DOCTYPE html><title>Hello</title><h1>Hello</h1>
	// 	2 | <p>The <em>first</em> post.</p>
	// posts/hello/index.html: no element matches "p.lead": no element has the class "lead"
	// 	page: content/posts/hello.md
}

func ExampleClock() {
	clock := sitetest.NewClock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	cfg := jam.Config{Now: clock.Now} // a page of 2 January is left out
	clock.Advance(24 * time.Hour)     // and now it is not
	fmt.Println(cfg.Now().Format(time.DateOnly))
	// Output: 2026-01-02
}

// A Recorder shows what a change reaches.
func ExampleRecorder() {
	ctx := context.Background()
	tree := fstest.MapFS{"content/a.md": {Data: []byte("A")}, "content/b.md": {Data: []byte("B")}}
	rec, out := sitetest.Record(nil), jam.Memory()
	site, err := jam.Load(ctx, tree, &jam.Config{Renderer: rec})
	if err == nil {
		_, err = site.Build(ctx, out)
	}
	fmt.Println(rec.URLs(), err)

	rec.Reset()
	tree["content/b.md"] = &fstest.MapFile{Data: []byte("Changed.")}
	site, err = site.Reload(ctx, "content/b.md")
	if err == nil {
		_, err = site.Build(ctx, out)
	}
	fmt.Println(rec.URLs(), err)
	// Output:
	// [/ /a/ /b/] <nil>
	// [/b/] <nil>
}

func ExampleTestOutput() {
	fmt.Println(sitetest.TestOutput(sitetest.OutputTest{
		New: func() (jam.Output, func() (fs.FS, error)) {
			m := jam.Memory()
			return m, func() (fs.FS, error) { return m.FS(), nil }
		},
	}))
	// Output: <nil>
}

func ExampleFS() {
	tree := sitetest.FS(`
-- content/a.md --
A page.
-- static/robots.txt --
User-agent: *
`)
	fmt.Println(fstest.TestFS(tree, "content/a.md", "static/robots.txt"))
	// Output: <nil>
}
