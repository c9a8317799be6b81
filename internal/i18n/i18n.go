// Package i18n reads tables of translated strings, the files i18n/<code>.toml,
// .yaml or .json of a site, and looks texts up in them.
//
// # Files
//
// A file is a map of messages by id. A message is a text, or a map of texts
// by plural form, of which "other" is the one that every language has:
//
//	home = "Home"
//
//	[minutes]
//	one = "{{ .Count }} minute"
//	other = "{{ .Count }} minutes"
//
// Beside the forms zero, one, two, few, many and other, such a map may have the
// keys description, hash, id, leftDelim and rightDelim. A map that has other
// keys only is a group, and the ids of its messages begin with its own id and
// a dot. Instead of a map, YAML and JSON files may have a list of messages,
// each with an id and either a translation (a text or a map of texts) or texts
// by plural form. A text that is empty or null counts as not yet translated.
//
// # Texts
//
// A text that has the left delimiter, {{ unless leftDelim says otherwise, is a
// template of text/template with its builtin functions. What the data do not
// have prints nothing. Messages can not define or call further templates, and
// what one execution may do is bounded.
//
// # Plural forms
//
// The form is chosen by the cardinal plural rules of the Unicode CLDR,
// https://www.unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules.
// What counts is a number (as a string too, such as "1.50", whose two visible
// digits matter in some languages), or the Count of the data: a key in any
// case, a field, or a method without arguments. A float has the digits that it
// prints with, so 1.0 is 1. Without a count, and where a form is missing, the
// text is that of the form other.
package i18n

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/digest"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Table is the messages of one language. After Parse and Merge it may be used
// concurrently.
type Table struct {
	tag      language.Tag
	messages map[string]*message
}

// message is the texts of an id by plural.Form.
type message struct {
	texts        [plural.Many + 1]*text // nil where there is none
	plain        bool                   // a text for other only, and no template
	line, column int
}

// Tag returns the language that the table was parsed for.
func (t *Table) Tag() language.Tag { return t.tag }

// Len returns the number of messages.
func (t *Table) Len() int { return len(t.messages) }

// IDs returns the ids of all messages that have a text, sorted.
func (t *Table) IDs() []string { return slices.Sorted(maps.Keys(t.messages)) }

// Merge adds the messages of another file for the same language. The errors,
// at positions in that other file, are the ids that t has already; t keeps its
// own. Other does not change. Merge must not run while t is used otherwise.
func (t *Table) Merge(other *Table) diag.List {
	var errs diag.List
	for _, id := range other.IDs() {
		m := other.messages[id]
		if had, ok := t.messages[id]; ok {
			errs.Add(m.line, m.column, "message %q is defined already, on line %d of another file for this language", id, had.line)
			continue
		}
		t.messages[id] = m
	}
	errs.Sort()
	return errs
}

// Chain is the tables to look messages up in, the most specific first: that
// of the page's language, and then those to fall back to. Its tables must not
// be nil.
type Chain []*Table

// Forms names the plural forms that Translate takes for data, of each table's language: what it gives for a message depends on
// no others. It is "" for data without a count.
func (c Chain) Forms(data any) (forms string) {
	defer func() {
		if recover() != nil { // which Translate reports
			forms = ""
		}
	}()
	n, counted := countOf(data)
	if !counted {
		return ""
	}
	var b []byte
	for _, t := range c {
		b = append(b, t.tag.String()...)
		b = strconv.AppendInt(append(b, '='), int64(n.form(t.tag)), 10)
		b = append(b, ' ')
	}
	return string(b)
}

// Sum returns a checksum of what Translate gives for a message and data, for which Forms returned forms.
func (c Chain) Sum(id, forms string) uint64 {
	h := digest.Hash(0)
	for _, t := range c {
		m := t.messages[id]
		if m == nil {
			continue
		}
		form, known := formIn(forms, t.tag)
		if !known { // the table is new
			h = h.String(t.tag.String())
			for i, text := range m.texts {
				h = text.sum(h.Int(i))
			}
			continue
		}
		chosen := m.texts[form]
		if chosen == nil {
			chosen = m.texts[plural.Other]
		}
		if chosen != nil {
			h = chosen.sum(h)
			break
		}
	}
	return h.Sum()
}

// sum adds a text, which may be nil.
func (t *text) sum(h digest.Hash) digest.Hash {
	if t == nil {
		return h.Int(0)
	}
	h = h.Int(1).String(t.source)
	if t.template != nil { // whose delimiters may be its own
		h = h.String(t.template.Root.String())
	}
	return h
}

// formIn returns the plural form of a language among those that Forms named.
func formIn(forms string, tag language.Tag) (form plural.Form, known bool) {
	if forms == "" {
		return plural.Other, true
	}
	for entry := range strings.SplitSeq(forms, " ") {
		if name, text, _ := strings.Cut(entry, "="); name == tag.String() {
			n, err := strconv.Atoi(text)
			return plural.Form(n), err == nil && n >= 0 && n < len(message{}.texts)
		}
	}
	return 0, false
}

// Translate returns the text of a message from the first table that has it,
// in the plural form that the table's language has for the count in data.
// Data is also the dot of the message's template; a number has itself as
// .Count. Without a text in any table found is false. An error is that of
// executing the template.
func (c Chain) Translate(id string, data any) (text string, found bool, err error) {
	for i, t := range c {
		m := t.messages[id]
		switch {
		case m == nil:
		case m.plain:
			return m.texts[plural.Other].source, true, nil
		default:
			return c[i:].choose(id, data)
		}
	}
	return "", false, nil
}

// choose is Translate for messages that need the data.
func (c Chain) choose(id string, data any) (result string, found bool, err error) {
	defer func() {
		// Methods of the data run here.
		if r := recover(); r != nil {
			result, found, err = "", true, fmt.Errorf("message %q: panic: %v", id, r)
		}
	}()
	n, counted := countOf(data)
	for _, t := range c {
		m := t.messages[id]
		if m == nil {
			continue
		}
		form := plural.Other
		if counted {
			form = n.form(t.tag)
		}
		chosen := m.texts[form]
		if chosen == nil {
			chosen = m.texts[plural.Other]
		}
		if chosen == nil {
			continue
		}
		result, err = chosen.execute(data)
		if err != nil {
			return "", true, fmt.Errorf("message %q: %w", id, err)
		}
		return result, true, nil
	}
	return "", false, nil
}
