package sitegen

import (
	"fmt"
	"path"
	"strings"
)

// block returns a block of a text.
func (s *Site) block(file string) string {
	if strings.HasSuffix(file, ".html") {
		return "<p>" + s.phrase(3, 12) + "</p>"
	}
	n := s.rand.IntN(100)
	switch {
	case n < 30:
		return s.paragraph()
	case n < 45:
		return s.heading()
	case n < 58:
		return s.linkBlock(file)
	case n < 72:
		return s.markup()
	}
	return s.call(file)
}

func (s *Site) paragraph() string {
	text := s.phrase(4, 30)
	switch s.rand.IntN(4) {
	case 0:
		text += " *" + s.phrase(1, 2) + "* and `" + s.phrase(1, 2) + "`."
	case 1:
		text += ", **" + s.phrase(1, 1) + "**\nand a second line"
	}
	return text
}

func (s *Site) heading() string {
	h := strings.Repeat("#", s.between(2, 4)) + " " + s.phrase(1, 3)
	if s.chance(2) {
		h += " {#" + pick(s, anchors[:4]...) + "}"
	}
	return h
}

// linkBlock returns a paragraph with a link to another page or file, as it may be written.
func (s *Site) linkBlock(file string) string {
	to := s.pagePath()
	if docs := s.documents(); len(docs) > 0 && s.chance(2) {
		to = "/" + inContent(pick(s, docs...))
	}
	anchor := ""
	if s.chance(3) {
		anchor = "#" + pick(s, anchors...)
	}
	switch s.rand.IntN(6) {
	case 0:
		return fmt.Sprintf("See [%s](%s%s).", s.phrase(1, 2), path.Base(to), anchor)
	case 1:
		return fmt.Sprintf("![%s](%s)", s.phrase(1, 2), pick(s, "pic.png", "/img/logo.png", "/docs/pic.png", "nowhere.png"))
	case 2:
		return fmt.Sprintf("[here](#%s) and [%s](/style.css)", pick(s, anchors...), s.phrase(1, 1))
	}
	return fmt.Sprintf("See [%s](%s%s \"%s\").", s.phrase(1, 2), to, anchor, s.phrase(1, 2))
}

// markup returns a block of some other kind of Markdown.
func (s *Site) markup() string {
	w := s.phrase(2, 8)
	return pick(s,
		"- "+w+"\n- [ ] "+s.phrase(1, 3)+"\n- [x] done\n  1. "+w,
		"```go\nx := 1 // "+w+"\n```",
		"```mermaid\ngraph TD; A-->B\n```",
		"```js {hl_lines=1 .big}\nlet x = '"+strings.ReplaceAll(w, "'", "")+"'\n```",
		"    indented "+w,
		"> quote "+w+"\n> more",
		"> [!NOTE]\n> "+w,
		"> [!TIP]+ "+s.phrase(1, 2)+"\n> "+w,
		"| a | b |\n| --- | --: |\n| "+w+" | 2 |",
		"A note[^1] "+w+"\n\n[^1]: "+w,
		"Term\n: "+w,
		"Half \\(1:2\\) "+w,
		"$$x^2$$",
		"<b>raw</b> "+w,
		"~~gone~~ https://example.com/"+pick(s, names...),
		"text {.klass}\n\nmore\n{#"+pick(s, anchors[:3]...)+"}",
		"---",
	)
}

// call returns a block with shortcodes.
func (s *Site) call(file string) string {
	w, q := s.phrase(1, 6), strings.ReplaceAll(s.phrase(1, 3), `"`, "")
	other := s.pagePath()
	switch s.rand.IntN(25) {
	case 0:
		return "{{< note >}}" + w + "{{< /note >}}"
	case 1:
		return "{{% md %}}*" + w + "*{{% /md %}}"
	case 2:
		return "{{< box title=\"" + q + "\" >}}**in** {{< key \"Ctrl\" >}} {{< box >}}" + w + "{{< /box >}}{{< /box >}}"
	case 3:
		return "Press {{< key \"" + q + "\" >}} " + w
	case 4:
		return "{{< details summary=\"" + q + "\" >}}" + w + "{{< /details >}}"
	case 5:
		return "{{< figure src=\"pic.png\" caption=\"" + q + "\" >}}"
	case 6:
		return "- item {{% md %}}" + w + "{{% /md %}}\n- {{< site-facts >}}"
	case 7:
		return "{{< site-facts >}}"
	case 8:
		return fmt.Sprintf("{{< title-of %q >}}", other)
	case 9:
		return fmt.Sprintf("{{< words-of %q >}}", s.plainPage())
	case 10:
		return fmt.Sprintf("{{%% include %q %%}}", s.plainPage())
	case 11:
		return fmt.Sprintf("{{< content-of %q >}}", s.plainPage())
	case 12:
		return "{{< keep " + pick(s, names...) + " >}}"
	case 13:
		return "{{< headings >}}"
	case 14:
		return "{{< res \"" + pick(s, "*.txt", "*.png", "*") + "\" >}}"
	case 15:
		return "{{< gofunc \"" + q + "\" >}}"
	case 16:
		return "{{< list-of \"" + pick(s, tags...) + "\" >}}"
	case 17:
		return "`{{</* note */>}}` and {{< data \"" + pick(s, "title", "count") + "\" >}}"
	case 18:
		return "{{< say >}} " + w + "\n\n{{< say >}}"
	case 19:
		return "{{< highlight go >}}x := \"" + q + "\"{{< /highlight >}}"
	case 20:
		return "{{% md %}}{{< box title=\"" + q + "\" >}}{{% md %}}" + w + "{{% /md %}}{{< /box >}}{{% /md %}}"
	}
	switch s.rand.IntN(6) {
	case 0, 1:
		return fmt.Sprintf("[%s]({{< relref %q >}})", q, s.refTo())
	case 2:
		return "The color is {{< param color >}}."
	}
	return fmt.Sprintf("{{< link %q >}}", other)
}

// plainPage returns the path of a page in parts, whose texts ask for no others, so that pages
// don't include each other.
func (s *Site) plainPage() string { return "/parts/" + pick(s, names[:4]...) }

// refTo returns a reference that leads to a page, as a rule.
func (s *Site) refTo() string {
	if s.chance(3) {
		return "/"
	}
	return "/" + pick(s, "posts", "docs")
}

// plainDocument makes a document that shows no other page.
func (s *Site) plainDocument(file string) *document {
	d := &document{format: "yaml", keys: []pair{{"title", s.phrase(1, 3)}}}
	for range s.between(1, 4) {
		switch s.rand.IntN(4) {
		case 0:
			d.blocks = append(d.blocks, s.heading())
		case 1:
			d.blocks = append(d.blocks, s.markup())
		case 2:
			d.blocks = append(d.blocks, "{{% md %}}"+s.phrase(1, 3)+"{{% /md %}} {{< key \"P\" >}} {{< site-facts >}}")
		default:
			d.blocks = append(d.blocks, s.paragraph())
		}
	}
	return d
}
