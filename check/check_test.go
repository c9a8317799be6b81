package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam/internal/htmlscan"
)

const (
	pageHead = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>T</title><meta name="description" content="D"><link rel="canonical" href="https://example.com/"></head>
<body><h1>H</h1>
`
	pageEnd = "\n</body></html>\n"
)

// cursor marks where a finding is expected.
const cursor = "‸"

// cut takes the first cursor out of a text and returns its place.
func cut(t *testing.T, text string) (string, int, int) {
	t.Helper()
	before, after, ok := strings.Cut(text, cursor)
	if !ok {
		t.Fatalf("no cursor in %q", text)
	}
	var p htmlscan.Places
	p.Reset([]byte(before))
	line, column := p.Of(len(before))
	return before + after, line, column
}

// lines returns findings as text, without fixes.
func lines(findings []Finding) string {
	var out []string
	for _, f := range findings {
		out = append(out, fmt.Sprintf("%s:%d:%d %s: %s", f.File, f.Line, f.Column, f.Rule, f.Message))
	}
	return strings.Join(out, "\n")
}

// testFiles are what pages of tests may refer to.
var testFiles = []string{"a.png", "b c.png", "about/index.html", "File.txt", "ü/x.txt", "style.css", "page.html", "docs/index.html"}

func checkPage(t *testing.T, page string, opt *Options) []Finding {
	t.Helper()
	fsys := fstest.MapFS{"index.html": {Data: []byte(page)}}
	for _, name := range testFiles {
		text := ""
		if strings.HasSuffix(name, ".html") {
			text = strings.Replace(pageHead, `href="https://example.com/"`, `href="/`+strings.TrimSuffix(name, "index.html")+`"`, 1)
			text = strings.Replace(text, "<title>T", "<title>"+name, 1) + `<h2 id="part">Part</h2><a name=old></a><a href="/">Home</a>` + pageEnd
		}
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	if opt == nil {
		opt = &Options{}
	}
	if opt.BaseURL == "" {
		opt.BaseURL = "https://example.com/"
	}
	if opt.Rules == nil {
		opt.Rules = map[string]Severity{"orphan-page": Off}
	}
	report, err := Run(t.Context(), fsys, opt)
	if err != nil {
		t.Fatal(err)
	}
	return report.Findings
}

// TestRules has what each rule finds in the body of a page that is right
// otherwise, with its place.
func TestRules(t *testing.T) {
	for _, tt := range []struct{ rule, body, message string }{
		{"anchor-broken", `<a href="‸#nowhere">x</a>`, `the page has no id "nowhere"`},
		{"anchor-broken", `<a href="‸/about/#Part">x</a>`, `about/index.html has no id "Part"`},
		{"anchor-broken", `<a href=‸about/#p%20q>x</a>`, `about/index.html has no id "p q"`},
		{"anchor-broken", `<template><p id=x></p></template><a href="‸#x">x</a>`, `the page has no id "x"`},
		{"attribute-duplicate", `<p class=a ‸class=b>x</p>`, "the tag has the attribute class already"},
		{"attribute-duplicate", `<p CLASS=a ‸class=b>x</p>`, "the tag has the attribute class already"},
		{"attribute-obsolete", `<table ‸border=1><tr><td>x</table>`, "border of <table> is obsolete"},
		{"attribute-obsolete", `<p ‸align=center>x</p>`, "align of <p> is obsolete"},
		{"attribute-value", `<p id="‸a b">x</p>`, `the id "a b" has white space, so that nothing can name it`},
		{"attribute-value", `<p ‸id="">x</p>`, "the id is empty"},
		{"attribute-value", `<p lang="‸en_US">x</p>`, `lang="en_US": want a language tag, such as en or pt-BR`},
		{"attribute-value", `<img src=a.png alt="" height=1 width="‸100%">`, `width="100%": want a number of pixels without unit`},
		{"attribute-value", `<input disabled="‸true">`, `disabled="true": want no value: whatever it says, it counts as set`},
		{"attribute-value", `<p dir="‸right">x</p>`, `dir="right": want ltr, rtl or auto`},
		{"attribute-value", `<table><tr><td colspan="‸two">x</table>`, `colspan="two": want a whole number, not negative`},
		{"canonical-conflict", `<link rel=canonical href="‸/">`, "a canonical link counts in the head only"},
		{"element-obsolete", `‸<center>x</center>`, "<center> is obsolete"},
		{"element-unknown", `<p>Write ‸<name> here.</name></p>`, "there is no element <name>"},
		{"encoding-invalid", "<p>a‸\xffb</p>", "the byte 0xff is not UTF-8"},
		{"encoding-invalid", "<p>é‸\x00b</p>", "a NUL character"},
		{"heading-empty", `‸<h2> <i></i></h2>`, "<h2> is empty"},
		{"heading-order", `<h2>x</h2>‸<h4>y</h4>`, "<h4> follows <h2>: it skips a level"},
		{"html-nesting", `<p>x‸<div>y</div></p>`, "<div> can't be in <p>: it ends the paragraph, and the </p> at 4:17 closes nothing"},
		{"html-nesting", `<span>‸<div>y</div></span>`, "<div> can't be in <span>, which holds text and inline elements only"},
		{"html-nesting", `<span><a href="/">‸<div>y</div></a></span>`, "<div> can't be in <span>, which holds text and inline elements only"},
		{"html-nesting", `<a href="/">x ‸<a href="/">y</a></a>`, "<a> can't be in another <a>, which begins at 4:1"},
		{"html-nesting", `<a href="/">x ‸<button>y</button></a>`, "<button> can't be in <a>"},
		{"html-nesting", `<div>‸<li>x</li></div>`, "<li> can't be in <div>; it belongs into <ul>, <ol> or <menu>"},
		{"html-nesting", `<ul>‸<p>x</p></ul>`, "<p> can't be in <ul>, which holds <li> only"},
		{"html-nesting", `<ul><li>x</li>‸y</ul>`, "text can't be in <ul>, which holds <li> only"},
		{"html-nesting", `<table><tr>‸<div>x</div></table>`, "<div> can't be in <tr> outside of its cells"},
		{"html-nesting", `<h2>x ‸<h3>y</h3></h2>`, "<h3> can't be in <h2>"},
		{"html-nesting", `<svg><g>‸<p>x</p></g></svg>`, "<p> can't be in <svg>, and ends it"},
		{"html-nesting", `<main>‸<main>x</main></main>`, "<main> can't be in <main>"},
		{"html-nesting", strings.Repeat("<i>", 512) + "‸<b>", "elements are nested more than 512 levels deep; browsers stop there, and so does this check"},
		{"html-nesting", `<form>‸<form></form></form>`, "<form> can't be in another <form>"},
		{"html-nesting", `<label>x ‸<label>y</label></label>`, "<label> can't be in <label>"},
		{"html-nesting", `<div>‸<style></style></div>`, "<style> can't be in <div>; it belongs into <head>"},
		{"html-syntax", `<p>a ‸< b</p>`, "a < that begins no tag; write &lt;"},
		{"html-syntax", `<p>a ‸&nosuch; b</p>`, "no such character reference; if it is meant to be none, write &amp;: &nosuch;"},
		{"html-syntax", `<p>‸&copy 2026</p>`, "the character reference has no semicolon; if it is meant to be none, write &amp;: &copy"},
		{"html-syntax", `<p class="a"‸id="b">x</p>`, "no white space between attributes"},
		{"html-syntax", `<a href="/"‸">x</a>`, ""},
		{"html-syntax", `‸<div/></div>`, "<div/>: the element isn't empty, and HTML ignores the slash"},
		{"html-syntax", `‸<!- x ->`, "<! begins neither a comment nor a doctype"},
		{"html-syntax", `‸<?php x ?>`, "<? begins an instruction of XML or PHP, not of HTML"},
		{"id-duplicate", `<p id=a>x</p><p id="‸a">y</p>`, `the id "a" is already that of an element at 4:7`},
		{"image-alt", `‸<img src="a.png" width=1 height=1>`, "the image has no alt"},
		{"image-size", `‸<img src="a.png" alt="x">`, "the image has neither width nor height"},
		{"image-size", `‸<img src="a.png" alt="x" width=1>`, "the image has no height"},
		{"json-syntax", `<script type="application/ld+json">{"a":‸}</script>`, "the JSON doesn't parse: invalid character '}' looking for beginning of value"},
		{"leftover-localhost", `<a href="‸http://localhost:1313/">here</a>`, "http://localhost:1313/ leads to the visitor's own machine"},
		{"leftover-localhost", `<img alt="" width=1 height=1 src="‸http://127.0.0.1/a.png">`, "http://127.0.0.1/a.png leads to the visitor's own machine"},
		{"leftover-localhost", `<a href="‸file:///home/me/x">here</a>`, "file:///home/me/x leads to the visitor's own machine"},
		{"leftover-template", `<a id=a href="#a" title="‸ZgotmplZ">x</a>`, ""},
		{"leftover-template", `<p><script>a = "‸ZgotmplZ"</script>`, "ZgotmplZ is what html/template writes in place of a value that would not be safe there"},
		{"leftover-template", `<p>By ‸&lt;no value&gt;.</p>`, "&lt;no value&gt; is what a template writes for a value that isn't there"},
		{"leftover-template", `<p>By ‸<no value>.</p>`, ""},
		{"leftover-template", `<p>‸{{&lt; figure src=&quot;x&quot; &gt;}}</p>`, "{{&lt; is a shortcode or template action that wasn't rendered"},
		{"leftover-template", `<p>‸{{ .Title }}</p>`, "{{ is a shortcode or template action that wasn't rendered"},
		{"leftover-template", `<p>‸{% include x.html %}</p>`, "{% is a shortcode or template action that wasn't rendered"},
		{"leftover-template", `<p>5 ‸%!d(string=x)</p>`, "%! is what printf writes for a wrong argument"},
		{"link-broken", `<a href="‸nowhere/">x</a>`, "there is no nowhere/"},
		{"link-broken", `<a href="‸/page">x</a>`, "there is no /page: there is /page.html; set Options.CleanURLs if the server finds it"},
		{"link-broken", `<a href="‸/File.txt/">x</a>`, "there is no /File.txt/: there is /File.txt, without the slash"},
		{"link-broken", `<a href="‸/ü/">x</a>`, "there is no /ü/: it is a folder without index.html"},
		{"link-broken", `<a href="‸https://EXAMPLE.com/x?y#z">x</a>`, "there is no https://EXAMPLE.com/x?y#z"},
		{"link-broken", `<img src="‸/x.png" alt="" width=1 height=1>`, "there is no /x.png"},
		{"link-broken", `<img srcset="a.png 1x, ‸x.png 2x" src=a.png alt="" width=1 height=1>`, "there is no x.png"},
		{"link-broken", `<video poster="‸x.png"></video>`, "there is no x.png"},
		{"link-broken", `<svg><image href="‸x.png"/></svg>`, "there is no x.png"},
		{"link-broken", `<script src="‸x.js"></script>`, "there is no x.js"},
		{"link-case", `<a href="‸/file.txt">x</a>`, "/file.txt is written otherwise: /File.txt"},
		{"link-case", `<a href="‸/About/">x</a>`, "/About/ is written otherwise: /about/"},
		{"link-empty", `<a ‸href="">x</a>`, "an empty link"},
		{"link-insecure", `<a href="‸http://example.com/about/">x</a>`, "http://example.com/about/ leads to the site itself by http"},
		{"link-slash", `<a href="‸/about">x</a>`, "/about has no slash at its end: write /about/"},
		{"link-syntax", `<a href="‸a b.html">x</a>`, "a b.html: the path has the character space; write %20"},
		{"link-syntax", `<a href="‸http:///x">x</a>`, "http:///x: no host after //"},
		{"link-syntax", `<a href="‸100%.html">x</a>`, "100%.html: a % in the path isn't followed by two hexadecimal digits"},
		{"link-syntax", `<a href="‸htps://example.org/">x</a>`, `htps://example.org/: did you mean "https"?`},
		{"mixed-content", `<img src="‸http://example.org/x.png" alt="" width=1 height=1>`, "http://example.org/x.png comes by http, which browsers block in pages that come by https"},
		{"reference-broken", `<label for="‸x">x</label>`, `for names the id "x", which the page doesn't have`},
		{"reference-broken", `<p id=a aria-describedby="a ‸b">x</p>`, `aria-describedby names the id "b", which the page doesn't have`},
		{"tag-misnested", `<p><b><i>x‸</b></i></p>`, "</b> comes before the end of the <i> that was opened in it, at 4:7"},
		{"tag-misnested", `<h2>x‸</h3>`, "</h3> closes a heading that began as <h2>"},
		{"tag-stray", `<p>x</p>‸</div>`, "</div> closes nothing"},
		{"tag-stray", `<p>x</p>‸</p>`, "</p> closes nothing"},
		{"tag-stray", `<p>x‸</br></p>`, "</br>: the element has no end tag"},
		{"tag-stray", `<p>x</p>‸<body>`, "a second <body>"},
		{"tag-stray", `<p>x</p>‸<!doctype html>`, "a doctype after the beginning of the page"},
		{"tag-unclosed", `<div>‸<span>x</div>`, "<span> isn't closed before the </div> at 4:13, which ends what it is in"},
		{"tag-unclosed", `‸<div>x`, "<div> isn't closed before the </body>"},
		{"tag-unclosed", `<ul><li>‸<b>x<li>y</ul>`, "<b> isn't closed before the <li> at 4:13, which ends what it is in"},
	} {
		body, line, column := cut(t, pageHead+tt.body+pageEnd)
		found := checkPage(t, body, nil)
		i := slices.IndexFunc(found, func(f Finding) bool { return f.Rule == tt.rule })
		if i < 0 {
			t.Errorf("%s: %s finds nothing; all:\n%s", tt.body, tt.rule, lines(found))
			continue
		}
		f := found[i]
		if f.Line != line || f.Column != column || tt.message != "" && f.Message != tt.message {
			t.Errorf("%s: want %d:%d: %s, got:\n%s", tt.body, line, column, tt.message, lines(found))
		}
		if len(found) > 1 && tt.message != "" && !strings.Contains(tt.body, "\xff") {
			t.Errorf("%s: one finding expected, got:\n%s", tt.body, lines(found))
		}
	}
}

// TestHead has what is found outside of the body.
func TestHead(t *testing.T) {
	for _, tt := range []struct{ rule, old, new, message string }{
		{"doctype-missing", "<!doctype html>\n", "‸", "the page has no doctype"},
		{"doctype-missing", "<!doctype html>", `‸<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN">`, "the doctype isn't that of HTML today: <!doctype html>"},
		{"lang-missing", `<html lang="en"><head>`, "<html>‸<head>", "the page doesn't say its language"},
		{"title-missing", `<head><meta charset="utf-8"><title>T</title>`, `‸<head><meta charset="utf-8">`, "the page has no title"},
		{"title-missing", `<head><meta charset="utf-8"><title>T</title>`, `‸<head><meta charset="utf-8"><title> </title>`, "the page has no title"},
		{"description-missing", `<head><meta charset="utf-8"><title>T</title><meta name="description" content="D">`, `‸<head><meta charset="utf-8"><title>T</title>`, "the page has no description"},
		{"canonical-missing", `<head><meta charset="utf-8"><title>T</title><meta name="description" content="D"><link rel="canonical" href="https://example.com/">`,
			`‸<head><meta charset="utf-8"><title>T</title><meta name="description" content="D">`, "the page has no canonical link"},
		{"html-nesting", "</head>", "<title>‸U</title></head>", "a second <title>"},
		{"canonical-conflict", "</head>", `<link rel=canonical href="‸/about/"></head>`, "the page has another canonical link, to https://example.com/"},
		{"charset-missing", `<head><meta charset="utf-8">`, `‸<head>`, "the page doesn't declare its encoding"},
		{"charset-missing", `<meta charset="utf-8">`, `‸<meta charset="latin1">`, `the page says that its encoding is "latin1"; HTML must be UTF-8, and say so`},
		{"heading-missing", `<head><meta charset="utf-8"><title>T</title><meta name="description" content="D"><link rel="canonical" href="https://example.com/"></head>` + "\n<body><h1>H</h1>",
			`‸<head><meta charset="utf-8"><title>T</title><meta name="description" content="D"><link rel="canonical" href="https://example.com/"></head>` + "\n<body>", "the page has no h1"},
		{"html-nesting", "</head>", "‸<div></div></head>", "<div> can't be in <head>: it ends the head, and the </head> at 2:159 closes nothing"},
		{"tag-stray", "</head>", "</head>‸<head>", "a second <head>"},
		{"link-broken", "</head>", `<link rel=stylesheet href="‸x.css"></head>`, "there is no x.css"},
		{"link-broken", "</head>", `<meta property="og:image" content="‸https://example.com/x.png"></head>`, "there is no https://example.com/x.png"},
		{"mixed-content", "</head>", `<script src="‸http://example.org/x.js"></script></head>`, "http://example.org/x.js comes by http, which browsers block in pages that come by https"},
	} {
		page := pageHead + pageEnd
		if !strings.Contains(page, tt.old) {
			t.Fatalf("no %q in the page", tt.old)
		}
		page, line, column := cut(t, strings.Replace(page, tt.old, tt.new, 1))
		found := checkPage(t, page, nil)
		if len(found) != 1 || found[0].Rule != tt.rule || found[0].Line != line || found[0].Column != column || found[0].Message != tt.message {
			t.Errorf("%s: want %d:%d %s: %s, got:\n%s", tt.new, line, column, tt.rule, tt.message, lines(found))
		}
	}
}

// TestClean has what nothing is to be found in.
func TestClean(t *testing.T) {
	for _, body := range []string{
		"",
		`<p>One<p>Two<ul><li>a<li>b<ul><li>c</ul></ul>`,
		`<dl><dt>a<dd>b<dt>c<dd>d</dl><dl><div><dt>a</dt><dd>b</dd></div></dl>`,
		`<table><caption>x<colgroup><col><thead><tr><th>a<tbody><tr><td>b<td>c<tr><td>d</table>`,
		`<select><option>a<option selected>b<optgroup label=x><option>c</select>`,
		`<ruby>漢<rp>(<rt>kan<rp>)</ruby>`,
		`<p><a href="/">x</a> <a href="#">x</a> <a href="#top">x</a> <a href="#TOP">x</a> <a>x</a>`,
		`<a href="about/">x</a> <a href="/about/index.html">x</a> <a href="./about/?a=1#part">x</a> <a href="../about/#old">x</a>`,
		`<a href="https://example.com">x</a> <a href="//example.com/about/">x</a> <a href="HTTPS://EXAMPLE.COM:443/about/#part">x</a>`,
		`<a href="b%20c.png">x</a> <a href="%C3%BC/x.txt">x</a> <a href="ü/x.txt">x</a>`,
		`<p id="ä">x</p><a href="#%C3%A4">x</a><a href="#ä">x</a>`,
		`<p id="x&amp;y">x</p><a href="#x&amp;y">x</a> <a href="?a=1&copy=2">x</a>`,
		`<a href="mailto:a@example.com">x</a> <a href="tel:+1">x</a> <a href="javascript:void(0)">x</a> <a href="sms:1?body=a b">x</a>`,
		`<a href="https://example.org/anything#x">x</a> <a href="//example.org">x</a> <a href="http://example.org/">x</a>`,
		`<img src="data:image/png;base64,AAAA" alt="" width="1" height="1"><img src=a.png alt=x style="width:1px;height:2px">`,
		`<img src=a.png alt=x style="aspect-ratio:1"><img src=a.png aria-hidden=true>`,
		`<img src="a.png" srcset="a.png 1x,a.png?v=1,2 2x, b%20c.png 3x" alt="" width=1 height=1>`,
		`<picture><source srcset="a.png"><img src="a.png" alt="" width=1 height=1></picture>`,
		`<template><a href="nowhere"></a><p id=x></p><p id=x></p><img src=x><h6></h6>{{ .X }}</template>`,
		`<!-- <a href="nowhere"> {{ .X }} <p> --><script>"<a href='nowhere'></p>"</script><textarea><p></textarea>`,
		`<script>var a = "<!-- <script> </` + `script>"; // --></script>`,
		`<script type="application/ld+json">{"@context":"https://schema.org"}</script><script>{not json</script>`,
		`<svg viewBox="0 0 1 1"><defs><path id=p d="M0 0"/></defs><use href="#p"/><title>x</title><style>a{}</style><a href="/"><text>x</text></a><foreignObject><div><p>x</p></div></foreignObject></svg>`,
		`<math><mi>x</mi><mo>=</mo><mtext><b>y</b></mtext><annotation encoding="x">a &lt; b</annotation></math>`,
		`<svg><![CDATA[ <p> ]]></svg>`,
		`<my-thing a=b><p>x</p></my-thing>`,
		`<a href="/"><div><h2>x</h2></div></a><ins><p>x</p></ins>`,
		`<h2><img src=a.png alt="Logo" width=1 height=1></h2><h3>x</h3><h2>y</h2>`,
		`<details><summary>x <h2>y</h2></summary><p>z</p></details><figure><img src=a.png alt="" width=1 height=1><figcaption>x</figcaption></figure>`,
		`<fieldset><legend>x</legend><label for=i>x</label><input id=i></fieldset><label>y <input></label>`,
		`<form action="/send" method=post><input type=hidden name=a><button>x</button></form>`,
		`<p>Write <code>{{&lt; ref &gt;}}</code>, <code>&lt;no value&gt;</code> and <kbd>ZgotmplZ</kbd> or ZgotmplZ.</p><pre>{% x %}</pre>`,
		`<p>{{ message }} {{ $t('x') }} 100%! (really) a{{b}}</p>`,
		`<p>Open <a href="http://localhost:1313/">http://localhost:1313/</a> or <a href="http://localhost/x"><code>localhost/x</code></a></p>`,
		`<p>a &amp; b &lt; c &nbsp; &#8211; &#x2013; AT&T &copy; Q&A &hellip;</p>`,
		`<noscript><img src="a.png" alt="" width=1 height=1></noscript><iframe src="/about/" title=x></iframe>`,
		`<p lang="zh-Hant-TW" dir=AUTO hidden>x</p><p lang="">x</p><ol start="-3"><li value=2>x</ol>`,
		`<p data-check-ignore><a href="nowhere">x</a> <b>x</p><div data-check-ignore="image-*">` + `<img src=a.png></div>`,
		"<video controls src=a.png><track src=a.png></video><audio><source src=a.png></audio><object data=a.png></object>",
		`<p>x<b>y</b></p><p><br/><img src=a.png alt="" width=1 height=1 /></p><hr />`,
		`<p>x</p></body></html><!-- end -->`,
	} {
		page := pageHead + body + pageEnd
		if strings.HasSuffix(body, "-->") && strings.Contains(body, "</html>") {
			page = pageHead + body
		}
		if found := checkPage(t, page, nil); len(found) > 0 {
			t.Errorf("%s:\n%s", body, lines(found))
		}
	}
}

// TestMinimal has pages that leave out all that can be left out.
func TestMinimal(t *testing.T) {
	for _, page := range []string{
		"<!doctype html><html lang=en><meta charset=utf-8><title>T</title><meta name=description content=D><link rel=canonical href=/><h1>H</h1>",
		"\ufeff<!-- c --><!DOCTYPE html>\r\n<html lang=en><head><meta charset=utf-8><title>T</title><meta name=description content=D><link rel=canonical href=/><body><h1>H</h1><p>x",
		`<!doctype html SYSTEM "about:legacy-compat"><html lang=en><meta http-equiv=content-type content="text/html; charset=UTF-8"><title>T</title><meta name=description content=D><link rel=canonical href=https://example.com><p><h1>H</h1>`,
		`<!doctype html><meta charset=utf-8><title>Moved</title><meta http-equiv=refresh content="0; url=/about/"><link rel=canonical href=/about/>`,
		`<!doctype html><meta charset=utf-8><title>Moved</title><meta http-equiv=refresh content="0;URL='/about/'">`,
		`<!doctype html><html lang=en><meta charset=utf-8><title>T</title><meta name=robots content="noindex, follow"><h1>H</h1>`,
		`<!doctype html><html lang=en><meta charset=utf-8><base href="/docs/"><title>T</title><meta name=description content=D><link rel=canonical href=/><h1>H</h1><a href="../about/">x</a><a href="#part">x</a>`,
	} {
		if found := checkPage(t, page, nil); len(found) > 0 {
			t.Errorf("%s:\n%s", page, lines(found))
		}
	}
}
