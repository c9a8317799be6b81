package jam_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

var (
	allVectors  = flag.Bool("all-vectors", false, "test all vectors of cross-site scripting, not a sample")
	moreVectors = flag.String("vectors", "", "a file with further vectors of cross-site scripting: a JSON array of strings")
)

// vectors returns texts that would run a script, or bring a style or a frame, if a page had them in the right place: those that a
// grammar gives, of tags, events, schemes, encodings and contexts.
func vectors(tb testing.TB) []string {
	list := slices.Concat(knownVectors, tagVectors(), urlVectors(), breakoutVectors(), markdownVectors())
	if !*allVectors {
		list = sampleOf(list, 1+len(list)/40)
	}
	if *moreVectors != "" {
		b, err := os.ReadFile(*moreVectors)
		if err != nil {
			tb.Fatal(err)
		}
		var more []string
		if err := json.Unmarshal(b, &more); err != nil {
			tb.Fatal(err)
		}
		list = more
	}
	list = slices.DeleteFunc(list, func(v string) bool { return !utf8.ValidString(v) || strings.TrimSpace(v) == "" })
	slices.Sort(list)
	return slices.Compact(list)
}

// sampleOf returns each n-th one, and the known ones.
func sampleOf(list []string, n int) []string {
	out := slices.Clone(knownVectors)
	for i := len(knownVectors); i < len(list); i += n {
		out = append(out, list[i])
	}
	return out
}

// call is what a script of a vector does.
const call = "__xss(1)"

// knownVectors are of sorts that the grammar has not, or that have been found to be of use.
var knownVectors = []string{
	"<script>" + call + "</script>",
	`<img src=x onerror=` + call + `>`,
	`<svg><animate onbegin=` + call + ` attributeName=x dur=1s>`,
	`<svg><a xlink:href="javascript:` + call + `"><text x=20 y=20>x</text></a>`,
	`<svg><style><img src=x onerror=` + call + `></style></svg>`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=` + call + `&gt;">`,
	`<noscript><p title="</noscript><img src=x onerror=` + call + `>">`,
	`<iframe srcdoc="&lt;script&gt;parent.` + call + `&lt;/script&gt;"></iframe>`,
	`<form><button formaction="javascript:` + call + `">x`,
	`<meta http-equiv=refresh content="0;url=javascript:` + call + `">`,
	`<base href="javascript:/` + call + `//">`,
	`<link rel=stylesheet href="data:text/css,*{x:expression(` + call + `)}">`,
	`<style>@import 'javascript:` + call + `';</style>`,
	`<div style="background:url(javascript:` + call + `)">`,
	`<a href="https://example.org/" ping="javascript:` + call + `" style="position:fixed;inset:0">x</a>`,
	`<scr<script>ipt>` + call + `</scr</script>ipt>`,
	`<<img src=x onerror=` + call + `>`,
	`<img src="x` + "`" + ` ` + "`" + `<script>` + call + `</script>"` + "`" + ` ` + "`" + `>`,
	`<img """><script>` + call + `</script>">`,
	`<!--[if gte IE 4]><script>` + call + `</script><![endif]-->`,
	`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>` + call + `</script></html>`,
	`<![CDATA[<script>` + call + `</script>]]>`,
	`<input autofocus onfocus=` + call + `>`,
	`<details open ontoggle=` + call + `><summary>x</summary></details>`,
	`<x id=x tabindex=1 onfocus=` + call + `></x>`,
	`<template><script>` + call + `</script></template>`,
	`<object data="data:text/html;base64,PHNjcmlwdD5fX3hzcygxKTwvc2NyaXB0Pg==">`,
	`<embed src="javascript:` + call + `">`,
	`&lt;script&gt;` + call + `&lt;/script&gt;`,
	`&#60;img src=x onerror=` + call + `&#62;`,
	"\u2028</script><script>" + call + "</script>",
	`+ADw-script+AD4-` + call + `+ADw-/script+AD4-`,
	"\uff1cscript\uff1e" + call + "\uff1c/script\uff1e",
	`';` + call + `//";` + call + `//--></SCRIPT>">'><SCRIPT>` + call + `</SCRIPT>`,
	"\x02" + `0` + "\x03<script>" + call + "</script>\x021\x03",
	`{{ "<script>` + call + `</script>" }}`,
	`${` + call + `}`,
	`# h {title="\"><script>` + call + `</script>"}`, // these came through hooks that write attributes with printf "%s=%q"
	"![a](b)\n{title=[\"><script>" + call + "</script>]}",
	"> q\n{cite=\"&#1;javascript:" + call + "\"}",
	"```js {title=\"\\\"><script>" + call + "</script>\"}\nx\n```",
}

// tagVectors are tags with event handlers, written in many ways.
func tagVectors() (list []string) {
	tags := []string{"script", "img", "svg", "iframe", "object", "embed", "video", "audio", "body", "details", "input", "button", "form",
		"a", "math", "style", "link", "marquee", "p", "x-y", "table", "noscript", "template", "textarea", "title", "select", "isindex", "bgsound", "frameset", "dialog"}
	events := []string{"onload", "onerror", "onclick", "onmouseover", "onfocus", "ontoggle", "onbegin", "onpointerenter", "onanimationend", "onscrollsnapchange", "onbeforematch"}
	between := []string{" ", "/", "\t", "\n", "\f", " / ", "\x00", " x=\">\" ", "\r\n", "/x/", " \" "}
	quotes := [][2]string{{"", ""}, {`"`, `"`}, {"'", "'"}, {"`", "`"}, {" \n", ""}, {`"`, ""}, {"&quot;", "&quot;"}}
	ends := []string{">", "/>", "", " //", ">x</TAG>", "<"}
	n := 0
	for _, tag := range tags {
		for _, event := range events {
			for k := range 6 {
				n++
				name, q := tag, quotes[(n+k)%len(quotes)]
				if n%3 == 1 {
					name = strings.ToUpper(tag)
				} else if n%3 == 2 {
					name = mixed(tag)
				}
				body := strings.ReplaceAll(call, "(1)", []string{"(1)", "`1`", "&lpar;1&rpar;", "(1)//"}[n%4])
				v := "<" + name + between[(n*5+k)%len(between)] + []string{event, mixed(event)}[k%2] + "=" + q[0] + body + q[1]
				list = append(list, v+strings.ReplaceAll(ends[(n+2*k)%len(ends)], "TAG", tag))
			}
		}
	}
	return list
}

func mixed(s string) string {
	b := []byte(s)
	for i := range b {
		if i%2 == 1 && b[i] >= 'a' && b[i] <= 'z' {
			b[i] -= 'a' - 'A'
		}
	}
	return string(b)
}

// hostileURLs are addresses with schemes that run something, or may, written in ways that one reader or another sees through.
func hostileURLs() (list []string) {
	for _, rest := range []struct{ scheme, path string }{
		{"javascript", call}, {"javascript", "//%0a" + call}, {"vbscript", "msgbox(1)"}, {"data", "text/html,<script>" + call + "</script>"},
		{"data", "text/html;base64,PHNjcmlwdD5fX3hzcygxKTwvc2NyaXB0Pg=="}, {"data", "image/svg+xml,<svg onload=" + call + ">"},
		{"data", "image/png;base64,AAAA"}, {"data", "application/xhtml+xml,x"}, {"file", "///etc/passwd"}, {"blob", "https://example.org/x"},
		{"filesystem", "https://example.org/x"}, {"view-source", "javascript:" + call}, {"livescript", call}, {"mocha", call},
		{"jar", "https://example.org/!x"}, {"feed", "javascript:" + call}, {"ms-settings", "x"}, {"about", "blank"}, {"intent", "//x#Intent;scheme=x;end"},
	} {
		s := rest.scheme
		for _, scheme := range []string{
			s, strings.ToUpper(s), mixed(s), " " + s, "\t" + s, "\x01" + s, "\u00a0" + s, "\ufeff" + s, "\u200b" + s,
			s[:2] + "\t" + s[2:], s[:3] + "\n" + s[3:], s[:1] + "\r\n" + s[1:], s[:2] + "\x00" + s[2:], s[:2] + "\u00ad" + s[2:],
			fmt.Sprintf("&#%d;%s", s[0], s[1:]), fmt.Sprintf("&#x%x%s", s[0], s[1:]), fmt.Sprintf("&#0000%d;%s", s[0], s[1:]),
			s[:2] + "&Tab;" + s[2:], s[:2] + "&NewLine;" + s[2:], s[:2] + "&#x0A;" + s[2:], "&#1;" + s, "&#xfeff;" + s,
			fmt.Sprintf("%%%02x%s", s[0], s[1:]), `\` + s, s[:2] + `\` + s[2:], "http:" + s, "//x/" + s, "?" + s, s + "/",
		} {
			list = append(list, scheme+":"+rest.path)
		}
		list = append(list, s+"&colon;"+rest.path, s+"&#58;"+rest.path, s+"&#x3a"+rest.path, s+`\:`+rest.path, s+" :"+rest.path, s+"%3a"+rest.path)
	}
	return list
}

// urlVectors are such addresses, in the places that Markdown has for addresses.
func urlVectors() (list []string) {
	contexts := []string{"%s", "[a](%s)", "[a](<%s>)", "![a](%s)", "![a](<%s>)", "[a][r]\n\n[r]: %s", "[r]: <%s>\n\n[r]", "<%s>", "[![i](<%[1]s>)](<%[1]s> '%[1]s')",
		"> q\n{cite=\"%s\"}", "p\n{href=\"%s\" src=\"%[1]s\"}", "<a href=\"%s\">x</a>", "x[^1]\n\n[^1]: [a](<%s>)", "| a |\n|---|\n| [a](<%s>) |", "t\n: ![a](<%s>)",
		"# [h](<%s>)", "> [!NOTE] [a](<%s>)"}
	for i, url := range hostileURLs() {
		for k := range 3 {
			list = append(list, fmt.Sprintf(contexts[(i*3+k*5)%len(contexts)], url))
		}
	}
	return list
}

// breakoutVectors end what they may stand in, and go on as something else.
func breakoutVectors() (list []string) {
	for _, end := range []string{`"`, `'`, "`", `">`, `'>`, "-->", "--!>", "]]>", "</title>", "</script>", "</ScRiPt >", "</style>", "</textarea>", "</template>", "</noscript>",
		"*/", "}", ")", "\n", "\r\n", "\u2028", `\"`, `\`, "&quot;", "&#39;", "<!--", "</a>", "</p></main></body>", "?>", "%>", "=", "a=b ", "\x00", "\x1b", "</xmp>", "</plaintext>"} {
		for _, then := range []string{
			"<script>" + call + "</script>", "<img src=x onerror=" + call + ">", " onmouseover=" + call + " x=", " onfocus=\"" + call + "\" autofocus tabindex=1 x=\"",
			" style=x:expression(" + call + ") ", ";" + call + "//", "<svg/onload=" + call + ">", "javascript:" + call, "<style>*{display:none}</style>", "alert`1`",
		} {
			list = append(list, end+then)
		}
	}
	return list
}

// markdownVectors use attributes, info strings and other places that only Markdown has.
func markdownVectors() (list []string) {
	attributes := []string{"onclick=" + call, `onclick="` + call + `"`, `style="position:fixed"`, `srcdoc="<script>` + call + `</script>"`, `href="javascript:` + call + `"`, `.a onload="x"`,
		`#a ONERROR="x"`, `data-x="1"`, `data-hx-on:click="` + call + `"`, `formaction="javascript:` + call + `"`, `cite="javascript:` + call + `"`, `xlink:href="javascript:` + call + `"`,
		`title="\"><script>` + call + `</script>"`, `#"><script>`, `id="x' onclick='` + call + `"`, `class="x" onfocus="y"`, `:on=1`, `@click="x"`, `v-on:click="x"`, `x-init="x"`,
		`title=["><script>]`, `linenos="x\"><script>` + call + `</script>"`, `hl_lines="1\" onclick=\"x"`, `lineanchors="\"><img src=x onerror=` + call + `>"`, `style="monokai\"><script>"`,
		`tabindex=1 accesskey=x`, `role=x aria-label="\" onclick=\"x"`, `target=_blank`, `hidden=true`, `is="x-y"`, `slot=x`, `part=x`, `nonce=x`, `itemprop=x`, `contenteditable=true`}
	for _, a := range attributes {
		list = append(list, "# h {"+a+"}", "p\n{"+a+"}", "```js {"+a+"}\nx\n```", "> q\n{"+a+"}", "- i\n{"+a+"}", "| a |\n|---|\n| b |\n{"+a+"}", "---\n{"+a+"}", "h\n=== {"+a+"}", "[a](b){"+a+"}", "![a](b)\n{"+a+"}",
			"$$\nx\n$$\n{"+a+"}", "~~~mermaid {"+a+"}\nclick A call "+call+"\n~~~")
	}
	for _, info := range []string{`js"><script>` + call + `</script>`, `"onclick="` + call, `<img src=x onerror=` + call + `>`, `a&quot;&gt;&lt;script&gt;`, `mermaid"><script>`, "math<script>", `{=html}`, "html \x02"} {
		list = append(list, "```"+info+"\n<script>"+call+"</script>\n```", "~~~ "+info+"\n</code></pre><script>"+call+"</script>\n~~~", "    <script>"+info)
	}
	list = append(list, "[^<script>"+call+"</script>]: x", "x[^\"onclick=x]\n\n[^\"onclick=x]: y", "> [!<script>]\n> x", `> [!NOTE"onclick="x] t`, "> [!TIP]+ <img src=x onerror="+call+">", "- [x] <script>"+call+"</script>",
		`$\href{javascript:`+call+`}{x}$`, `$\url{javascript:`+call+`} \style{x:y}{z} \class{x}{y} \htmlId{x}{y}$`, `$$`+"\n"+`\text{</annotation><script>`+call+`</script>}`+"\n$$", `\(</math><script>`+call+`</script>\)`,
		":smile<script>:", "<javascript:"+call+">", "<x@y.z\"onclick=\"x>", "www.example.org/\"onclick=\"x", "https://example.org/\"><script>"+call+"</script>", "mailto:x@example.org\"onclick=x",
		"[a](https://example.org/ \"\\\"><script>"+call+"</script>\")", "[a](https://example.org/ '\" onmouseover=\"x')", "![\"onerror=\""+call+"](x.png)", "![](x.png \"onerror=x\")", "![a](x\"onerror=\"x)", "[a]( javascript:x)",
		"[\n\n\njavascript:x](y)", "[a](\\\njavascript:x)", "[a](java\nscript:x)", "\\<script>x\\</script>", "*<script*>x</script>", "`<script>`<script>x</script>", "``` <script>\n", "<div markdown=1 onclick=x>\n\n*x*\n\n</div>",
		"term\n: <script>"+call+"</script>", "~~<script>~~x</script>", "# <script>"+call+"</script>", "# `</h1><script>x</script>`", "[TOC]\n\n# \"><img src=x onerror="+call+">", "<!--more--><script>x</script>", "<!-- --!><script>"+call+"</script> -->")
	return list
}
