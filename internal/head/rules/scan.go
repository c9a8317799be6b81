package rules

import (
	"bytes"
	"html"
	"strings"

	"github.com/tdewolff/parse/v2"
	parsehtml "github.com/tdewolff/parse/v2/html"
)

// meta is a meta element with a name or a property.
type meta struct {
	key      string // lower case
	property bool   // key is from the attribute property
	content  string
	line     int
}

type link struct {
	rel                 []string // lower case
	href, hreflang, typ string
	hasLang             bool
	line                int
}

// script is the text of a script with JSON-LD.
type script struct {
	text string
	line int
}

// scan collects the elements that the rules are about.
func (c *checker) scan(src string) {
	lexer := parsehtml.NewLexer(parse.NewInputString(src))
	line, start := 1, 1
	name := ""
	attrs := map[string]string{}
	for {
		tt, data := lexer.Next()
		switch tt {
		case parsehtml.ErrorToken:
			return
		case parsehtml.StartTagToken:
			name, start = strings.ToLower(string(lexer.Text())), line
			clear(attrs)
			if name == "body" {
				return
			}
		case parsehtml.AttributeToken:
			key := strings.ToLower(string(lexer.AttrKey()))
			if _, ok := attrs[key]; !ok {
				attrs[key] = html.UnescapeString(unquote(string(lexer.AttrVal())))
			}
		case parsehtml.StartTagCloseToken, parsehtml.StartTagVoidToken:
			c.element(name, attrs, start)
		case parsehtml.TextToken:
			if name == "script" && mediaType(attrs["type"]) == "application/ld+json" {
				c.scripts = append(c.scripts, script{string(data), line})
			}
			name = ""
		case parsehtml.EndTagToken:
			name = ""
		}
		line += bytes.Count(data, []byte{'\n'})
	}
}

func unquote(s string) string {
	if len(s) > 1 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}

func mediaType(s string) string {
	s, _, _ = strings.Cut(s, ";")
	return strings.ToLower(strings.TrimSpace(s))
}

func (c *checker) element(name string, attrs map[string]string, line int) {
	switch name {
	case "meta":
		m := meta{key: attrs["property"], property: true, content: strings.TrimSpace(attrs["content"]), line: line}
		if m.key == "" {
			m.key, m.property = attrs["name"], false
		}
		if m.key = strings.ToLower(strings.TrimSpace(m.key)); m.key != "" {
			c.metas = append(c.metas, m)
		}
	case "link":
		l := link{rel: strings.Fields(strings.ToLower(attrs["rel"])), typ: mediaType(attrs["type"]), line: line}
		l.href = strings.TrimSpace(attrs["href"])
		l.hreflang, l.hasLang = attrs["hreflang"]
		c.links = append(c.links, l)
	}
}
