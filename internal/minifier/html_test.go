package minifier

import "testing"

// check minifies each input and compares; the output must not change again.
func check(t *testing.T, m *Minifier, mediatype string, tests [][2]string) {
	t.Helper()
	for _, tt := range tests {
		got, err := m.Bytes(t.Context(), mediatype, nil, []byte(tt[0]))
		if err != nil {
			t.Errorf("%q: %v", tt[0], err)
			continue
		}
		if string(got) != tt[1] {
			t.Errorf("%q\n got %q\nwant %q", tt[0], got, tt[1])
		}
		again, err := m.Bytes(t.Context(), mediatype, nil, got)
		if err != nil || string(again) != string(got) {
			t.Errorf("%q minified again is %q (%v)", got, again, err)
		}
	}
}

func TestHTMLText(t *testing.T) {
	check(t, New(Options{}), typeHTML, [][2]string{
		{"", ""},
		{"x", "x"},
		{"<p>a  \t b", "<p>a b"},
		{"<p>a \r\n\n b", "<p>a\nb"},
		{"<p> a <b> b </b> c </p>", "<p> a <b> b </b> c </p>"},
		{"<ul>\n  <li>a</li>\n  <li>b</li> <li>c</li>\n</ul>", "<ul>\n<li>a</li>\n<li>b</li> <li>c</li>\n</ul>"},
		{"<span>a</span>  <span style='display:inline-block'>b</span>",
			`<span>a</span> <span style=display:inline-block>b</span>`},
		{"<p>a\u00a0\u00a0b \u2003 c&nbsp; d", "<p>a\u00a0\u00a0b \u2003 c&nbsp; d"},
		{"<pre>\n a  b\n\n</pre>  x", "<pre>\n a  b\n\n</pre> x"},
		{"<pre><b class=\"k\">a  </b>  b</pre>  c", "<pre><b class=k>a  </b>  b</pre> c"},
		{"<pre>a  <pre>b  </pre>  c</pre>  d", "<pre>a  <pre>b  </pre>  c</pre> d"},
		{"<PRE>a  b</Pre>  c", "<PRE>a  b</Pre> c"},
		{"<pre>a  <p>b  </pre>  c  d", "<pre>a  <p>b  </pre>  c  d"}, // who knows where it ends
		{"<pre><!-- c -->\nx</pre>", "<pre><!-- c -->\nx</pre>"},
		{"<textarea>\n a  b\n&lt;</textarea>  x", "<textarea>\n a  b\n&lt;</textarea> x"},
		{"<code>a  b</code>  c", "<code>a  b</code> c"},
		{"<listing> a  b </listing>", "<listing> a  b </listing>"},
		{"<xmp> a  &quot; <b  > </xmp>  c", "<xmp> a  &quot; <b  > </xmp> c"},
		{"<div style='white-space: pre-wrap'> a  b <div> c  d </div>  e </div>  f",
			`<div style="white-space: pre-wrap"> a  b <div> c  d </div>  e </div> f`},
		{"<p class='x whitespace-pre-line'>a\n\nb</p>  c", `<p class="x whitespace-pre-line">a` + "\n\nb</p> c"},
		{"<p style=white-space:nowrap>a  b</p>", "<p style=white-space:nowrap>a b</p>"},
		{"<plaintext>  a <b  >", "<plaintext>  a <b  >"},
		{"<p>1 < 2,  a<b, <3", "<p>1 < 2, a<b, <3"},
		{"<p>a\x00  b\xff\xfe", "<p>a\x00 b\xff\xfe"},
		{"\ufeff<p>a  b", "\ufeff<p>a b"},
		{"<title>\n  A  &amp;  B\n</title>", "<title>\n  A  &amp;  B\n</title>"},
	})
}

func TestHTMLEntities(t *testing.T) {
	check(t, New(Options{}), typeHTML, [][2]string{
		{"<p>&quot;a&#34; &#39;b&apos; &gt;&#62; &#43;", `<p>"a" 'b' >> +`},
		{"<p>a &amp; b &amp;amp; &amp;lt; &amp", "<p>a & b &amp;amp; &amp;lt; &amp"},
		{"<p>&lt;b&gt; &copy; &copy&#61; &#x22; &#13;&#0;", "<p>&lt;b> &copy; &copy&#61; &#x22; &#13;&#0;"},
		{"<p>&am<!-- c -->p; a&lt<!-- c --> b <<!-- c -->b", "<p>&am<!-- c -->p; a&lt b <<!-- c -->b"},
	})
}

func TestHTMLComments(t *testing.T) {
	check(t, New(Options{}), typeHTML, [][2]string{
		{"<p>a<!-- c -->b <!-- c --> d", "<p>ab d"},
		{"<p>a <!-- c -->\n b", "<p>a\nb"},
		{"a<!-->b<!--->c<!-- --!>d", "a<!-->b<!--->cd"},
		{"a<!-- x -- y -->b<!-- z --->c<!----->d", "abcd"},
		{"a <!--[if lt IE 9]>  <p> x  <![endif]--> b", "a <!--[if lt IE 9]>  <p> x  <![endif]--> b"},
		{"<!--[if !IE]><!--> a  b <!--<![endif]-->", "<!--[if !IE]><!--> a b <!--<![endif]-->"},
		{"<![if !IE]> a  b <![endif]>", "<![if !IE]> a b <![endif]>"},
		{"a <!--#include virtual=\"x  y\" --> b", "a <!--#include virtual=\"x  y\" --> b"},
		{"<!--! licence --><!--esi <x> --><!--$--><!--/$--><!--[--><!--]--><!---->",
			"<!--! licence --><!--esi <x> --><!--$--><!--/$--><!--[--><!--]--><!---->"},
		{"<!-- ko if: x --><!-- /ko --><!-- kool -->", "<!-- ko if: x --><!-- /ko -->"},
		{"<!-- ===== x ===== --><!--=== y ===--><!--\nz\n--><!--1-->a", "a"},
		{"a<!-- not closed  <b>", "a<!-- not closed  <b>"},
		{"<?php  echo ?>  </ bogus  >  </>", "<?php  echo ?> </ bogus  > </>"},
	})
	check(t, New(Options{KeepComments: true}), typeHTML, [][2]string{
		{"a  <!-- c  d -->  b", "a <!-- c  d --> b"},
	})
}

func TestHTMLDocument(t *testing.T) {
	check(t, New(Options{}), typeHTML, [][2]string{
		{"<!DOCTYPE html>\n<html lang=\"en\">\n <head>\n  <title>a</title>\n  <!-- c -->\n  <meta charset=\"utf-8\">\n </head>\n <body>\n  <p>a</p>\n </body>\n</html>\n",
			"<!DOCTYPE html><html lang=en><head><title>a</title><meta charset=\"utf-8\"></head><body>\n<p>a</p>\n</body>\n</html>\n"},
		{"<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2  Final//EN\">\n<p>a", "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2  Final//EN\"><p>a"},
		{"<head>\n <script></script>\n text  here\n <meta a=b>\n", "<head><script></script>\ntext here\n<meta a=\"b\">\n"},
		{"<script></script>\n<b>a</b>", "<script></script>\n<b>a</b>"}, // no document, it may go anywhere
		{"<p>a</p>\n<html>\n<p>b", "<p>a</p>\n<html>\n<p>b"},
		{"<head><noscript> <link  rel=a> <!-- c --> </noscript>\n</head>", "<head><noscript> <link  rel=a> <!-- c --> </noscript></head>"},
	})
}

func TestHTMLTags(t *testing.T) {
	check(t, New(Options{}), typeHTML, [][2]string{
		{"<p\n  class = \"a\"\tid='b'  title=\"a b\" >x</p\n>", `<p class=a id=b title="a b">x</p>`},
		{`<input value="" disabled="" checked="checked" value=' a  b '>`, `<input value disabled checked=checked value=" a  b ">`},
		{`<a title="it's" alt='"x"' b='&quot;&#39;' c="&#34;a&#34;">`, `<a title="it's" alt='"x"' b="&#34;'" c='"a"'>`},
		{`<a b="a=b" c="<" d="x>y" e="a` + "`" + `" f='a"b' g="&amp;b&lt;">`,
			`<a b="a=b" c="<" d="x>y" e="a` + "`" + `" f='a"b' g=&amp;b&lt;>`},
		{`<a href="x/">a</a><a href=x/ >b</a><br class="a/"/><br/>`, `<a href=x/>a</a><a href=x/>b</a><br class=a/><br>`},
		{`<x-y a="b"/><div/>`, `<x-y a=b /><div/>`},
		{`<a b="" =c>`, `<a b="" =c>`},
		{`<a/b/c=d>`, `<a b c=d>`},
		{`<meta content="a"><link rel="b" href='c'>`, `<meta content="a"><link rel="b" href="c">`},
		{`<a onclick=" f( 1 ) ; " style=" color : red ">`, `<a onclick=" f( 1 ) ; " style=" color : red ">`},
		{`<a href="javascript: f()">`, `<a href="javascript: f()">`},
		{`<img srcset="a 1x,  b 2x" alt="">`, `<img srcset="a 1x,  b 2x" alt>`},
		{`<P CLASS="A">x</P>`, `<P CLASS=A>x</P>`},
		{`<p>a</p class="b">c`, `<p>a</p class="b">c`},
		{`a <p class="b`, `a <p class="b`},
		{`a </p `, `a </p `},
		{`a <`, `a <`},
		{`a </`, `a </`},
	})
	check(t, New(Options{KeepQuotes: true}), typeHTML, [][2]string{
		{`<p class='a' id=b title="">`, `<p class="a" id="b" title>`},
	})
	check(t, New(Options{KeepWhitespace: true}), typeHTML, [][2]string{
		{"<head>\n <p  class='a'>a  <b>b</b>\n\n c &amp; d</p>", "<head>\n <p class=a>a  <b>b</b>\n\n c &amp; d</p>"},
	})
}

func TestHTMLForeign(t *testing.T) {
	check(t, New(Options{}), typeHTML, [][2]string{
		{`<svg viewBox="0 0 1 1" :class="a"><path d="M0 0"/><g />  <text>a  <tspan>b</tspan> c</text></svg>  x`,
			`<svg viewBox="0 0 1 1" :class=a><path d="M0 0"/><g/> <text>a  <tspan>b</tspan> c</text></svg> x`},
		{`<svg/><title>a  b</title>`, `<svg/><title>a  b</title>`},
		{`<svg><title>a  <b>x</b></title><style> a{}  b{} </style><script> a  b </script></svg>`,
			`<svg><title>a <b>x</b></title><style> a{}  b{} </style><script> a  b </script></svg>`},
		{`<svg><style> a </p>  b </svg>  c`, `<svg><style> a </p>  b </svg>  c`},
		{`<svg><foreignObject><p>a  b</p><style> a { b : c } </style></foreignObject><g/></svg>`,
			`<svg><foreignObject><p>a b</p><style>a{b:c}</style></foreignObject><g/></svg>`},
		{`<svg><![CDATA[ a  <b> ]]></svg><![CDATA[ a  > b  c`, `<svg><![CDATA[ a  <b> ]]></svg><![CDATA[ a  > b c`},
		{`<svg><text>5" x</text></svg> <p class="a">b  c</p>`, `<svg><text>5" x</text></svg> <p class=a>b c</p>`},
		{`<svg xml:space="preserve"><g> a  b </g></svg>`, `<svg xml:space=preserve><g> a  b </g></svg>`},
		{`<svg><g></b>  x  <p>y  z`, `<svg><g></b>  x  <p>y  z`}, // not nested
		{`<math><mi>x</mi> <annotation>a  b</annotation></math>`, `<math><mi>x</mi> <annotation>a  b</annotation></math>`},
	})
}

func TestHTMLRawText(t *testing.T) {
	check(t, New(Options{}), typeHTML, [][2]string{
		{"<script>\n var a = 1 ; // c\n</script>  x", "<script>var a=1;</script> x"},
		{"<script type='text/javascript'> a = b </script>", "<script type=text/javascript>a=b</script>"},
		{"<script type='MODULE'> a = \"<\\/script>\" </script>", "<script type=MODULE>a=\"<\\/script>\"</script>"},
		{"<script> t = `a  ${ b  + 1 }  c` </script>", "<script>t=`a  ${b+1}  c`</script>"},
		{"<script type=text/template> <b>  {{ x }} </b> </script>", "<script type=text/template> <b>  {{ x }} </b> </script>"},
		{"<script type='math/tex; mode=display'> a  b </script>", "<script type=\"math/tex; mode=display\"> a  b </script>"},
		{"<script language=vbscript> a  b </script><script language=JavaScript> a = b </script>",
			"<script language=vbscript> a  b </script><script language=JavaScript>a=b</script>"},
		{"<script src=x> a  b </script>", "<script src=x> a  b </script>"},
		{"<script></script><style></style>", "<script></script><style></style>"},
		{"<script type=application/ld+json> { \"@id\" : 12345678901234567890.10 , \"b\":[ 1.0,\"x  y\" ] } </script>",
			"<script type=application/ld+json>{\"@id\":12345678901234567890.10,\"b\":[1.0,\"x  y\"]}</script>"},
		{"<script type=importmap> { \"imports\" : {} } </script>", "<script type=importmap>{\"imports\":{}}</script>"},
		{"<script><!--\n a = b ; \n//--></script>", "<script><!--\na=b;</script>"},
		{"<script>a = \"<!-- <script> </script> \" ; // --> </script>x  y", "<script>a=\"<!-- <script> </script> \";</script>x y"},
		{"<script>a < /script>/ . b</script>", "<script>a< /script>/ .b</script>"},
		{"<script>not closed  ", "<script>not closed  "},
		{"<style> a > b { c : d ; } </style>", "<style>a>b{c:d}</style>"},
		{"<style type=text/less> a  b </style>", "<style type=text/less> a  b </style>"},
		{"<iframe> <p  > </iframe><noembed> <b  ></noembed>", "<iframe> <p  > </iframe><noembed> <b  ></noembed>"},
		{"<template> <p>a  b</p> </template>", "<template> <p>a b</p> </template>"},
	})
	check(t, New(Options{SkipJS: true, SkipCSS: true, SkipJSON: true}), typeHTML, [][2]string{
		{"<script> a  b </script><style> a  b </style><script type=application/json> [ 1 ] </script>",
			"<script> a  b </script><style> a  b </style><script type=application/json> [ 1 ] </script>"},
	})
}
