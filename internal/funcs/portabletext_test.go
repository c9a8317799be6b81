package funcs

import (
	"strings"
	"testing"
)

func span(text string, marks ...any) map[string]any {
	return map[string]any{"_type": "span", "text": text, "marks": marks}
}

func block(style string, children ...any) map[string]any {
	return map[string]any{"_type": "block", "style": style, "children": children}
}

func item(kind string, level int, text string) map[string]any {
	b := block("normal", span(text))
	b["listItem"], b["level"] = kind, level
	return b
}

func TestPortableText(t *testing.T) {
	link := block("normal", span("See "), span("the site", "k1", "strong"), span("."))
	link["markDefs"] = []any{map[string]any{"_key": "k1", "_type": "link", "href": "https://example.org/a (b)"}}
	for _, test := range []struct {
		in   any
		want string
	}{
		{nil, ""},
		{[]any{}, ""},
		{block("normal"), ""},
		{map[string]any{"_type": "other"}, ""},
		{block("normal", span("One"), span(" two")), "One two\n"},
		{[]any{block("h1", span("Title\nhere")), block("h6", span("b")), block("h7", span("c"))}, "# Title here\n\n###### b\n\nc\n"},
		{block("blockquote", span("a\nb")), "> a\n> b\n"},
		{block("pre", span("a```b")), "````\na```b\n````\n"},
		{link, "See [**the site**](<https://example.org/a (b)>).\n"},

		{block("normal", span("This is "), span("bold.", "strong"), span(" This is"), span(" both. ", "em", "strong"), span("End")),
			"This is **bold.** This is _**both.**_ End\n"},
		{block("normal", span("a", "em", "strong"), span("b", "strong"), span("c", "em")), "_**a**_**b**_c_\n"},
		{block("normal", span("a", "strong"), span(" b ", "strong", "em"), span("c", "strong")), "**a _b_ c**\n"},
		{block("normal", span("a", "code"), span("b", "code"), span("`", "code"), span("u", "underline", "gone")), "``ab```u\n"},
		{block("normal", span("x", "strike-through"), span("  \n", "em")), "~~x~~\n"},

		{[]any{item("number", 1, "Li1"), item("number", 2, "a\n\nb"), item("bullet", 1, "c"), item("bullet", 2, "d\ne"), item("square", 1, "f"), block("", span("g"))},
			"1. Li1\n   1. a\n\n      b\n\n* c\n   * d\n     e\n\n- f\n\ng\n"},
		{[]any{block("", span("a")), map[string]any{"_type": "image", "asset": map[string]any{"url": "/a.png", "altText": "A", "title": `"T"`}}},
			"a\n\n![A](/a.png \"\\\"T\\\"\")\n"},
		{map[string]any{"_type": "code", "language": "css", "filename": "a.css", "code": "a {}\n"}, "```css {filename=\"a.css\"}\na {}\n```\n"},
	} {
		got, err := Transform{}.PortableText(test.in)
		if got != test.want || err != nil {
			t.Errorf("%v:\n%q, %v, want\n%q", test.in, got, err, test.want)
		}
	}
	for want, in := range map[string]any{
		"want a map or a slice of maps, have int":        []any{1},
		"block 2: style: want text, have []int":          []any{block("", span("a")), map[string]any{"style": []int{1}, "children": []any{span("a")}}},
		"block 1: children: 1: text: want text, have []": block("", map[string]any{"text": []any{}}),
		"block 1: level: 51 isn't within 1 to 50":        item("bullet", 51, "a"),
		"block 1: children: 1: marks: want text":         block("", map[string]any{"text": "a", "marks": map[string]any{}}),
		"block 1: markDefs: want a map":                  map[string]any{"children": []any{span("a")}, "markDefs": 5},
		"block 1: code: want text":                       map[string]any{"_type": "code", "code": []any{}},
	} {
		_, err := Transform{}.PortableText(in)
		if err == nil || !strings.HasPrefix(err.Error(), "transform.PortableText: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: the error is %v, want %q", in, err, want)
		}
	}
}
