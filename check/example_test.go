package check_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"github.com/jam-go/jam/check"
)

func ExampleRun() {
	site := fstest.MapFS{
		"index.html": {Data: []byte(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Home</title><meta name="description" content="A site">
<h1>Home</h1>
<p><a href="/about">About</a> <a href="/contct.html">Contact</a></p>
`)},
		"about/index.html": {Data: []byte(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>About</title><meta name="description" content="About it">
<h1>About</h1>
<img src="/logo.svg" width="20" height="20">
`)},
		"logo.svg": {},
	}
	report, err := check.Run(context.Background(), site, &check.Options{
		Rules:  map[string]check.Severity{"link-slash": check.Error, "image-*": check.Warning},
		Ignore: []check.Exception{{Rule: "link-broken", About: "/old/*", Reason: "the old site is still there"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range report.Findings {
		fmt.Println(f)
	}
	// Output:
	// about/index.html:4:1: warning: the image has no alt [image-alt]; describe the image in alt, or write alt="" if it is decoration
	// index.html:4:13: error: /about has no slash at its end: write /about/ [link-slash]; end it with a slash
	// index.html:4:40: error: there is no /contct.html [link-broken]; correct the link, or add the file
}
