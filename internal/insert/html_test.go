package insert

import (
	"strings"
	"testing"
)

func TestExpandHTML(t *testing.T) {
	html := []string{`<p title="x onclick=y">a &amp; "b"</p>`, "c", "d `e`=f/"}
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"x < y", "x < y"},
		{"<b>\x021\x03</b>", "<b>c</b>"},
		{"\x020\x03<i>", html[0] + "<i>"},
		{"<i title=\"\x020\x03\">\x021\x03", `<i title="a&#32;&amp;&#32;&#34;b&#34;">c`},
		{"<i title='\x020\x03' alt='>\x021\x03'>\x020\x03", `<i title='a&#32;&amp;&#32;&#34;b&#34;' alt='>c'>` + html[0]},
		{"<i title=\x022\x03>\x022\x03", "<i title=d&#32;&#96;e&#96;&#61;f&#47;>d `e`=f/"},
		{"<i title=\"\x029\x03\x02\">\x03", `<i title="">`},
		{"<i title=\"\x021\x03", `<i title="c`},
		{"<!-- \x021\x03 > -->\x021\x03<!--", "<!-- c > -->c<!--"},
		{"<Script>a<b\x021\x03</script><style>\x021\x03</style><scripts>\x021\x03", "<Script>a<bc</script><style>c</style><scripts>c"},
		{"a <\x021\x03", "a <c"},
		{"a < \x021\x03 <", "a < c <"},
	} {
		if got := ExpandHTML(tt.in, html); got != tt.want {
			t.Errorf("ExpandHTML(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzExpandHTML(f *testing.F) {
	f.Add("<i title=\"\x020\x03\">\x021\x03<!--", "<b c='>'>")
	f.Add("<\x020\x03 \"<", "\"<a '")
	f.Fuzz(func(t *testing.T, text, html string) {
		got := ExpandHTML(text, []string{html, ""})
		if strings.ContainsAny(got, "\x02\x03") && !strings.ContainsAny(html, "\x02\x03") {
			t.Errorf("a marker is left in %q", got)
		}
		if plain := ExpandHTML(got, nil); !strings.ContainsAny(html, "\x02\x03") && plain != got {
			t.Errorf("%q is not finished", got)
		}
	})
}
