package domtest

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jam-go/jam/internal/minifier"
)

// pieces are what random documents are made of.
var pieces = strings.Split(`a|b  c| |  |
|
  |x|&amp;|&amp; |&lt;|&quot;|&#39;|&copy|&am|&|<|p;|=|1|; |<!-- c -->|<!---->|<!-->|<!--[if x]> y <![endif]-->|<!--|-->|--!>|<!x>|<![CDATA[ x ]]>|<?x?>|</>|</ x>|
<p>|</p>|<div>|</div>|<b>|</b>|<i class="a">|</i>|<code>|</code>|<pre>|</pre>|<pre>
|<span style="white-space:pre">|</span>|<p style="white-space:pre-line">|<li>|</li>|<ul>|</ul>|<br>|<br/>|<img a="b c" d='"' e=f/>|<x a="" =b c=d>|
<table>|<tr>|<td>|</td>|</tr>|</table>|<caption>|<colgroup>|<col>|<select>|<option>|</option>|</select>|<template>|</template>|<textarea>|</textarea>|
<svg>|<svg/>|</svg>|<g>|<g/>|</g>|<title>|</title>|<desc>|</desc>|<foreignObject>|</foreignObject>|<style>|</style>|<text>|</text>|<path d=M0/>|<math>|</math>|<mi>|</mi>|<annotation-xml encoding="text/html">|</annotation-xml>|<font color=x>|<font>|</font>|
<noscript>|</noscript>|<script>|</script>|<script type=x>|<xmp>|</xmp>|<iframe>|</iframe>|<head>|</head>|<body>|</body>|<html>|</html>|<!doctype html>|<!DOCTYPE x>|<meta a="b">|<link>|<h1>|</h1>|<a href="x?a&copy=1&amp;b">|</a>|<form>|</form>|<button>|</button>|<nobr>|</nobr>|<frameset>|</br>|<input a=1/ >|<hr/a>`, "|")

// TestRandomDocuments compares documents of random pieces, most of them
// malformed, with their minified forms.
func TestRandomDocuments(t *testing.T) {
	m := minifier.New(minifier.Options{SkipJS: true, SkipCSS: true})
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var doc strings.Builder
		for range 1 + r.IntN(14) {
			doc.WriteString(pieces[r.IntN(len(pieces))])
		}
		src := []byte(doc.String())
		out, err := m.Bytes(t.Context(), "text/html", nil, src)
		if err != nil {
			t.Fatalf("%q: %v", src, err)
		}
		for _, scripting := range []bool{true, false} {
			diff, err := Diff(src, out, scripting)
			if err == nil && diff != "" {
				t.Errorf("%q\nbecame %q\n(scripting %v): %s", src, out, scripting, diff)
			}
		}
		again, err := m.Bytes(t.Context(), "text/html", nil, out)
		if err != nil || string(again) != string(out) {
			t.Errorf("%q\nbecame %q\nand then %q (%v)", src, out, again, err)
		}
	}
}
