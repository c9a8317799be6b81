package check

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestMoreRules has further forms of what rules find. Where other findings come with it, there is no message.
func TestMoreRules(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{`<ul>‸</li></ul>`, "tag-stray: </li> closes nothing"},
		{`<ul><li><p>x</p></li></ul>‸</ul>`, "tag-stray: </ul> closes nothing"},
		{`<p>x</p>‸</h2>`, "tag-stray: </h2> closes nothing"},
		{`<p>x‸</b></p>`, "tag-stray: </b> closes nothing"},
		{`<p><b>‸<span>x</b></span></p>`, "tag-unclosed: <span> isn't closed before the </b> at 4:14, which ends what it is in"},
		{`<span>‸<a href="/">x</span></a>`, "tag-unclosed: <a> isn't closed before the </span> at 4:20, which ends what it is in"},
		{`<svg>‸</x></svg>`, "tag-stray: </x> closes nothing"},
		{`<svg>‸<g></svg>`, "tag-unclosed: <g> isn't closed before the </svg> at 4:9, which ends what it is in"},
		{`<svg>‸<font color=red></font></svg>`, ""},
		{`<table>‸<table></table></table>`, ""},
		{`<p><button>x‸<button>y</button></p>`, "html-nesting: <button> can't be in another <button>"},
		{`<p>‸<dd>x</dd>`, "html-nesting: <dd> can't be in <body>; it belongs into <dl>"},
		{`‸<td>x</td>`, "html-nesting: <td> can't be in <body>; it belongs into <table>"},
		{`‸<figcaption>x</figcaption>`, "html-nesting: <figcaption> can't be in <body>; it belongs into <figure>"},
		{`‸<summary>x</summary>`, "html-nesting: <summary> can't be in <body>; it belongs into <details>"},
		{`‸<legend>x</legend>`, "html-nesting: <legend> can't be in <body>; it belongs into <fieldset>"},
		{`‸<option>x</option>`, "html-nesting: <option> can't be in <body>; it belongs into <select> or <datalist>"},
		{`‸<source src=a.png>`, "html-nesting: <source> can't be in <body>; it belongs into <picture>, <audio> or <video>"},
		{`<p>‸<rt>x</rt></p>`, "html-nesting: <rt> can't be in <p>; it belongs into <ruby>"},
		{`<dl>‸<p>x</p></dl>`, "html-nesting: <p> can't be in <dl>, which holds <dt>, <dd> and <div> only"},
		{`<address>‸<h2>x</h2></address>`, "html-nesting: <h2> can't be in <address>"},
		{`<nav>‸<main>x</main></nav>`, "html-nesting: <main> can't be in <nav>"},
		{`<a href="/">‸<input></a>`, "html-nesting: <input> can't be in <a>"},
		{`<dfn>x ‸<dfn>y</dfn></dfn>`, "html-nesting: <dfn> can't be in <dfn>"},
		{`<table><caption>‸<table></table></caption></table>`, "html-nesting: <table> can't be in <caption>"},
		{`<video controls src=a.png>‸<li>x</li></video>`, ""},
		{`<p>x</p></body></html>‸<p>y</p>`, ""},
		{`<p>x</p></body></html> ‸y`, ""},
		{`<p id=x></p><span aria-activedescendant="‸y"></span>`, `reference-broken: aria-activedescendant names the id "y", which the page doesn't have`},
		{`<input list="‸y">`, `reference-broken: list names the id "y", which the page doesn't have`},
		{`<button popovertarget="‸y">x</button>`, `reference-broken: popovertarget names the id "y", which the page doesn't have`},
		{`<output for="‸y z">x</output>`, ""},
		{`<p tabindex="‸x">y</p>`, `attribute-value: tabindex="x": want a whole number`},
		{`<ol start="‸i"><li>x</ol>`, `attribute-value: start="i": want a whole number`},
		{`<img src=a.png alt="" width=1 height=1 loading="‸soon">`, `attribute-value: loading="soon": want lazy or eager`},
		{`<table><tr><th scope="‸all">x</table>`, `attribute-value: scope="all": want row, col, rowgroup or colgroup`},
		{`<p lang="‸e">x</p>`, `attribute-value: lang="e": want a language tag, such as en or pt-BR`},
		{`<p lang="‸en-">x</p>`, `attribute-value: lang="en-": want a language tag, such as en or pt-BR`},
		{`<map name=m>‸<area href="/"></map>`, "image-alt: the area has no alt"},
		{`‸<input type=image src=a.png>`, "image-alt: the image button has no alt"},
		{`<img alt="" width=1 height=1 ‸src="">`, "link-empty: an empty reference"},
		{`<img alt="" width=1 height=1 src=a.png srcset="‸a.png 1x, a&amp;b.png 2x">`, "link-broken: there is no a&b.png"},
		{`<a href="‸https://exa mple.org/">x</a>`, "link-syntax: https://exa mple.org/: the host has the character space; write %20"},
		{`<a href="‸https://example.org:x/">x</a>`, "link-syntax: https://example.org:x/: the port isn't a number"},
		{`<a href="‸http:/x">x</a>`, "link-syntax: http:/x: no // after http:"},
		{`<a href="‸a#b c">x</a>`, "link-syntax: a#b c: the fragment has the character space; write %20"},
		{`<a href="‸a?b=&quot;">x</a>`, `link-syntax: a?b=": the query has the character "; write %22`},
		{`<a href="‸{{ x }}">x</a>`, "link-syntax: {{ x }}: the path has the character {; write %7B"},
		{`<p>‸{{< x</p>`, ""},
		{`<p>‸{{- end }}</p>`, "leftover-template: {{ is a shortcode or template action that wasn't rendered"},
		{`<p>‸{{ range .Pages }}</p>`, "leftover-template: {{ is a shortcode or template action that wasn't rendered"},
		{`<p title="‸%!s(MISSING)">x</p>`, "leftover-template: %! is what printf writes for a wrong argument"},
		{`<p>‸HAHAHUGOSHORTCODE1s0HBHB</p>`, "leftover-template: HAHAHUGOSHORTCODE is a shortcode or template action that wasn't rendered"},
		{`<svg><a href="‸nowhere"><text>x</text></a></svg>`, "link-broken: there is no nowhere"},
		{`<svg><use href="‸#nothing"/></svg>`, `anchor-broken: the page has no id "nothing"`},
		{`<object data="‸x.pdf"></object>`, "link-broken: there is no x.pdf"},
		{`<iframe src="‸x.html"></iframe>`, "link-broken: there is no x.html"},
		{`<form action="‸x.html"></form>`, "link-broken: there is no x.html"},
		{`‸<xmp>x</xmp>`, "element-obsolete: <xmp> is obsolete"},
	} {
		page, line, column := cut(t, pageHead+tt.body+pageEnd)
		found := checkPage(t, page, nil)
		ok := false
		for _, f := range found {
			ok = ok || f.Line == line && f.Column == column && (tt.want == "" || f.Rule+": "+f.Message == tt.want)
		}
		if !ok || tt.want != "" && len(found) > 1 {
			t.Errorf("%s: want %d:%d %s, got:\n%s", tt.body, line, column, tt.want, lines(found))
		}
	}
}

func TestSeverityText(t *testing.T) {
	f := Finding{File: "a.html", Line: 1, Column: 2, Rule: "link-broken", Severity: Warning, Message: "m", Fix: "f", About: "x"}
	text, err := json.Marshal(f)
	if want := `{"file":"a.html","line":1,"column":2,"rule":"link-broken","severity":"warning","message":"m","fix":"f","about":"x"}`; err != nil || string(text) != want {
		t.Errorf("got %s, %v", text, err)
	}
	var back Finding
	if err := json.Unmarshal(text, &back); err != nil || back != f {
		t.Errorf("got %+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"severity":"bad"}`), &back); err == nil || !strings.Contains(err.Error(), `unknown severity "bad"`) {
		t.Errorf("err = %v", err)
	}
	if s := Severity(7).String(); s != "Severity(7)" {
		t.Error(s)
	}
	if err := (&Report{Findings: []Finding{f}}).Err(); err != nil {
		t.Errorf("a warning is an error: %v", err)
	}
}

func TestWild(t *testing.T) {
	for _, tt := range []struct {
		pattern, text string
		want          bool
	}{
		{"a", "a", true}, {"a", "ab", false}, {"a*", "ab", true}, {"*b", "ab", true}, {"*", "", true}, {"a*b*c", "a-b-b-c", true},
		{"a*b*c", "a-c-b", false}, {"a*", "ba", false}, {"*a*", "b", false}, {"a*a", "a", false}, {"**", "x", true},
	} {
		if got := wild(tt.pattern, tt.text); got != tt.want {
			t.Errorf("%q, %q: got %v", tt.pattern, tt.text, got)
		}
	}
}

// TestTooMany has more findings of a rule than are listed for a page.
func TestTooMany(t *testing.T) {
	found := checkPage(t, pageHead+strings.Repeat("<p>&nosuch;\n", 1200)+pageEnd, nil)
	if len(found) != 1001 || found[0].Message != "1200 findings of this rule in the page, of which the first 1000 are listed" || found[0].Line != 0 {
		t.Errorf("%d findings, the first: %v", len(found), found[0])
	}
}
