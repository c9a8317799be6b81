package math

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/exec"
	"github.com/jam-go/jam/internal/suggest"
)

// Options say how formulas are read. The zero value works.
type Options struct {
	// Macros are commands of the site's own: by their names, with or without the backslash, what
	// they stand for, with #1 to #9 in the places of arguments: `\abs`: `\left|#1\right|`.
	Macros map[string]string
}

// Converter makes MathML of formulas. Its zero value works. It is safe for concurrent use.
type Converter struct {
	macros map[string]macro
	key    string // of the macros
}

// New returns a Converter. It fails if a macro's name is not one, or its text cannot be read.
func New(opts Options) (*Converter, error) {
	c := &Converter{macros: map[string]macro{}}
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(opts.Macros)) {
		text := opts.Macros[name]
		name = strings.TrimPrefix(name, `\`)
		if tokens := tokenize(`\` + name); name == "" || len(tokens) != 1 || tokens[0].text != name {
			errs = append(errs, fmt.Errorf(`math: %q is no name of a macro, such as \abs`, name))
			continue
		}
		if err := valid(text); err != nil {
			errs = append(errs, fmt.Errorf(`math: macro \%s: %w`, name, err))
			continue
		}
		m := macro{body: tokenize(text)}
		for _, t := range m.body {
			if t.kind == tokenParam {
				m.args = max(m.args, int(t.text[1]-'0'))
			}
		}
		c.macros[name] = m
		c.key += fmt.Sprintf(" %q %q", name, text)
	}
	return c, errors.Join(errs...)
}

// SyntaxError is a mistake in a formula.
type SyntaxError struct {
	Line, Column int // in the formula, from 1; columns in characters
	Message      string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("math: %s, at %d:%d of the formula", e.Message, e.Line, e.Column)
}

func syntaxError(src string, at int, message string) error {
	before := src[:min(at, len(src))]
	start := strings.LastIndexByte(before, '\n') + 1
	return &SyntaxError{1 + strings.Count(before, "\n"), 1 + utf8.RuneCountInString(before[start:]), message}
}

// MathML returns a formula as a math element, with what it was made of as an annotation. A
// displayed formula is a block of its own, with larger operators; any other is a part of a
// line. Errors are of type [*SyntaxError].
func (c *Converter) MathML(tex string, display bool) (template.HTML, error) {
	if len(tex) > maxLength {
		return "", syntaxError(tex, maxLength, fmt.Sprintf("more than %d bytes", maxLength))
	}
	if err := valid(tex); err != nil {
		return "", err
	}
	p := &parser{lexer: lexer{src: tex}, macros: c.macros, budget: maxTokens}
	p.style.display = display
	root := p.formula()
	if p.err != nil {
		return "", p.err
	}
	var b strings.Builder
	b.WriteString("<math")
	if display {
		b.WriteString(` display="block"`)
	}
	b.WriteString("><semantics>")
	if root.tag != "mrow" {
		root = element("mrow", root)
	}
	root.write(&b)
	b.WriteString(`<annotation encoding="application/x-tex">` + escape(strings.TrimSpace(tex)) + "</annotation></semantics></math>")
	return template.HTML(b.String()), nil
}

// Hooks makes h render formulas: text between the delimiters of [jam.Markdown], and code blocks
// of the language math.
func (c *Converter) Hooks(h *jam.Hooks) {
	h.Passthrough = c.Render
	all := maps.Clone(h.CodeBlock)
	if all == nil {
		all = map[string]func(context.Context, io.Writer, *jam.CodeBlockElement) error{}
	}
	all["math"] = c.CodeBlock
	h.CodeBlock = all
	h.CacheKey += c.CacheKey()
}

// CacheKey returns a text that is another one for other macros. [Converter.Hooks] adds it to [jam.Hooks.CacheKey]; it is to be in
// [jam.Config.CacheKey] for [Converter.ToMath], if the macros are not always the same.
func (c *Converter) CacheKey() string { return "math" + c.key }

// Render is a hook for [jam.Hooks.Passthrough].
func (c *Converter) Render(_ context.Context, w io.Writer, e *jam.PassthroughElement) error {
	return c.write(w, e.Inner, e.Type == "block")
}

// CodeBlock is a hook for code blocks, in [jam.Hooks.CodeBlock], which are displayed formulas.
func (c *Converter) CodeBlock(_ context.Context, w io.Writer, e *jam.CodeBlockElement) error {
	return c.write(w, e.Inner, true)
}

func (c *Converter) write(w io.Writer, tex string, display bool) error {
	html, err := c.MathML(tex, display)
	if err == nil {
		_, err = io.WriteString(w, string(html))
	}
	return err
}

// ToMath is a function for templates, in [jam.Config.Funcs]. Its options are displayMode, true for
// a displayed formula; macros, which go before those of c; and output, which can only be mathml or
// htmlAndMathml, with the same result.
//
//	{{ toMath `\frac{1}{2}` (dict "displayMode" true) }}
func (c *Converter) ToMath(tex string, options ...map[string]any) (template.HTML, error) {
	display := false
	for _, o := range options {
		for _, name := range slices.Sorted(maps.Keys(o)) {
			switch v := o[name].(type) {
			case bool:
				if name == "displayMode" {
					display = v
					continue
				}
			case string:
				if name == "output" && (v == "mathml" || v == "htmlAndMathml") {
					continue
				}
			case map[string]any:
				if name == "macros" {
					with, err := c.with(v)
					if err != nil {
						return "", err
					}
					c = with
					continue
				}
			}
			return "", wrongOption(name, o[name])
		}
	}
	return c.MathML(tex, display)
}

func wrongOption(name string, v any) error {
	if known := []string{"displayMode", "macros", "output"}; !slices.Contains(known, name) {
		return fmt.Errorf("math: unknown option %q%s", name, suggest.DidYouMean(name, known))
	}
	if err := exec.Printable(v); err != nil {
		return fmt.Errorf("math: the option %s: %w", name, err)
	}
	return fmt.Errorf("math: the option %s cannot be %v", name, v)
}

// with returns a Converter that has more macros.
func (c *Converter) with(more map[string]any) (*Converter, error) {
	opts := Options{Macros: map[string]string{}}
	for name, v := range more {
		if err := exec.Printable(v); err != nil {
			return nil, fmt.Errorf("math: the macro %s: %w", name, err)
		}
		opts.Macros[name] = fmt.Sprint(v)
	}
	added, err := New(opts)
	if err != nil {
		return nil, err
	}
	all := maps.Clone(c.macros)
	if all == nil {
		return added, nil
	}
	maps.Copy(all, added.macros)
	return &Converter{macros: all, key: c.key + added.key}, nil
}

// MathML is [Converter.MathML] without macros.
func MathML(tex string, display bool) (template.HTML, error) {
	return new(Converter).MathML(tex, display)
}

// Hooks is [Converter.Hooks] without macros.
func Hooks(h *jam.Hooks) { new(Converter).Hooks(h) }

// Render is [Converter.Render] without macros.
func Render(ctx context.Context, w io.Writer, e *jam.PassthroughElement) error {
	return new(Converter).Render(ctx, w, e)
}

// ToMath is [Converter.ToMath] without macros.
func ToMath(tex string, options ...map[string]any) (template.HTML, error) {
	return new(Converter).ToMath(tex, options...)
}
