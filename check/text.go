package check

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"github.com/jam-go/jam/internal/htmlscan"
)

// headings are those of a page.
type headings struct {
	count [6]int
	last  int // level of the one before, from 1
	text  bool
}

func (r *reader) heading(n *node) {
	if r.inTemplate > 0 {
		return
	}
	h := &r.headings
	level := int(n.id-eH1) + 1
	h.text = false
	h.count[level-1]++
	switch {
	case level == 1 && h.count[0] > 1:
		r.found(headingMultiple, n.at, "h1", "the page has another h1")
	case h.last > 0 && level > h.last+1:
		r.found(headingOrder, n.at, string(n.name), "<%s> follows <h%d>: it skips a level", n.name, h.last)
	}
	h.last = level
}

func (r *reader) endHeadingText(n *node) {
	if !r.headings.text && r.inTemplate == 0 {
		r.findMuted(n.muted, headingEmpty, n.at, string(n.name), "<%s> is empty", n.name)
	}
}

// script checks the text of a script that is data.
func (r *reader) script(tok *htmlscan.Token) {
	text := r.src[tok.Start:tok.End]
	if !r.jsonScript || isBlank(text) {
		return
	}
	if offset, problem := badJSON(text); problem != "" {
		r.found(jsonSyntax, tok.Start+offset, "", "%s", problem)
	}
}

// scriptElement takes note of whether a script is JSON.
func (r *reader) scriptElement(tok *htmlscan.Token) {
	typ, _ := tok.Attr("type")
	switch t := strings.ToLower(strings.TrimSpace(string(typ.Value))); t {
	case "application/json", "importmap", "speculationrules":
		r.jsonScript = true
	default:
		r.jsonScript = strings.HasSuffix(t, "+json")
	}
}

// badJSON returns what is wrong with a JSON text, and where.
func badJSON(text []byte) (offset int, problem string) {
	if json.Valid(text) {
		return 0, ""
	}
	var v json.RawMessage
	err := json.Unmarshal(text, &v)
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		return max(0, min(int(e.Offset)-1, len(text))), "the JSON doesn't parse: " + e.Error()
	}
	return 0, "the JSON doesn't parse"
}

// needles are what a file with leftovers has one of.
var needles = [][]byte{[]byte("ZgotmplZ"), []byte("no value"), []byte("{{"), []byte("{%"), []byte("%!"), []byte("%7B%7B"), []byte("HAHAHUGOSHORTCODE")}

func mayHaveLeftovers(src []byte) bool {
	for _, n := range needles {
		if bytes.Contains(src, n) {
			return true
		}
	}
	return false
}

// leftovers checks a text.
func (r *reader) leftovers(tok *htmlscan.Token) {
	text := r.src[tok.Start:tok.End]
	n := r.tree.top()
	program := n != nil && (n.id == eScript || n.id == eStyle)
	if r.inCode > 0 && !program {
		return
	}
	for at := 0; at < len(text); {
		i, what, why := findLeftover(text[at:], program, program)
		if i < 0 {
			break
		}
		r.found(leftoverTemplate, tok.Start+at+i, what, "%s %s", what, why)
		at += i + len(what)
	}
	if !program && bytes.HasSuffix(text, []byte("{{")) && tok.End < len(r.src) && r.src[tok.End] == '<' {
		r.found(leftoverTemplate, tok.End-2, "{{<", "{{< %s", unrendered)
	}
}

func (r *reader) leftoverAttribute(a *htmlscan.Attr) {
	if i, what, why := findLeftover(a.Value, bytes.HasPrefix(a.Name, []byte("on")), true); i >= 0 {
		r.found(leftoverTemplate, a.ValueStart+i, what, "%s %s", what, why)
	}
}

const (
	unrendered = "is a shortcode or template action that wasn't rendered"
	unsafe     = "is what html/template writes in place of a value that would not be safe there"
	noValue    = "is what a template writes for a value that isn't there"
	badFormat  = "is what printf writes for a wrong argument"
)

// findLeftover returns where the first leftover of a text is, and what it is. In
// programs, braces mean other things; what html/template writes for what is unsafe
// is a leftover only in what is not shown, and elsewhere a text about it.
func findLeftover(text []byte, program, hidden bool) (at int, what, why string) {
	at = -1
	take := func(i int, w, y string) {
		if i >= 0 && (at < 0 || i < at) {
			at, what, why = i, w, y
		}
	}
	if hidden {
		take(bytes.Index(text, []byte("ZgotmplZ")), "ZgotmplZ", unsafe)
	}
	take(bytes.Index(text, []byte("HAHAHUGOSHORTCODE")), "HAHAHUGOSHORTCODE", unrendered)
	for _, form := range []string{"<no value>", "&lt;no value&gt;", "&lt;no value>"} {
		take(bytes.Index(text, []byte(form)), form, noValue)
	}
	i := formatMistake(text)
	take(i, "%!", badFormat)
	if program {
		return at, what, why
	}
	for _, form := range []string{"{{<", "{{&lt;", "{{%", "{%", "{{", "%7B%7B%3C", "%7B%7B%25"} {
		i := bytes.Index(text, []byte(form))
		if i < 0 || form == "{%" && !liquid(text[i+2:]) || form == "{{" && !action(text[i+2:]) {
			continue
		}
		take(i, form, unrendered)
	}
	return at, what, why
}

// formatMistake finds what the package fmt writes for mistakes: %!s(MISSING).
func formatMistake(text []byte) int {
	for at := 0; ; {
		i := bytes.Index(text[at:], []byte("%!"))
		if i < 0 {
			return -1
		}
		at += i
		rest := text[at+2:]
		if len(rest) > 0 && (rest[0]|0x20 >= 'a' && rest[0]|0x20 <= 'z') {
			rest = rest[1:]
		}
		if len(rest) > 1 && rest[0] == '(' && rest[1]|0x20 >= 'a' && rest[1]|0x20 <= 'z' {
			return at
		}
		at += 2
	}
}

// liquid tells whether what follows {% is a tag of Liquid or Jinja.
func liquid(rest []byte) bool {
	rest = bytes.TrimLeft(bytes.TrimPrefix(rest, []byte("-")), " ")
	end := bytes.Index(rest, []byte("%}"))
	return end > 0 && rest[0] >= 'a' && rest[0] <= 'z'
}

// action tells whether what follows {{ is an action of Go's templates, rather
// than an expression that a script in the browser replaces.
func action(rest []byte) bool {
	if bytes.HasPrefix(rest, []byte("- ")) {
		return true
	}
	text := strings.TrimLeft(string(rest[:min(len(rest), 40)]), " ")
	for _, word := range []string{"if ", "range ", "with ", "else }}", "end }}", "partial ", "template ", "block ", "define "} {
		if strings.HasPrefix(text, word) {
			return true
		}
	}
	return len(text) > 1 && (text[0] == '.' || text[0] == '$' && text[1] == '.') && strings.Contains(text, "}}") &&
		(text[1] >= 'A' && text[1] <= 'Z' || text[1] == '.')
}

// localLink is the link to localhost that is open: one whose text says so is meant.
type localLink struct {
	open  bool
	shown bool
	ref   int
}

// anchorElement takes note of a link.
func (r *reader) anchorElement(a *htmlscan.Attr) {
	r.ref(navigation, a)
	r.local = localLink{open: isLocalText(a.Value), ref: len(r.refs) - 1}
}

func isLocalText(text []byte) bool {
	return bytes.Contains(text, []byte("localhost")) || bytes.Contains(text, []byte("127.0.0.1")) ||
		bytes.Contains(text, []byte("0.0.0.0")) || bytes.Contains(text, []byte("[::1]"))
}

func (r *reader) endLocalLink() {
	if r.local.open && r.local.shown && r.local.ref < len(r.refs) {
		r.refs[r.local.ref].shown = true
	}
	r.local = localLink{}
}
