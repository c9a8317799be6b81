package highlight

import (
	"context"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark"

	"github.com/jam-go/jam/internal/markdown"
)

// Lexers of the tests. They are registered before the first look-up.
var (
	counting = &fakeLexer{name: "testcount"}
	failing  = []*fakeLexer{
		{name: "testpanic", next: func(string) chroma.Iterator { return func() chroma.Token { panic("a mistake") } }},
		{name: "testlose", next: func(code string) chroma.Iterator {
			return chroma.Literator(chroma.Token{Type: chroma.Keyword, Value: code[1:]})
		}},
		{name: "testshort", next: func(code string) chroma.Iterator {
			return chroma.Literator(chroma.Token{Type: chroma.Keyword, Value: code[:1]})
		}},
		{name: "teststuck", next: func(string) chroma.Iterator {
			return func() chroma.Token { return chroma.Token{Type: chroma.Keyword} }
		}},
		{name: "testmore", next: func(code string) chroma.Iterator {
			return chroma.Literator(chroma.Token{Type: chroma.Keyword, Value: code + "more"})
		}},
	}
)

func TestMain(m *testing.M) {
	lexers.Register(counting)
	for _, l := range failing {
		lexers.Register(l)
	}
	m.Run()
}

// fakeLexer takes code for one keyword, or does what next says.
type fakeLexer struct {
	name  string
	next  func(code string) chroma.Iterator
	calls chan struct{}
}

func (l *fakeLexer) Config() *chroma.Config { return &chroma.Config{Name: l.name} }

func (l *fakeLexer) Tokenise(_ *chroma.TokeniseOptions, code string) (chroma.Iterator, error) {
	if l.calls != nil {
		l.calls <- struct{}{}
	}
	if l.next != nil {
		return l.next(code), nil
	}
	return chroma.Literator(chroma.Token{Type: chroma.Keyword, Value: code}), nil
}

func (l *fakeLexer) SetRegistry(*chroma.LexerRegistry) chroma.Lexer     { return l }
func (l *fakeLexer) SetAnalyser(func(text string) float32) chroma.Lexer { return l }
func (l *fakeLexer) AnalyseText(string) float32                         { return 0 }

func newEngine(t testing.TB, h *Highlighter) *markdown.Engine {
	t.Helper()
	e, err := markdown.New(markdown.Config{Extensions: []goldmark.Extender{h}})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func render(t testing.TB, e *markdown.Engine, text string) *markdown.Result {
	t.Helper()
	r, err := e.Render(context.Background(), markdown.Source{Text: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// fenced returns a fenced code block.
func fenced(info, code string) string { return "`````` " + info + "\n" + code + "\n``````\n" }

var (
	tag      = regexp.MustCompile(`<[^>]*>`)
	uncopied = regexp.MustCompile(`<(span|a)[^>]*user-select:none[^>]*>[^<]*</(span|a)>`)
	codePart = regexp.MustCompile(`(?s)<code[^>]*>(.*)</code>`)
)

// codeText returns the text of the code in HTML that a reader can copy.
func codeText(t testing.TB, text string) string {
	t.Helper()
	m := codePart.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no code in %s", text)
	}
	return html.UnescapeString(tag.ReplaceAllString(uncopied.ReplaceAllString(m[1], ""), ""))
}

// checkNesting fails if the elements of HTML are not closed in order.
func checkNesting(t testing.TB, text string) {
	t.Helper()
	var open []string
	for _, tag := range tag.FindAllString(text, -1) {
		name, _, _ := strings.Cut(strings.Trim(tag, "<>"), " ")
		if end, ok := strings.CutPrefix(name, "/"); ok {
			if len(open) == 0 || open[len(open)-1] != end {
				t.Fatalf("%s closes nothing in %s", tag, text)
			}
			open = open[:len(open)-1]
		} else {
			open = append(open, name)
		}
	}
	if len(open) > 0 {
		t.Fatalf("%v not closed in %s", open, text)
	}
}
