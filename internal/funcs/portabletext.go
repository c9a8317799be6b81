package funcs

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// PortableText writes Portable Text (https://www.portabletext.org) as Markdown:
// transform.PortableText BLOCKS. The input is a block, which is a map, or a slice of
// blocks. Known are text with its styles, marks, links and lists, images with the
// url, altText and title of their asset, and code with its language and filename.
// Blocks of other types that have no text are left out. Text is taken as
// Markdown: its characters aren't escaped.
func (Transform) PortableText(in any) (string, error) {
	const fn = "transform.PortableText"
	blocks, err := portableMaps(in)
	if err != nil {
		return "", fmt.Errorf("%s: %w", fn, err)
	}
	var p portableText
	for i, block := range blocks {
		if err := p.block(block); err != nil {
			return "", fmt.Errorf("%s: block %d: %w", fn, i+1, err)
		}
		if err := fits(fn, p.out.Len()); err != nil {
			return "", err
		}
	}
	if p.out.Len() > 0 {
		p.out.WriteByte('\n')
	}
	return p.out.String(), nil
}

// portableMaps gives a map, or the maps in a slice.
func portableMaps(v any) ([]map[string]any, error) {
	if v == nil {
		return nil, nil
	}
	s, ok := list(v)
	if !ok {
		s = reflect.ValueOf([]any{v})
	}
	out := make([]map[string]any, s.Len())
	for i := range out {
		e := s.Index(i).Interface()
		if out[i], ok = stringMap(e); !ok {
			return nil, fmt.Errorf("want a map or a slice of maps, have %s", describe(e))
		}
	}
	return out, nil
}

// portableText writes blocks as Markdown.
type portableText struct {
	out  strings.Builder
	list string // the kind of the list that the last block is in, or ""
}

// maxListLevel bounds the indents of lists.
const maxListLevel = 50

func (p *portableText) block(b map[string]any) error {
	switch b["_type"] {
	case "image":
		return p.image(b)
	case "code":
		return p.code(b)
	}
	text, err := portableSpans(b)
	if err != nil || text == "" {
		return err
	}
	style, err := portableField(b, "style")
	if err != nil {
		return err
	}
	item, err := portableField(b, "listItem")
	if err != nil {
		return err
	}
	if item != "" {
		return p.item(item, b["level"], text)
	}
	p.separate()
	level, _ := strings.CutPrefix(style, "h")
	switch {
	case len(style) == 2 && level >= "1" && level <= "6":
		p.out.WriteString(strings.Repeat("#", int(level[0]-'0')) + " " + strings.ReplaceAll(text, "\n", " "))
	case style == "blockquote":
		p.out.WriteString("> " + strings.ReplaceAll(text, "\n", "\n> "))
	case style == "code" || style == "pre":
		p.fenced("", text)
	default:
		p.out.WriteString(text)
	}
	return nil
}

// separate ends the block before one that is in no list.
func (p *portableText) separate() {
	if p.out.Len() > 0 {
		p.out.WriteString("\n\n")
	}
	p.list = ""
}

func (p *portableText) item(kind string, at any, text string) error {
	level := 1
	if at != nil {
		var err error
		if level, err = toInt(at); err != nil {
			return fmt.Errorf("level: %w", err)
		}
	}
	if level < 1 || level > maxListLevel {
		return fmt.Errorf("level: %d isn't within 1 to %d", level, maxListLevel)
	}
	switch {
	case p.list == "" || level == 1 && kind != p.list:
		p.separate()
		p.list = kind
	default:
		p.out.WriteByte('\n')
	}
	marker := "* "
	switch kind {
	case "number":
		marker = "1. "
	case "square":
		marker = "- "
	}
	indent := strings.Repeat("   ", level-1)
	p.out.WriteString(indent + marker)
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			p.out.WriteByte('\n')
			if line != "" {
				p.out.WriteString(indent + strings.Repeat(" ", len(marker)))
			}
		}
		p.out.WriteString(line)
	}
	return nil
}

func (p *portableText) image(b map[string]any) error {
	asset, _ := stringMap(b["asset"])
	var field [3]string
	for i, name := range []string{"altText", "url", "title"} {
		var err error
		if field[i], err = portableField(asset, name); err != nil {
			return err
		}
	}
	if field[1] == "" {
		return errors.New("the image has no asset.url: have the query follow the reference, as in asset->{url}")
	}
	p.separate()
	fmt.Fprintf(&p.out, "![%s](%s", field[0], linkTarget(field[1]))
	if field[2] != "" {
		p.out.WriteString(` "` + strings.ReplaceAll(field[2], `"`, `\"`) + `"`)
	}
	p.out.WriteByte(')')
	return nil
}

// linkTarget writes a URL as the target of a link.
func linkTarget(url string) string {
	if strings.ContainsAny(url, " ()") {
		return "<" + url + ">"
	}
	return url
}

func (p *portableText) code(b map[string]any) error {
	var field [3]string
	for i, name := range []string{"language", "filename", "code"} {
		var err error
		if field[i], err = portableField(b, name); err != nil {
			return err
		}
	}
	info := field[0]
	if field[1] != "" {
		info += fmt.Sprintf(" {filename=%q}", field[1])
	}
	p.separate()
	p.fenced(info, field[2])
	return nil
}

func (p *portableText) fenced(info, code string) {
	fence := "```"
	for strings.Contains(code, fence) {
		fence += "`"
	}
	p.out.WriteString(fence + info + "\n" + strings.TrimSuffix(code, "\n") + "\n" + fence)
}

// portableField reads a field that is text.
func portableField(m map[string]any, name string) (string, error) {
	s, ok := toString(m[name])
	if !ok {
		return "", fmt.Errorf("%s: want text, have %s", name, describe(m[name]))
	}
	return s, nil
}
