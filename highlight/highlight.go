package highlight

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// Options say how code is highlighted. The zero value works.
type Options struct {
	// Inline writes the colours as style attributes, for pages without a style
	// sheet. By default there are classes; see [CSS].
	Inline bool

	// Style is the name of the style for Inline, one of [Styles]. Default: "light".
	Style string

	// LineNumbers numbers the lines of every block whose fence does not say
	// otherwise.
	LineNumbers bool

	// TabWidth is the width of a tab in characters, where the fence does not say
	// otherwise. Default: the style sheet's, 4.
	TabWidth int

	// Unknown, when set, is called with each language that has no lexer, once, from
	// whichever goroutine finds it. It must be safe for concurrent use.
	Unknown func(language string)
}

// Highlighter highlights code. It implements goldmark.Extender. It is safe for
// concurrent use, also by several sites, which then share what it keeps.
type Highlighter struct {
	opts  Options
	style *chroma.Style // of Inline
	err   error
	cache cache

	mu      sync.Mutex
	unknown map[string]bool
}

// New returns a Highlighter. If options are wrong, Check says so, and jam.Load
// fails with its error; on its own the Highlighter takes the default for them.
func New(opts Options) *Highlighter {
	h := &Highlighter{opts: opts, cache: cache{limit: cacheLimit}, unknown: make(map[string]bool)}
	var styleErr, widthErr error
	if h.style, styleErr = findStyle(opts.Style); styleErr != nil {
		h.style, _ = findStyle("")
		styleErr = fmt.Errorf("highlight: %w", styleErr)
	}
	if opts.TabWidth < 0 || opts.TabWidth > maxTabWidth {
		h.opts.TabWidth = 0
		widthErr = errors.New("highlight: TabWidth must be 1 to 16")
	}
	h.err = errors.Join(styleErr, widthErr)
	return h
}

// Check returns an error if the options are wrong: if the style is unknown, or the
// width of a tab absurd.
func (h *Highlighter) Check() error { return h.err }

// CacheKey implements [jam.CacheKeyer]: other options have another key. For [Highlighter.HTML], it is to be in [jam.Config.CacheKey]
// if the options are not always the same.
func (h *Highlighter) CacheKey() string {
	return fmt.Sprintf("highlight %t %q %t %d", h.opts.Inline, h.style.Name, h.opts.LineNumbers, h.opts.TabWidth)
}

// Extend implements goldmark.Extender.
func (h *Highlighter) Extend(m goldmark.Markdown) {
	const priority = 200 // before the renderers of jam and goldmark, which have 1000
	m.Parser().AddOptions(parser.WithASTTransformers(util.Prioritized(transformer{h}, priority)))
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(nodeRenderer{h}, priority)))
}

// HTML highlights code that is not in a fence: for a function of templates, as in
// Config.Funcs: template.FuncMap{"highlight": h.HTML}. The options are those of a
// fence, with commas or spaces between them: "linenos=true, hl_lines=2 4-6". It fails
// when one of them is wrong.
func (h *Highlighter) HTML(code, language, options string) (template.HTML, error) {
	f := &fence{language: language}
	p := fenceParser{f: f}
	p.options(options)
	code = strings.ReplaceAll(strings.ReplaceAll(code, "\r\n", "\n"), "\r", "\n")
	f.checkLines(lineCount(code))
	errs := make([]error, len(f.problems))
	for i := range f.problems {
		errs[i] = f.problems[i].err
	}
	if err := errors.Join(errs...); err != nil {
		return "", err
	}
	var b bytes.Buffer
	w := bufWriter{&b}
	h.block(w, nil, f, []byte(code))
	return template.HTML(b.String()), nil
}

// bufWriter is a buffer as goldmark's renderers want it.
type bufWriter struct{ *bytes.Buffer }

func (bufWriter) Flush() error    { return nil }
func (w bufWriter) Buffered() int { return w.Len() }

func lineCount(code string) int {
	n := strings.Count(code, "\n")
	if code != "" && !strings.HasSuffix(code, "\n") {
		n++
	}
	return n
}

// lexer returns the lexer for a language, or nil when there is none or none is
// needed, and tells the caller of unknown languages.
func (h *Highlighter) lexer(language string) chroma.Lexer {
	if language == "" {
		return nil
	}
	lexer, known := findLexer(language)
	if !known && h.opts.Unknown != nil && h.isNews(language) {
		h.opts.Unknown(language)
	}
	return lexer
}

// isNews reports whether it is the first call with a language. It remembers a
// limited number of them.
func (h *Highlighter) isNews(language string) bool {
	const most, longest = 1000, 100
	if len(language) > longest || !utf8.ValidString(language) {
		return false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.unknown[language] || len(h.unknown) >= most {
		return false
	}
	h.unknown[language] = true
	return true
}
