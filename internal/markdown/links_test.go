package markdown

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func TestResolve(t *testing.T) {
	text := lines(
		"ä [a *b*](c.md \"T &amp; U\") ![d `e`](f.png) [g][r] [r] [r][]",
		"",
		"- x [h](<i j.md?a=1&amp;b=2\\)#k>)",
		"",
		"| l |",
		"|---|",
		"| ü [m](n) |",
		"",
		"> > [![o](p)](q) <https://s.example> https://t.example",
		"",
		"## U [v](#w) {.x}",
		"",
		"y[^1] `[no](no)` \\[no](no)",
		"",
		"[r]: /r 'R'",
		"[^1]: note [z](zz)",
	)
	type place struct{ line, column int }
	type placed struct {
		dest, title string
		image       bool
		place       place
	}
	var got []placed
	src := Source{Text: []byte(text), Line: 11, Resolve: func(l Link) (string, error) {
		line, column := l.Position()
		got = append(got, placed{l.Destination, l.Title, l.Image, place{line, column}})
		return l.Destination, nil
	}}
	result, err := mustNew(t, Config{}).Render(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	want := []placed{
		{"c.md", "T & U", false, place{11, 3}},
		{"f.png", "", true, place{11, 29}},
		{"/r", "R", false, place{11, 45}},
		{"/r", "R", false, place{11, 52}},
		{"/r", "R", false, place{11, 56}},
		{"i j.md?a=1&b=2)#k", "", false, place{13, 5}},
		{"n", "", false, place{17, 5}},
		{"q", "", false, place{19, 5}},
		{"p", "", true, place{19, 6}},
		{"#w", "", false, place{21, 6}},
		{"zz", "", false, place{26, 12}},
	}
	byPlace := map[place]placed{}
	for _, l := range got {
		byPlace[l.place] = l
	}
	for _, l := range want {
		if g := byPlace[l.place]; g != l {
			t.Errorf("got %+v\nwant %+v", g, l)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d links; want %d: %+v", len(got), len(want), got)
	}
	plain := mustRender(t, Config{}, text)
	if result.HTML != plain.HTML {
		t.Errorf("links that resolve to themselves change the output:\n%s\n%s", result.HTML, plain.HTML)
	}
}

func TestResolveTo(t *testing.T) {
	tests := []struct{ to, want string }{
		{"/x/", `<a href="/x/">a</a>`},
		{"/ä b", `<a href="/%C3%A4%20b">a</a>`},
		{"/%C3%A4", `<a href="/%C3%A4">a</a>`},
		{"/x?a=1&copy;=2&amp;", `<a href="/x?a=1&amp;copy;=2&amp;amp;">a</a>`},
		{`/a\*b`, `<a href="/a%5C*b">a</a>`},
		{`/"><b>`, `<a href="/%22%3E%3Cb%3E">a</a>`},
		{"", `<a href="">a</a>`},
		{"javascript:x", `<a>a</a>`},
	}
	e := mustNew(t, Config{})
	for _, test := range tests {
		src := Source{Text: []byte("[a](b)"), Resolve: func(Link) (string, error) { return test.to, nil }}
		result, err := e.Render(context.Background(), src)
		if want := "<p>" + test.want + "</p>\n"; err != nil || result.HTML != want {
			t.Errorf("%q: %q, %v; want %q", test.to, result.HTML, err, want)
		}
	}
}

func TestBrokenLinks(t *testing.T) {
	missing := errors.New("no such page")
	src := Source{
		Text:    []byte("a[^1] [b](c.md)\r\n\r\n[^1]: ![d](e&amp;.png)\r\n\r\nx [f](g)"),
		Line:    5,
		Resolve: func(l Link) (string, error) { return "never", missing },
	}
	result, err := mustNew(t, Config{}).Render(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	want := "broken link: 5:7: no such page\nbroken link: 7:7: no such page\nbroken link: 9:3: no such page"
	if got := problems(result); got != want {
		t.Errorf("got %q; want %q", got, want)
	}
	if !errors.Is(&result.Problems[0].Error, missing) {
		t.Error("the error of Resolve is lost")
	}
	for _, want := range []string{`href="c.md"`, `src="e&amp;.png"`, `href="g"`} {
		if !strings.Contains(result.HTML, want) {
			t.Errorf("no %s in %s", want, result.HTML)
		}
	}
}

func TestUnsafeURLs(t *testing.T) {
	tests := []struct{ in, want, problem string }{
		{"[a](javascript:x)", "<a>a</a>", `1:1: address with scheme "javascript:" left out`},
		{"b [a](JavaScript:x \"t\")", `b <a title="t">a</a>`, `1:3: address with scheme "JavaScript:" left out`},
		{"[a](&#106;avascript:x)", "<a>a</a>", `1:1: address with scheme "javascript:" left out`},
		{"[a](vbscript:x)", "<a>a</a>", `1:1: address with scheme "vbscript:" left out`},
		{"[a](file:///x)", "<a>a</a>", `1:1: address with scheme "file:" left out`},
		{"[a](data:text/html,x)", "<a>a</a>", `1:1: address with scheme "data:" left out`},
		{"![a *b*](data:image/svg+xml;x)", "a b", `1:1: address with scheme "data:" left out`},
		{"![a](data:image/png;base64,AA==)", `<img src="data:image/png;base64,AA==" alt="a">`, ""},
		{"<javascript:x>", "<a>javascript:x</a>", `1:1: address with scheme "javascript:" left out`},
		{"[a][b]\n\n[b]: javascript:x", "<a>a</a>", `1:1: address with scheme "javascript:" left out`},
		{"[a](java&#10;script:x)", `<a href="java%0Ascript:x">a</a>`, ""},
		{"[a](&#1;javascript:x)", `<a href="%01javascript:x">a</a>`, ""},
		{"[a](<  javascript:x>)", `<a href="%20%20javascript:x">a</a>`, ""},
		{"[a](javascript%3Ax)", `<a href="javascript%3Ax">a</a>`, ""},
		{"[a](datastore:x)", `<a href="datastore:x">a</a>`, ""},
		{"[a]()", `<a href="">a</a>`, ""},
	}
	for _, test := range tests {
		result := mustRender(t, Config{}, test.in)
		if want := "<p>" + test.want + "</p>\n"; result.HTML != want {
			t.Errorf("%q\n got %q\nwant %q", test.in, result.HTML, want)
		}
		want := test.problem
		if want != "" {
			want = "unsafe URL: " + want
		}
		if got := problems(result); got != want {
			t.Errorf("%q: problems %q; want %q", test.in, got, want)
		}
	}
	result := mustRender(t, Config{Unsafe: true}, "[a](javascript:x) <javascript:x>")
	if want := `<p><a href="javascript:x">a</a> <a href="javascript:x">javascript:x</a></p>` + "\n"; result.HTML != want || len(result.Problems) > 0 {
		t.Errorf("unsafe: %q, %q", result.HTML, problems(result))
	}
}

func TestImages(t *testing.T) {
	in := "![a \"b\" *c* `&amp;` [d](e) <https://f.example>\n![g](h)  \nx <b>](i.png 'T \"q\"')"
	want := `<p><img src="i.png" alt="a “b” c &amp;amp; d https://f.example g x " title="T &quot;q&quot;"></p>` + "\n"
	if got := mustRender(t, Config{}, in).HTML; got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestLinkify(t *testing.T) {
	link := func(url, text string) string { return `<a href="` + url + `">` + text + `</a>` }
	same := func(url string) string { return link(url, url) }
	mail := func(s string) string { return link("mailto:"+s, s) }
	tests := []struct{ in, want string }{
		{"http://a.example", same("http://a.example")},
		{"see https://a.example/b?c=d#e, or", "see " + same("https://a.example/b?c=d#e") + ", or"},
		{"ftp://a.example:21/", same("ftp://a.example:21/")},
		{"www.a.example/b", link("http://www.a.example/b", "www.a.example/b")},
		{"**http://a.example/b**", "<strong>" + same("http://a.example/b") + "</strong>"},
		{"*http://a.example/b*", "<em>" + same("http://a.example/b") + "</em>"},
		{"(http://a.example/b)", "(" + same("http://a.example/b") + ")"},
		{"http://a.example/b_(c)_d.", same("http://a.example/b_(c)_d") + "."},
		{"http://a.example/*b*", same("http://a.example/*b") + "*"},
		{"http://a.example/&amp;", same("http://a.example/") + "&amp;"},
		{"http://a.example/<b>", same("http://a.example/")},
		{`"http://a.example/"`, "“" + same("http://a.example/") + "”"},
		{"„http://a.example“", "„" + same("http://a.example") + "“"},
		{"见http://a.example/b。好", "见" + same("http://a.example/b") + "。好"},
		{"http://a.example/中文", same("http://a.example/") + "中文"},
		{"http://ru.example/Стр", link("http://ru.example/%D0%A1%D1%82%D1%80", "http://ru.example/Стр")},
		{"http://bücher.example", link("http://b%C3%BCcher.example", "http://bücher.example")},
		{">http://a.example", "<blockquote>\n<p>" + same("http://a.example") + "</p>\n</blockquote>"},
		{"a\nhttp://a.example\nhttps://b.example", "a\n" + same("http://a.example") + "\n" + same("https://b.example")},
		{"xhttp://a.example", "xhttp://a.example"},
		{"xwww.a.example", "xwww.a.example"},
		{"http://a", "http://a"},
		{"http://a_b.example", "http://a_b.example"},
		{"http://a_b.c.example", same("http://a_b.c.example")},
		{"http:// a", "http:// a"},
		{"http://", "http://"},
		{"www.", "www."},
		{"www..a", "www..a"},
		{"http://.a.example", "http://.a.example"},
		{"javascript://a.example", "javascript://a.example"},
		{"`http://a.example`", "<code>http://a.example</code>"},
		{"[http://a.example](/b)", link("/b", "http://a.example")},
		{"\\http://a.example", "\\http://a.example"},
		{"http\\://a.example", "http://a.example"},

		{"a@b.example", mail("a@b.example")},
		{"a.b-c_d+e@f-g.h_i.example.", mail("a.b-c_d+e@f-g.h_i.example") + "."},
		{"_a_b@c.example_", "<em>" + mail("a_b@c.example") + "</em>"},
		{"x (a@b.example), c@d.example", "x (" + mail("a@b.example") + "), " + mail("c@d.example")},
		{"a@b.example\nc@d.example  \ne", mail("a@b.example") + "\n" + mail("c@d.example") + "<br>\ne"},
		{"*a@b.example*", "<em>" + mail("a@b.example") + "</em>"},
		{"[a@b.example](/c)", link("/c", "a@b.example")},
		{"`a@b.example`", "<code>a@b.example</code>"},
		{"a@b", "a@b"},
		{"a@b.", "a@b."},
		{"a@b.c-", "a@b.c-"},
		{"@b.example a@ @", "@b.example a@ @"},
		{"a\\@b.example", "a@b.example"},
		{"\\_a@b.example", "_a@b.example"},
		{"x/a@b.example", "x/a@b.example"},
		{"mailto:a@b.example", same("mailto:a@b.example")},
		{"xmpp:a@b.example/c/d", same("xmpp:a@b.example/c") + "/d"},
		{"mailto:b.example", "mailto:b.example"},
	}
	e := mustNew(t, Config{})
	for _, test := range tests {
		result, err := e.Render(context.Background(), Source{Text: []byte(test.in)})
		want := test.want + "\n"
		if !strings.HasPrefix(want, "<block") {
			want = "<p>" + test.want + "</p>\n"
		}
		if err != nil || result.HTML != want {
			t.Errorf("%q\n got %q, %v\nwant %q", test.in, result.HTML, err, want)
		}
	}
	if got := mustRender(t, Config{DisableLinkify: true}, "http://a.example b@c.example").HTML; strings.Contains(got, "<a") {
		t.Errorf("disabled: %s", got)
	}
}
