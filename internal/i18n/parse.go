package i18n

import (
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/matter"
	"github.com/jam-go/jam/internal/suggest"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

const (
	maxBytes = 4 << 20 // of a file, and of all templates in it
	maxDepth = 16      // of nested groups
	maxNodes = 200_000 // values in a file
	maxID    = 500     // bytes of an id
)

// formNames are the names of the plural forms, by plural.Form.
var formNames = [...]string{
	plural.Other: "other",
	plural.Zero:  "zero",
	plural.One:   "one",
	plural.Two:   "two",
	plural.Few:   "few",
	plural.Many:  "many",
}

// otherKeys are the keys that a message may have beside plural forms.
var otherKeys = []string{"description", "hash", "id", "leftDelim", "rightDelim"}

// suggestKey returns a hint at the key that key may have been meant to be.
func suggestKey(key string) string {
	return suggest.DidYouMean(clip(key), slices.Concat(formNames[:], otherKeys))
}

// Parse reads one file of messages in a language. The errors are all that
// there are, with positions in the file, and t is then nil. The warnings tell
// of messages that work, but hardly as they were meant: that lack a plural form
// which the language needs, or have one that it does not know.
func Parse(tag language.Tag, format matter.Format, src []byte) (t *Table, errs, warnings diag.List) {
	limits := matter.Limits{MaxBytes: maxBytes, MaxDepth: maxDepth, MaxNodes: maxNodes}
	root, err := limits.ParseData(format, src)
	if err != nil {
		return nil, diag.Of(err), nil
	}
	p := parser{
		table:     &Table{tag: tag, messages: map[string]*message{}},
		templates: maxBytes,
	}
	switch root.Kind {
	case matter.Null:
	case matter.Map:
		p.group("", root)
	case matter.List:
		p.list(root)
	default:
		p.errs.Add(root.Line, root.Column, "a table of messages must be a map, not %s", root.Kind.Article())
	}
	p.errs.Sort()
	p.warnings.Sort()
	if len(p.errs) > 0 {
		return nil, p.errs, p.warnings
	}
	return p.table, nil, p.warnings
}

type parser struct {
	table          *Table
	forms          *formSet // nil until a message needs it
	templates      int      // bytes of templates that may still be parsed
	errs, warnings diag.List
}

// group reads the messages in a map, whose ids begin with prefix.
func (p *parser) group(prefix string, n *matter.Node) {
	for _, e := range n.Entries() {
		if p.checkID(prefix, e.Key, e.Line, e.Column) {
			p.value(prefix+e.Key, e)
		}
	}
}

func (p *parser) checkID(prefix, key string, line, column int) bool {
	switch {
	case key == "":
		p.errs.Add(line, column, "the id of a message must not be empty")
	case len(prefix)+len(key) > maxID:
		p.errs.Add(line, column, "the id of a message must not have more than %d bytes", maxID)
	default:
		return true
	}
	return false
}

// value reads the message or the group of messages that an id stands for.
func (p *parser) value(id string, e matter.Entry) {
	switch e.Value.Kind {
	case matter.Null:
	case matter.String:
		p.warnCase(id, e)
		p.single(id, e.Line, e.Column, e.Value)
	case matter.Map:
		switch entries := e.Value.Entries(); {
		case len(entries) == 0:
			p.warnings.Add(e.Line, e.Column, "message %q has neither a text nor plural forms", id)
		case isMessage(entries):
			p.message(id, e.Line, e.Column, e.Value)
		default:
			p.group(id+".", e.Value)
		}
	default:
		p.wrongKind(id, e.Value)
	}
}

func (p *parser) wrongKind(id string, n *matter.Node) {
	hint := ""
	if n.Kind != matter.List {
		hint = "; put it in quotes"
	}
	p.errs.Add(n.Line, n.Column, "message %q must be a string or a map of plural forms, not %s%s", id, n.Kind.Article(), hint)
}

// warnCase warns of a plural form that is a message of its own because it
// is not written in lower case.
func (p *parser) warnCase(id string, e matter.Entry) {
	low := strings.ToLower(e.Key)
	if _, ok := formOf(low); ok && low != e.Key && low != id {
		p.warnings.Add(e.Line, e.Column, "%q is taken for a message, %q, since it is no plural form (did you mean %q?)", e.Key, id, low)
	}
}

// isMessage reports whether a map is a message rather than a group: whether it
// has the text of a plural form, or nothing but keys that belong to a message.
func isMessage(entries []matter.Entry) bool {
	all := true
	for _, e := range entries {
		scalar := e.Value.Kind != matter.Map && e.Value.Kind != matter.List
		if _, ok := formOf(e.Key); ok && scalar {
			return true
		}
		all = all && scalar && isMessageKey(e.Key)
	}
	return all
}

func formOf(name string) (form plural.Form, ok bool) {
	for i, s := range formNames {
		if s == name {
			return plural.Form(i), true
		}
	}
	return 0, false
}

// isMessageKey takes the keys but for case, as existing tools write leftDelim
// in more than one way.
func isMessageKey(key string) bool {
	if _, ok := formOf(key); ok {
		return true
	}
	return slices.ContainsFunc(otherKeys, func(k string) bool { return strings.EqualFold(k, key) })
}

// list reads a list of messages, each a map with an id.
func (p *parser) list(n *matter.Node) {
	for _, item := range n.Items() {
		id := item.Get("id")
		switch {
		case item.Kind != matter.Map:
			p.errs.Add(item.Line, item.Column, "a message in a list must be a map with an id, not %s", item.Kind.Article())
		case id == nil:
			p.errs.Add(item.Line, item.Column, `a message in a list must have an "id"`)
		case id.Kind != matter.String:
			p.errs.Add(id.Line, id.Column, "the id of a message must be a string, not %s", id.Kind.Article())
		case p.checkID("", id.Text(), id.Line, id.Column):
			p.item(id, item)
		}
	}
}

// item reads a message of a list.
func (p *parser) item(id, item *matter.Node) {
	name, line, column := id.Text(), id.Line, id.Column
	translation := item.Get("translation")
	if translation == nil {
		p.message(name, line, column, item)
		return
	}
	for _, e := range item.Entries() {
		_, isForm := formOf(e.Key)
		switch {
		case isForm:
			p.errs.Add(e.Line, e.Column, `message %q has both a "translation" and the plural form %q`, name, e.Key)
		case e.Key != "translation" && !isMessageKey(e.Key):
			p.unknownKey(name, e)
		}
	}
	switch translation.Kind {
	case matter.Null:
	case matter.String:
		p.single(name, line, column, translation)
	case matter.Map:
		p.message(name, line, column, translation)
	default:
		p.wrongKind(name, translation)
	}
}

func (p *parser) unknownKey(id string, e matter.Entry) {
	p.errs.Add(e.Line, e.Column, "message %q has plural forms, so it can not have the key %q%s", id, clip(e.Key), suggestKey(e.Key))
}

// clip shortens a key for an error text.
func clip(s string) string {
	if len(s) > maxID {
		return strings.ToValidUTF8(s[:maxID], "") + "…"
	}
	return s
}

// single adds a message that is one text.
func (p *parser) single(id string, line, column int, n *matter.Node) {
	m := &message{line: line, column: column}
	m.texts[plural.Other] = p.text(id, n, delims{})
	p.add(id, m)
}

// message adds a message that is a map with plural forms.
func (p *parser) message(id string, line, column int, n *matter.Node) {
	m := &message{line: line, column: column}
	d := p.delims(id, n)
	forms := 0
	for _, e := range n.Entries() {
		form, ok := formOf(e.Key)
		if !ok {
			p.messageKey(id, e)
			continue
		}
		switch e.Value.Kind {
		case matter.Null:
		case matter.String:
			m.texts[form] = p.text(id, e.Value, d)
		default:
			p.wrongForm(id, e)
		}
		forms++
		if m.texts[form] != nil {
			p.checkForm(id, form, e)
		}
	}
	if forms == 0 {
		p.errs.Add(line, column, `message %q has no text: it needs at least the form "other" (%s are not texts)`, id, strings.Join(otherKeys, ", "))
		return
	}
	p.checkMissing(id, m)
	p.add(id, m)
}

func (p *parser) wrongForm(id string, e matter.Entry) {
	n := e.Value
	if n.Kind == matter.Map {
		p.nested(id, e)
		return
	}
	p.errs.Add(n.Line, n.Column, "plural form %q of message %q must be a string, not %s", e.Key, id, n.Kind.Article())
}

// nested refuses a group or a message within a message.
func (p *parser) nested(id string, e matter.Entry) {
	p.errs.Add(e.Line, e.Column, "message %q has plural forms, so it can not have %q in it", id, clip(id+"."+e.Key))
}

// messageKey checks a key of a message that is no plural form.
func (p *parser) messageKey(id string, e matter.Entry) {
	switch kind := e.Value.Kind; {
	case kind == matter.Map:
		p.nested(id, e)
	case isMessageKey(e.Key) && kind == matter.List:
		p.errs.Add(e.Value.Line, e.Value.Column, "%s of message %q must be a string, not a list", e.Key, id)
	case !isMessageKey(e.Key):
		p.unknownKey(id, e)
	}
}

// delims returns the delimiters that a message sets for its templates.
func (p *parser) delims(id string, n *matter.Node) (d delims) {
	for _, e := range n.Entries() {
		var into *string
		switch strings.ToLower(e.Key) {
		case "leftdelim":
			into = &d.left
		case "rightdelim":
			into = &d.right
		default:
			continue
		}
		switch e.Value.Kind {
		case matter.String:
			*into = e.Value.Text()
		case matter.Null, matter.List, matter.Map: // messageKey tells
		default:
			p.errs.Add(e.Value.Line, e.Value.Column, "%s of message %q must be a string, not %s", e.Key, id, e.Value.Kind.Article())
		}
	}
	return d
}

// text returns a text, compiled if it is a template, or nil if it is empty.
func (p *parser) text(id string, n *matter.Node, d delims) *text {
	source := n.Text()
	if source == "" {
		return nil
	}
	if !d.isTemplate(source) {
		return &text{source: source}
	}
	// Aliases can make a small file one of many long templates.
	if p.templates -= len(source); p.templates < 0 {
		p.errs.Add(n.Line, n.Column, "the templates in this file have more than %d bytes", maxBytes)
		return nil
	}
	t, err := compile(source, d)
	if err != nil {
		p.errs.Add(n.Line, n.Column, "message %q: %w", id, err)
	}
	return t
}

// add adds a message unless it has no text at all.
func (p *parser) add(id string, m *message) {
	if had, ok := p.table.messages[id]; ok {
		p.errs.Add(m.line, m.column, "message %q is defined already, on line %d", id, had.line)
		return
	}
	count := 0
	for _, t := range m.texts {
		if t != nil {
			count++
		}
	}
	if count == 0 {
		return
	}
	other := m.texts[plural.Other]
	m.plain = count == 1 && other != nil && other.template == nil
	p.table.messages[id] = m
}
