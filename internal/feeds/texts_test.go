package feeds_test

import (
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"github.com/jam-go/jam/internal/feeds"
	"github.com/jam-go/jam/internal/feeds/rules"
)

func TestRobots(t *testing.T) {
	for _, c := range []struct {
		rules, sitemaps []string
		want            string
	}{
		{nil, nil, "User-agent: *\nDisallow:\n"},
		{nil, []string{"https://e.com/s.xml", "https://e.com/t.xml"}, "User-agent: *\nDisallow:\n\nSitemap: https://e.com/s.xml\nSitemap: https://e.com/t.xml\n"},
		{[]string{"# all", "User-Agent: AI2Bot", "user-agent : *", "Disallow: /a/ # drafts", "Allow: *.html$", "", "Crawl-delay: 1"}, nil,
			"# all\nUser-Agent: AI2Bot\nuser-agent : *\nDisallow: /a/ # drafts\nAllow: *.html$\n\nCrawl-delay: 1\n"},
	} {
		got, err := feeds.AppendRobots(nil, c.rules, c.sitemaps)
		if err != nil || string(got) != c.want {
			t.Errorf("got %v\n%s\nwant\n%s", err, got, c.want)
		}
		for _, p := range rules.Robots(got) {
			t.Error(p)
		}
	}
	for _, c := range []struct{ rule, want string }{
		{"Disallow: /", "no User-agent line is before it"},
		{"User-agent: *\nDisallow: /", "it holds a line end or another control character"},
		{"User-agent", "it has no colon; write it as in Disallow: /path/"},
		{"User-agent:", "a User-agent line needs a crawler's name or *"},
		{"User-agent: Bot/1.0", `"Bot/1.0" is no crawler's name: it may hold letters, - and _`},
		{"Sitemap: /s.xml", `"/s.xml" is no absolute URL: it has no scheme, such as https`},
		{"User-agent: *|Disallow: a", `"a" must begin with / or *`},
		{"User-agent: *|Disallow: /a b", `"/a b" holds a space, which must be percent-encoded`},
	} {
		got, err := feeds.AppendRobots([]byte("x"), strings.Split(c.rule, "|"), nil)
		if err == nil || !strings.HasSuffix(err.Error(), c.want) || string(got) != "x" {
			t.Errorf("%s: %q, %v, want %s", c.rule, got, err, c.want)
		}
	}
	if _, err := feeds.AppendRobots(nil, nil, []string{"s.xml"}); err == nil {
		t.Error("a relative sitemap")
	}
}

func TestLLMs(t *testing.T) {
	got, err := feeds.AppendLLMs(nil, "The *site* #", "1. It's\n\n> good & <b>bold</b> &amp; snake_case _x_", []feeds.Section{
		{"Docs", []feeds.Link{
			{"A [title]", "https://e.com/a_(b)/?c&d", "notes: `x`"},
			{"", "https://e.com/index.md", ""},
		}},
		{"Empty", nil},
		{"Optional", []feeds.Link{{"C#", "https://e.com/?a=1&lt;=2", " \n"}}},
	})
	const want = `# The \*site\* \#

> 1\. It's > good & \<b>bold\</b> \&amp; snake_case \_x\_

## Docs

- [A \[title\]](https://e.com/a_%28b%29/?c&d): notes: \` + "`x\\`" + `
- [https://e.com/index.md](https://e.com/index.md)

## Optional

- [C#](https://e.com/?a=1&amp;lt;=2)
`
	if err != nil || string(got) != want {
		t.Errorf("got %v\n%s\nwant\n%s", err, got, want)
	}
	for _, p := range rules.LLMs(got) {
		t.Error(p)
	}
	_, err = feeds.AppendLLMs(nil, "\x00", "", []feeds.Section{{" ", []feeds.Link{{"x", "/y", ""}}}})
	const errs = "llms.txt: it needs a title\nllms.txt: section 1 needs a name\nllms.txt: link \"x\": \"/y\" is no absolute URL: it has no scheme, such as https"
	if err == nil || err.Error() != errs {
		t.Errorf("got %v", err)
	}
}

// FuzzLLMs reads what was written with a Markdown parser: the texts must come
// back, and nothing else.
func FuzzLLMs(f *testing.F) {
	md := goldmark.New(goldmark.WithExtensions(extension.Strikethrough, extension.Table)).Parser()
	for _, s := range []string{"x", "# x #", "##", "- x", "1) x", "12345", "~~x~~", "~x~", "|a|", "***", "[x](y)", "![x](y)", "<b>", "&amp;", "a_b__c_", "`x`", "\\", "====", "```", "\u2028x\u0085", "x  \ny", "~", "\xff", "]"} {
		f.Add(s, "https://e.com/?a&b(c)")
	}
	f.Fuzz(func(t *testing.T, s, url string) {
		doc, err := feeds.AppendLLMs(nil, s, s, []feeds.Section{{s, []feeds.Link{{s, url, s}}}})
		if err != nil {
			return
		}
		for _, p := range rules.LLMs(doc) {
			t.Errorf("%v\n%s", p, doc)
		}
		var want strings.Builder
		for _, word := range strings.FieldsFunc(strings.ToValidUTF8(s, "\uFFFD"), isGap) {
			want.WriteString(word)
			want.WriteByte(' ')
		}
		plain := strings.TrimSpace(want.String())
		if strings.ContainsAny(plain, "\uFFFD") {
			return // bytes that aren't UTF-8 may come in other numbers
		}
		for kind, texts := range blocks(md.Parse(text.NewReader(doc)), doc) {
			for _, got := range texts {
				expected := plain
				if kind == ast.KindTextBlock {
					expected = plain + ": " + plain
				}
				if got != expected {
					t.Errorf("%v of %q: %q\n%s", kind, s, got, doc)
				}
			}
		}
	})
}

func isGap(r rune) bool {
	return r <= ' ' || r >= 0x7f && r < 0xa1 || r == 0xfeff || strings.ContainsRune("\u1680\u2028\u2029\u202f\u205f\u3000", r) || r >= 0x2000 && r <= 0x200a
}

// blocks returns the texts of a document's blocks.
func blocks(doc ast.Node, src []byte) map[ast.NodeKind][]string {
	texts := make(map[ast.NodeKind][]string)
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && n.Type() == ast.TypeBlock && (n.FirstChild() == nil || n.FirstChild().Type() == ast.TypeInline) {
			var b strings.Builder
			inline(&b, n, src)
			texts[n.Kind()] = append(texts[n.Kind()], b.String())
		}
		return ast.WalkContinue, nil
	})
	return texts
}

func inline(b *strings.Builder, n ast.Node, src []byte) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.WriteString(unescape(string(c.Segment.Value(src))))
		case *ast.Link:
			inline(b, c, src)
		default:
			b.WriteString("<" + c.Kind().String() + ">")
			inline(b, c, src)
		}
	}
}

// unescape drops the backslashes that goldmark keeps until it writes HTML.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("\\`*_[]<&~#>-+=|:.)", s[i+1]) >= 0 {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
