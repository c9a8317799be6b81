package highlight

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/styles"

	"github.com/jam-go/jam/internal/suggest"
)

// defaultTabWidth is the width of a tab in the style sheet.
const defaultTabWidth = 4

// The names of the styles of this package.
const (
	lightStyle = "light"
	darkStyle  = "dark"
)

// ownStyles has the styles of this package by name. Each of their text colours has a
// contrast of at least 4.5 to each of their backgrounds, as WCAG 2.2 asks for.
var ownStyles = sync.OnceValue(func() map[string]*chroma.Style {
	return map[string]*chroma.Style{
		lightStyle: ownStyle(lightStyle, map[string]string{
			"text": "#23262b", "ground": "bg:#f4f4f0", "marked": "bg:#fbeebc", "muted": "#595f67",
			"keyword": "#97175a", "string": "#0a5a38", "number": "#824000", "function": "#174b9b",
			"type": "#0a5470", "attribute": "#653a98",
			"inserted": "#0a5a38 bg:#d9f2dc", "deleted": "#94181c bg:#fde2df",
		}),
		darkStyle: ownStyle(darkStyle, map[string]string{
			"text": "#d9dbdf", "ground": "bg:#212429", "marked": "bg:#413a1e", "muted": "#a6adb7",
			"keyword": "#f2a1c8", "string": "#9bd8a5", "number": "#f0b978", "function": "#9cc3f7",
			"type": "#7fd0e0", "attribute": "#cdb2f4",
			"inserted": "#9bd8a5 bg:#1b3a23", "deleted": "#ffb3aa bg:#4a2422",
		}),
	}
})

// ownStyle makes a style of a palette.
func ownStyle(name string, p map[string]string) *chroma.Style {
	return chroma.MustNewStyle(name, chroma.StyleEntries{
		chroma.Background:            p["text"] + " " + p["ground"],
		chroma.LineHighlight:         p["marked"],
		chroma.LineNumbers:           p["muted"],
		chroma.Comment:               "italic " + p["muted"],
		chroma.CommentPreproc:        "noitalic " + p["keyword"],
		chroma.Keyword:               p["keyword"],
		chroma.KeywordType:           p["type"],
		chroma.KeywordConstant:       p["number"],
		chroma.OperatorWord:          p["keyword"],
		chroma.NameFunction:          p["function"],
		chroma.NameTag:               p["keyword"],
		chroma.NameClass:             p["type"],
		chroma.NameException:         p["type"],
		chroma.NameBuiltin:           p["type"],
		chroma.NameAttribute:         p["attribute"],
		chroma.NameDecorator:         p["attribute"],
		chroma.NameProperty:          p["attribute"],
		chroma.NameLabel:             p["attribute"],
		chroma.NameVariable:          p["attribute"],
		chroma.NameConstant:          p["number"],
		chroma.NameEntity:            p["number"],
		chroma.Literal:               p["number"],
		chroma.LiteralString:         p["string"],
		chroma.LiteralStringEscape:   p["number"],
		chroma.LiteralStringInterpol: p["number"],
		chroma.LiteralNumber:         p["number"],
		chroma.GenericInserted:       p["inserted"],
		chroma.GenericDeleted:        p["deleted"],
		chroma.GenericHeading:        "bold " + p["function"],
		chroma.GenericSubheading:     "bold " + p["function"],
		chroma.GenericEmph:           "italic",
		chroma.GenericStrong:         "bold",
		chroma.GenericUnderline:      "underline",
		chroma.GenericPrompt:         p["muted"],
		chroma.GenericError:          p["deleted"],
		chroma.GenericTraceback:      p["muted"],
	})
}

// Styles returns the names of the styles, sorted: "light" and "dark", which are this
// package's own, and chroma's.
func Styles() []string {
	names := slices.Concat(styles.Names(), slices.Collect(maps.Keys(ownStyles())))
	slices.Sort(names)
	return slices.Compact(names)
}

// findStyle returns the style of a name, "light" for "".
func findStyle(name string) (*chroma.Style, error) {
	if name == "" {
		name = lightStyle
	}
	low := strings.ToLower(name)
	if s := ownStyles()[low]; s != nil {
		return s, nil
	}
	if s := styles.Registry[low]; s != nil {
		return s, nil
	}
	return nil, fmt.Errorf("unknown style %q%s", name, suggest.DidYouMean(name, Styles()))
}

// decl is the look of an element: the values of CSS properties, "" for none.
type decl struct {
	color, background, weight, slant, underline string
}

// String returns d as CSS declarations.
func (d decl) String() string {
	var b strings.Builder
	for _, p := range [...]struct{ name, value string }{
		{"color", d.color}, {"background-color", d.background}, {"font-weight", d.weight},
		{"font-style", d.slant}, {"text-decoration", d.underline},
	} {
		if p.value != "" {
			if b.Len() > 0 {
				b.WriteByte(';')
			}
			b.WriteString(p.name + ":" + p.value)
		}
	}
	return b.String()
}

// over returns d, with what it leaves open taken from other.
func (d decl) over(other decl) decl {
	or := func(a, b string) string {
		if a != "" {
			return a
		}
		return b
	}
	return decl{or(d.color, other.color), or(d.background, other.background),
		or(d.weight, other.weight), or(d.slant, other.slant), or(d.underline, other.underline)}
}

// base returns the colours of text and background, which some styles leave to the
// page. The page's may be dark while the style is light.
func base(s *chroma.Style) decl {
	entry := s.Get(chroma.Background)
	d := decl{color: "#000000", background: "#ffffff"}
	if s.Mode() == chroma.Dark {
		d = decl{color: "#ffffff", background: "#000000"}
	}
	return declOf(entry).over(d)
}

// declarations returns what a style says of a type of tokens, beside base.
func declarations(s *chroma.Style, t chroma.TokenType) decl {
	return declOf(s.Get(t).Sub(s.Get(chroma.Background)))
}

func declOf(e chroma.StyleEntry) decl {
	var d decl
	if e.Colour.IsSet() {
		d.color = e.Colour.String()
	}
	if e.Background.IsSet() {
		d.background = e.Background.String()
	}
	if e.Bold == chroma.Yes {
		d.weight = "bold"
	}
	if e.Italic == chroma.Yes {
		d.slant = "italic"
	}
	if e.Underline == chroma.Yes {
		d.underline = "underline"
	}
	return d
}

// className returns the class of a type of tokens, or else of the group it belongs to.
func className(t chroma.TokenType) string {
	for t > 0 {
		if class, ok := chroma.StandardTypes[t]; ok {
			return class
		}
		t = t.Parent()
	}
	return chroma.StandardTypes[t]
}

var classAttributes = sync.OnceValue(func() map[chroma.TokenType]string {
	m := make(map[chroma.TokenType]string)
	for _, t := range chroma.TokenTypeValues() {
		if class := className(t); class != "" {
			m[t] = ` class="` + class + `"`
		}
	}
	return m
})

// classAttribute returns the class attribute for a token, with a space before it, or "".
func classAttribute(t chroma.TokenType) string { return classAttributes()[t] }
