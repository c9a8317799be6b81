package exec

import (
	"fmt"
	htmltemplate "html/template"
	"io"
	"testing"
	texttemplate "text/template"
	"text/template/parse"
)

// everywhere prints values in the contexts of all escapers that this package has itself.
const everywhere = `{{ range . }}<a href="{{ . }}" title="{{ . }}" x={{ . }} href={{ . }}>{{ . }}</a>
<a href="?q={{ . }}" href='/x/{{ . }}#{{ . }}' href=?{{ . }}><title>{{ . }}</title><textarea>{{ . }}</textarea>
<img srcset="{{ . }}" {{ . }}="x" style="color: {{ . }}" onclick="f({{ . }})"><script>{{ . }}; "{{ . }}"</script>
{{ end }}`

// texts returns a text as values of all types that escapers distinguish.
func texts(s string) []any {
	return []any{
		s, htmltemplate.HTML(s), htmltemplate.URL(s), htmltemplate.JS(s), htmltemplate.JSStr(s), htmltemplate.CSS(s),
		htmltemplate.HTMLAttr(s), htmltemplate.Srcset(s), word(s), named(s), &s, []byte(s), fmt.Errorf("%s", s),
	}
}

func TestEscapers(t *testing.T) {
	var values []any
	for c := range 256 {
		values = append(values, string([]byte{byte(c)}), texts(string([]byte{'a', byte(c), ' ', byte(c)})))
		values = append(values, texts("%"+string(rune(c))+"1")...)
	}
	for _, s := range []string{
		"", "%", "%4", "%41", "%zz%", "javascript:x", "HTTP:x", "mailto:x", "/a:b", "a/b:c", ":", "é", "\u2028", "\uffff", "\ufdd0", "\xff\xfe",
		"<b>bold</b>", "<b title=\"1>2\">x", "a < b", "<!-- x -->y", "&amp;&lt;&", "+", "x y\tz", "a b, c d", "dir", "ZgotmplZ",
	} {
		values = append(values, texts(s)...)
	}
	values = append(values, nil, 0, -1, int8(3), uint(9), 1.5, 1e30, true, kindOf(1), (*int)(nil), []int{1}, map[string]int{"a": 1}, inner{}, &inner{},
		struct{}{}, fmt.Errorf("<e>"), texttemplate.ExecError{Err: fmt.Errorf("x")})
	same(t, everywhere, func() any { return values })
	if !t.Failed() {
		return
	}
	for _, v := range values { // which of them?
		same(t, everywhere, func() any { return []any{v} })
	}
}

func FuzzEscapers(f *testing.F) {
	f.Add("<a href=\"x\">'+&amp;\x00\xff\u2028é</a>")
	f.Add("javascript:alert(1)")
	f.Add("/ä b?q=%41&x#y")
	std := htmltemplate.Must(htmltemplate.New("page").Parse(everywhere))
	trees, err := EscapeHTML("page", map[string]*parse.Tree{"page": std.Tree})
	if err != nil {
		f.Fatal(err)
	}
	prog, err := Compile("page", trees)
	if err != nil {
		f.Fatal(err)
	}
	m := NewMachine(func(string) any { return nil }, nil)
	f.Fuzz(func(t *testing.T, s string) {
		values := texts(s)
		want := guarded(func(w io.Writer) error { return std.Execute(w, values) })
		if got := guarded(func(w io.Writer) error { return m.Run(prog, w.(Writer), values) }); got != want {
			t.Errorf("%q:\n got %+v\nwant %+v", s, got, want)
		}
	})
}
