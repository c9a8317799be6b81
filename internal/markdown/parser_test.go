package markdown

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/yuin/goldmark/parser"
)

// parserPair are two engines of one configuration: with our parser and with goldmark's.
type parserPair struct{ ours, goldmarks *Engine }

func parserPairs(t testing.TB) (pairs []parserPair) {
	for _, cfg := range []Config{
		{}, {Unsafe: true}, {Unsafe: true, Passthrough: mathDelimiters, HardWraps: true, Diagrams: true}, commonMark,
	} {
		e, err := newEngine(cfg, goldmarkParser{parser.NewParser()})
		if err != nil {
			t.Fatal(err)
		}
		pairs = append(pairs, parserPair{mustNew(t, cfg), e})
	}
	return pairs
}

// goldmarkParser is goldmark's parser, with its own parsers in place of those of ours that are to
// be the same.
type goldmarkParser struct{ parser.Parser }

func (p goldmarkParser) AddOptions(options ...parser.Option) {
	cfg := parser.NewConfig()
	for _, o := range options {
		o.SetParserOption(cfg)
	}
	for i, v := range cfg.InlineParsers {
		switch v.Value.(type) {
		case emphasisParser:
			cfg.InlineParsers[i].Value = parser.NewEmphasisParser()
		case codeSpanParser:
			cfg.InlineParsers[i].Value = parser.NewCodeSpanParser()
		case linkParser:
			cfg.InlineParsers[i].Value = parser.NewLinkParser()
		case maskedParser:
			if raw, ok := v.Value.(maskedParser).InlineParser.(rawHTMLParser); ok {
				cfg.InlineParsers[i].Value = maskedParser(raw)
			}
		case typographerParser:
			cfg.InlineParsers[i].Value = v.Value.(typographerParser).InlineParser
		}
	}
	for i, v := range cfg.BlockParsers {
		switch v.Value.(type) {
		case paragraphParser:
			cfg.BlockParsers[i].Value = parser.NewParagraphParser()
		case fencedCodeParser:
			cfg.BlockParsers[i].Value = parser.NewFencedCodeBlockParser()
		}
	}
	p.Parser.AddOptions(parser.WithBlockParsers(cfg.BlockParsers...), parser.WithInlineParsers(cfg.InlineParsers...),
		parser.WithParagraphTransformers(cfg.ParagraphTransformers...), parser.WithASTTransformers(cfg.ASTTransformers...))
}

// compare checks that a text is rendered alike with both parsers.
func (p parserPair) compare(t *testing.T, text string) {
	t.Helper()
	describe := func(e *Engine) string {
		var links []string
		src := Source{Text: []byte(text), Inserts: fuzzInserts, Resolve: func(l Link) (string, error) {
			line, column := l.Position()
			links = append(links, fmt.Sprintf("%d:%d %s %q %v", line, column, l.Destination, l.Title, l.Image))
			return l.Destination, nil
		}}
		r, err := e.Render(context.Background(), src)
		if err != nil {
			return err.Error()
		}
		return fmt.Sprintf("%s\n%s\n%d %v\n%s\n%s\n%v\n%v", r.HTML, r.Summary(), r.Words, r.CJK, TOC(r.Headings(), 1, 6, false), problems(r), r.Anchors(), links)
	}
	if got, want := describe(p.ours), describe(p.goldmarks); got != want {
		t.Errorf("%q\n got %s\nwant %s", text, got, want)
	}
}

func TestParser(t *testing.T) {
	pairs := parserPairs(t)
	texts := []string{
		"\\a\\  \n\\.", "a\\  \n\\: \\- b",
		"a\\", "a\\  \nb*c*", "a\\\\\nb", "\\", "\\\n*a*", "*a* \\\n*b*", "a  \nb  ", "a\\\n\n\\\n", "\\\\\\*a*\n",
		"&#46; &#x2e; &am.p; &copy. &co#py;", "a.b.c. d: e! f- g_ h' i\" j< k> l~ m[ n] o`", "!a ![ !] ![^ ![^x] [^x] [x]\n\n[^x]: y",
		"a_b_c _d_e_ __f__g _h_. (_i_) _j", "1_000_000 a_1 ä_ö_ü _ä_ö", "www.a.example xwww.a.example http:x https://a.example:80/b_c_d mailto:a@b.example",
		"<a> <A> <1> </a> < a> <!a> <?a?> <a@b.example> <http://a.example> <<a>> << >> <", "a -- b --- c - d-- e", "... .. . a...b '90s 'tis \"a\" 'b'",
		"'90s '90s, '9 '90sx '12 'tis 'em' don't x'y 5'a 'a' ''b'' 's 'm. 'd' we're we'll 've 'll. dogs' doin' a'.b 21\"\" \"a 21\"\" \"b\", \"c\". '\"d\"' \"'e'\" \"\" '' ' \" x'",
		"\"a\n\nb\" 'c\n\nd'1 'ä' ä'ö «'a'» \"ä\" (\"b\")x\"y z\"1",
		"<a b='c' d=\"e\" f=g h i = j k=l/> <a  > </a > <a/> <a / > <a b/> <a b=c=d> <a b=> <a =b> <a b='c'd> <a\nb='\n'\n> <a b=ä> <a b='ä'> <a b=\ufffd> <a-b> <a_b> <1> </1> </a b> <a b:c._-='>'> <a b=`> <a b = > < a>",
		"<a", "<a b", "<a b=", "<a b='", "</a", "<a/", "x <a>", "x <a b=\"c\"", "> <a\n> b>", "<a b='c\td' e = \t'f'>\\<a>",
		"- [ ] a\n- [x] b\n- [y] c\n- []\n- [ ]", "a | b.c\n--|--\n`x\\|y` | *z*", "~a~ ~~b~~ ~", "# a.b *c* \\#\n\nd: e\n---\n", "> a.\nb.\n> - c\n  d", "\ta.b\n\n- \ta.b\n\t c",
		"a\x02b \x020\x03.c <x\x020\x03y> _\x020\x03_ www\x020\x03.d", strings.Repeat("a_b.c:d ", 200), "[a.b]: /x_y\n\n[a.b] [*c*.](/d_e 'f.g')",
	}
	for _, text := range texts {
		for _, p := range pairs {
			p.compare(t, text)
		}
	}
}

func TestParserSpecification(t *testing.T) {
	examples := specExamples(t)
	for _, p := range parserPairs(t) {
		for i, x := range examples {
			p.compare(t, x.Markdown)
			p.compare(t, x.Markdown+examples[(i*7+3)%len(examples)].Markdown)
		}
	}
}

func TestParserCorpora(t *testing.T) {
	dir := corpora()
	if dir == "" {
		t.Skip("no ../shared/corpora beside the checkout")
	}
	pairs := parserPairs(t)
	count := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".md") {
			return err
		}
		count++
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		pairs[count%2].compare(t, string(text))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func FuzzParser(f *testing.F) {
	f.Add("a_b *c*. [d](e 'f') ![g] <h> `i` www.j.example -- 'k'\n> l\\\nm  \n- n\n\n  o")
	f.Add("a | b\n--|--\nc | d\n===\n\n[^x]: y\n\n1. z\n   ---\n")
	pairs := parserPairs(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range pairs {
			p.compare(t, text)
		}
	})
}

// TestParserRandom compares texts of marks and letters in any order.
func TestParserRandom(t *testing.T) {
	pairs := parserPairs(t)
	tokens := strings.Fields("a b1 ä 中 _ __ * ** ` `` [ ] ![ ( ) < > << >> /url 'x' \" ' . ... - -- --- : | \\ & &amp; &#46; # ; ! ^ [^n] [^n]: [r] [r]: ~ ~~ www.x.example http://y.example z@w.example " +
		"<b> </b> <!-- --> $ $$ 's 've 90s { } {.c} \x02 \x020\x03 1. 2) + = === > |--|--| [x] [!NOTE]")
	tokens = append(tokens, " ", " ", " ", "  \n", "\n", "\n", "\n\n", "\n\n", "    ", "\t", "\\\n", "\n> ", "\n- ", "\n1. ", "\n# ", "\n```\n", "\n: ", "\n  ")
	rnd := rand.New(rand.NewPCG(3, 5))
	for range 5000 {
		var b strings.Builder
		for range 1 + rnd.IntN(30) {
			b.WriteString(tokens[rnd.IntN(len(tokens))])
		}
		pairs[rnd.IntN(len(pairs))].compare(t, b.String())
		if t.Failed() {
			return
		}
	}
}
