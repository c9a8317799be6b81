package layouts

import (
	"encoding/xml"
	"html"
	htmltemplate "html/template"
	"io"
	"strings"
	"testing"
	texttemplate "text/template"
	"time"
)

// feedPage is a page as the templates of feeds see it.
type feedPage struct{ *page }

func (feedPage) Content() htmltemplate.HTML { return "<p>a &amp; b</p>" }
func (feedPage) Render(string) htmltemplate.HTML {
	return "<item>x &amp; y</item>"
}
func (feedPage) Store() scratch  { return scratch{} }
func (feedPage) Date() time.Time { return time.Date(2026, 3, 1, 0, 0, 0, 0, time.FixedZone("", 3600)) }

type (
	scratch     struct{}
	safeNS      struct{}
	transformNS struct{}
	encodingNS  struct{}
)

func (scratch) Set(string, any) string { return "" }

func (safeNS) HTML(s any) htmltemplate.HTML { return htmltemplate.HTML(textOf(s)) }
func (transformNS) XMLEscape(s any) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(textOf(s)))
	return b.String()
}
func (transformNS) Plainify(s any) htmltemplate.HTML { return plainify(s) }
func (encodingNS) Jsonify(v any) (htmltemplate.HTML, error) {
	s, err := marshal(v)
	return htmltemplate.HTML(s), err
}

func plainify(s any) htmltemplate.HTML {
	return htmltemplate.HTML(strings.NewReplacer("<p>", "", "</p>", "").Replace(textOf(s)))
}

// formatFuncs are functions whose names escaping knows.
func formatFuncs() texttemplate.FuncMap {
	m := testFuncs()
	m["safe"] = func() safeNS { return safeNS{} }
	m["safeHTML"] = safeNS{}.HTML
	m["safeHTMLAttr"] = func(s any) htmltemplate.HTMLAttr { return htmltemplate.HTMLAttr(textOf(s)) }
	m["safeJSStr"] = func(s any) htmltemplate.JSStr { return htmltemplate.JSStr(textOf(s)) }
	m["htmlEscape"] = func(s any) string { return html.EscapeString(textOf(s)) }
	m["transform"] = func() transformNS { return transformNS{} }
	m["plainify"] = plainify
	m["encoding"] = func() encodingNS { return encodingNS{} }
	m["jsonify"] = encodingNS{}.Jsonify
	m["cond"] = func(c bool, a, b any) any {
		if c {
			return a
		}
		return b
	}
	m["delimit"] = func(list []string, sep string) string { return strings.Join(list, sep) }
	m["list"] = func(s ...any) []any { return s }
	m["strings"] = func() map[string]string { return nil }
	return m
}

func formatEngine(t testing.TB, archive string) *Engine {
	t.Helper()
	e, err := New(tree(archive), Options{Funcs: formatFuncs()})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestXML(t *testing.T) {
	p := feedPage{&page{Title: `<A> & "B" 'c'`, Params: map[string]any{"html": htmltemplate.HTML("<b>&amp;</b>"), "n": 5}}}
	for _, tt := range []struct{ name, src, want string }{
		{"text", `<t>{{ .Title }}</t>`, `<t>&lt;A&gt; &amp; &#34;B&#34; &#39;c&#39;</t>`},
		{"attributes", `<t a="{{ .Title }}" b='{{ .Title }}'/>`, `<t a="&lt;A&gt; &amp; &#34;B&#34; &#39;c&#39;" b='&lt;A&gt; &amp; &#34;B&#34; &#39;c&#39;'/>`},
		{"number, date, nil", `{{ .Params.n }} {{ .Date.Format "Mon -0700" }} [{{ .Params.none }}]`, `5 Sun +0100 []`},
		{"method's HTML", `<content type="html">{{ .Content }}</content>`, `<content type="html">&lt;p&gt;a &amp;amp; b&lt;/p&gt;</content>`},
		{"HTML of a map", `{{ .Params.html }}`, `&lt;b&gt;&amp;amp;&lt;/b&gt;`},
		{"html", `<description>{{ .Content | html }}</description>`, `<description>&lt;p&gt;a &amp;amp; b&lt;/p&gt;</description>`},
		{"html of a title", `{{ .Title | html }}{{ html .Title }}`, strings.Repeat(`&lt;A&gt; &amp; &#34;B&#34; &#39;c&#39;`, 2)},
		{"htmlEscape", `{{ .Content | htmlEscape }}`, `&lt;p&gt;a &amp;amp; b&lt;/p&gt;`},
		{"htmlEscape, safeHTML", `{{ .Content | htmlEscape | safeHTML}}`, `&lt;p&gt;a &amp;amp; b&lt;/p&gt;`},
		{"transform.XMLEscape", `{{ transform.XMLEscape .Content }}`, `&lt;p&gt;a &amp;amp; b&lt;/p&gt;`},
		{"XMLEscape, safeHTML", `{{ .Content | transform.XMLEscape | safeHTML }}`, `&lt;p&gt;a &amp;amp; b&lt;/p&gt;`},
		{"in parentheses", `{{ (.Content | htmlEscape) }}`, `&lt;p&gt;a &amp;amp; b&lt;/p&gt;`},
		{"safeHTML", `{{ .Content | safeHTML }}{{ safe.HTML "<x/>" }}`, `<p>a &amp; b</p><x/>`},
		{"another function last", `{{ .Content | safeHTML | printf "%s" }}`, `&lt;p&gt;a &amp;amp; b&lt;/p&gt;`},
		{"plainify", `<title>{{ .Content | plainify }}</title>{{ "caf&eacute; &lt;" | transform.Plainify }}`, `<title>a &amp; b</title>café &lt;`},
		{"declaration", `{{ printf "<?xml version=\"1.0\" encoding=\"utf-8\"?>" | safeHTML }}<a>`, `<?xml version="1.0" encoding="utf-8"?><a>`},
		{"declaration by safeHTML", "{{ safeHTML `<?xml version=\"1.0\"?>` }}<a b=\"{{ .Params.n }}\">", `<?xml version="1.0"?><a b="5">`},
		{"instruction", `<?xml-stylesheet href="{{ .Title }}"?><a>{{ .Params.n }}</a>`, `<?xml-stylesheet href="&lt;A&gt; &amp; &#34;B&#34; &#39;c&#39;"?><a>5</a>`},
		{"CDATA", `<![CDATA[{{ .Content }}]]>{{ .Content }}`, `<![CDATA[<p>a &amp; b</p>]]>&lt;p&gt;a &amp;amp; b&lt;/p&gt;`},
		{"CDATA by constants", `{{ "<![CDATA[" | safeHTML }}{{ .Content }}{{ "]]>" | safeHTML }}{{ .Params.html }}`, `<![CDATA[<p>a &amp; b</p>]]>&lt;b&gt;&amp;amp;&lt;/b&gt;`},
		{"end of CDATA", `<![CDATA[{{ "a]]>b" }}{{ "]]" }}{{ ">" }}]]>`, `<![CDATA[a]]]]><![CDATA[>b]]]]><![CDATA[]]><![CDATA[>]]>`},
		{"comment", `<!-- {{ "a--b---" }} {{ .Title }} -->{{ .Title }}`, `<!-- a- -b- - -  <A> & "B" 'c' -->&lt;A&gt; &amp; &#34;B&#34; &#39;c&#39;`},
		{"names", `<{{ "a:b-1" }} {{ if true }}c="d"{{ end }}>{{ "&" }}</{{ "a:b-1" }}>`, `<a:b-1 c="d">&amp;</a:b-1>`},
		{"attribute by safeHTMLAttr", `<a {{ "b=\"c\"" | safeHTMLAttr }}>`, `<a b="c">`},
		{"escaped in an attribute", `<a b="{{ .Title | html }}" c="{{ .Content | safeHTML }}">`, `<a b="&lt;A&gt; &amp; &#34;B&#34; &#39;c&#39;" c="&lt;p&gt;a &amp; b&lt;/p&gt;">`},
		{"white space in an attribute", `<a b="{{ "x\n\ty" }}">{{ "x\n\ty\r" }}`, "<a b=\"x&#xA;&#x9;y\">x\n\ty&#xD;"},
		{"forbidden characters", `{{ "a\x00b\x0b\ufffec\xffd" }} {{ "\x01" | html }}`, "abc\uFFFDd "},
		{"variable", `{{ $x := .Content | htmlEscape }}{{ $y := .Content }}{{ $x }}{{ $y }}`, strings.Repeat(`&lt;p&gt;a &amp;amp; b&lt;/p&gt;`, 2)},
		{"variable of two kinds", `{{ $x := safeHTML "&amp;" }}{{ if true }}{{ $x = "&" }}{{ end }}{{ $x }}`, `&amp;`},
		{"dot of with", `{{ with .Title | html }}<a>{{ . }}</a>{{ end }}{{ with $x := .Content | safeHTML }}{{ . }}{{ $x }}{{ end }}`, `<a>&lt;A&gt; &amp; &#34;B&#34; &#39;c&#39;</a><p>a &amp; b</p><p>a &amp; b</p>`},
		{"Render", `{{ .Render "item" }}{{ $.Render "item" }}`, `<item>x &amp; y</item><item>x &amp; y</item>`},
		{"range", `{{ range list "<" ">" }}<a b="{{ . }}"/>{{ else }}{{ "<" }}{{ end }}`, `<a b="&lt;"/><a b="&gt;"/>`},
		{"break and continue", `{{ range list "<" "b" ">" }}{{ if eq . "b" }}{{ continue }}{{ end }}{{ . }}{{ if eq . ">" }}{{ break }}{{ end }}{{ end }}`, `&lt;&gt;`},
		{"branches", `<a b="{{ if true }}{{ "\"" }}{{ else }}x{{ end }}"{{ with .Title }} c="d"{{ end }}>`, `<a b="&#34;" c="d">`},
		{"partial", `{{ partial "item.xml" . }}`, `<item a="&#34;">&lt;A&gt; &amp; &#34;B&#34; &#39;c&#39;</item>`},
		{"partials.Include", `{{ partials.Include "item.xml" . }}{{ partialCached "item.xml" . }}`, strings.Repeat(`<item a="&#34;">&lt;A&gt; &amp; &#34;B&#34; &#39;c&#39;</item>`, 2)},
		{"partial in an attribute", `<a b="{{ partial "item.xml" . }}">`, `<a b="&lt;item a=&#34;&#34;&#34;&gt;&lt;A&gt; &amp; &#34;B&#34; &#39;c&#39;&lt;/item&gt;">`},
		{"partial's value", `{{ partial "value.xml" }}{{ partial "html.xml" }}`, `&lt;&amp;<i/>`},
		{"text partial", `{{ partial "x.txt" . }}{{ partial "x.json" . }}`, `&lt;&amp;{&#34;a&#34;:5}`},
		{"HTML partial", `{{ partial "x.html" . }}`, `<p>&lt;A&gt; &amp; &#34;B&#34; &#39;c&#39;</p>`},
		{"inline partial", `{{ define "_partials/in.xml" }}<i>{{ . }}</i>{{ end }}{{ partial "in.xml" "<" }}`, `<i>&lt;</i>`},
		{"template", `{{ define "x" }}{{ . }}{{ end }}<a b="{{ template "x" "\n<" }}">{{ template "x" "\n<" }}<![CDATA[{{ template "x" "<" }}]]>`, "<a b=\"&#xA;&lt;\">\n&lt;<![CDATA[<]]>"},
		{"template that leaves the text", `{{ define "open" }}<![CDATA[{{ end }}{{ template "open" }}{{ "<" }}]]>{{ "<" }}`, `<![CDATA[<]]>&lt;`},
		{"recursive template", `{{ define "x" }}<a>{{ . }}{{ if lt . 2 }}{{ template "x" (add . 1) }}{{ end }}</a>{{ end }}{{ template "x" 1 }}`, `<a>1<a>2</a></a>`},
		{"a pointer, an error", `{{ .Params.ptr }} {{ .Params.err }}`, `p&amp; e&amp;`},
		{"doctype", `<!DOCTYPE svg PUBLIC "-//W3C" '>'><svg>{{ "&" }}</svg>`, `<!DOCTYPE svg PUBLIC "-//W3C" '>'><svg>&amp;</svg>`},
		{"constant", `{{ "<" }}{{ print "<" }}`, `&lt;&lt;`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := "p&"
			p.Params["ptr"], p.Params["err"] = &s, errText("e&")
			e := formatEngine(t, "-- page.xml --\n"+tt.src+`
-- _partials/item.xml --
<item a="{{ "\"" }}">{{ .Title }}</item>
{{- /**/ -}}
-- _partials/value.xml --
{{ return "<&" }}
-- _partials/html.xml --
{{ return (safeHTML "<i/>") }}
-- _partials/x.txt --
<&{{- /**/ -}}
-- _partials/x.json --
{"a":{{ .Params.n }}}{{- /**/ -}}
-- _partials/x.html --
<p>{{ .Title }}</p>{{- /**/ -}}
`)
			for range 2 {
				if got, err := render(t, e, "page.xml", &State{Page: p}); err != nil || got != strings.TrimSpace(tt.want) {
					t.Fatalf("got  %q, %v\nwant %q", got, err, tt.want)
				}
			}
		})
	}
}

type errText string

func (e errText) Error() string { return string(e) }

func TestXMLErrors(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"branches", "<a>\n {{ if .Title }}<b c=\"{{ end }}", "x.xml:2:8: {{if}} branches end in different contexts: one inside an attribute, one in text"},
		{"with", "{{ with .Title }}<!--{{ else }}<![CDATA[{{ end }}", "x.xml:1:9: {{with}} branches end in different contexts: one inside a comment, one inside <![CDATA["},
		{"range", "{{ range .Pages }}<?{{ end }}", "x.xml:1:10: {{range}} body begins and ends in different contexts: one inside <? ?>, one in text"},
		{"break", "{{ range .Pages }}<!--{{ if . }}{{ break }}{{ end }}-->{{ end }}", "x.xml:1:10: {{range}} body's ways end in different contexts: one inside a comment, one in text"},
		{"end", "<a b=\"{{ .Title }}>", "x.xml:1:1: the template ends inside an attribute"},
		{"end in CDATA", "<![CDATA[{{ .Title }}", "x.xml:1:1: the template ends inside <![CDATA["},
		{"recursion", "{{ define \"x\" }}{{ if . }}{{ template \"x\" }}{{ end }}<!--{{ end }}{{ template \"x\" . }}", "x.xml: a template that calls itself"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := New(tree("-- x.xml --\n"+tt.src), Options{Funcs: formatFuncs()})
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
	e := formatEngine(t, "-- x.xml --\n<a\n {{ .Title | printf \"%s\" }}>")
	_, err := render(t, e, "x.xml", &State{Page: &page{Title: "a b"}})
	want := `x.xml:2:14: in a tag, outside quotes, want a name, have "a b" (use quotes, or mark it with safeHTMLAttr)`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	// A file without actions need not be well formed.
	formatEngine(t, "-- _partials/icon.svg --\n<svg><!-- x")
}

// FuzzXML checks that any string comes through text, attributes and CDATA.
func FuzzXML(f *testing.F) {
	e := formatEngine(f, "-- x.xml --\n<a b=\"{{ . }}\" c='{{ . }}'>{{ . }}<![CDATA[{{ . }}]]><!-- {{ . }}-->\n<d>{{ . | html }}</d><e>{{ . }}{{ . }}</e><f><![CDATA[{{ . }}{{ . }}]]></f></a>")
	tm, _ := e.Template("x.xml")
	for _, s := range []string{"", "a", "<&>\"'", "]]>", "]]", "]", ">", "]>", "--", "-", "\r\n", "\t", "\x00\x1f", "\xff", "\uFFFE\uFFFD", "&amp;", "?>", "é\U0001F600"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var b strings.Builder
		if err := e.Execute(&b, tm, &State{Dot: s}); err != nil {
			t.Fatal(err)
		}
		var got struct {
			B    string `xml:"b,attr"`
			C    string `xml:"c,attr"`
			Text string `xml:",chardata"`
			D    string `xml:"d"`
			E    string `xml:"e"`
			F    string `xml:"f"`
		}
		dec := xml.NewDecoder(strings.NewReader(strings.TrimSpace(b.String())))
		if err := dec.Decode(&got); err != nil {
			t.Fatalf("%v\n%s", err, b.String())
		}
		if rest, err := dec.Token(); err != io.EOF {
			t.Fatalf("after the element: %v %v", rest, err)
		}
		x := rewriteXML(s, rawXML)
		if got.B != x || got.C != x || got.Text != x+x+"\n" || got.E != x+x || got.F != x+x {
			t.Errorf("%q came through as %+v\n%s", s, got, b.String())
		}
	})
}
