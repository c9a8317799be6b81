package i18n

import (
	"strings"

	"github.com/jam-go/jam/internal/matter"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// formSet is what a language does with the plural forms.
type formSet struct {
	known  bool                  // whether there are rules for the language
	used   [plural.Many + 1]bool // forms that some number has
	needed [plural.Many + 1]bool // forms that some integer below a million has
}

// formsOf finds the forms of a language by trying numbers: the rules look at
// remainders by 100 at most, but for a few round numbers. Forms for millions
// alone are not needed: few sites count so far, and other stands in.
func formsOf(tag language.Tag) *formSet {
	s := &formSet{}
	index, _ := language.CompactIndex(tag)
	s.known = index != 0
	for i := range 201 {
		s.needed[(number{i: i}).form(tag)] = true
	}
	for i := 1000; i < 1_000_000; i *= 10 {
		s.needed[(number{i: i}).form(tag)] = true
		s.needed[(number{i: 3 * i}).form(tag)] = true
	}
	s.used = s.needed
	s.used[(number{i: 1_000_000}).form(tag)] = true
	for i := range 22 {
		for f := range 22 {
			s.used[(number{i: i, v: 1, w: 1, f: f, t: f}).form(tag)] = true
			s.used[(number{i: i, v: 2, w: 2, f: f, t: f}).form(tag)] = true
		}
	}
	// Newer rules than these have dropped it, so translations may lack it.
	if base, _ := tag.Base(); base.String() == "he" {
		s.needed[plural.Many] = false
	}
	return s
}

func (p *parser) formSet() *formSet {
	if p.forms == nil {
		p.forms = formsOf(p.table.tag)
	}
	return p.forms
}

// checkForm warns of a plural form that no number has.
func (p *parser) checkForm(id string, form plural.Form, e matter.Entry) {
	if form == plural.Other {
		return
	}
	s := p.formSet()
	switch {
	case s.used[form]:
	case s.known:
		p.warnings.Add(e.Line, e.Column, "plural form %q of message %q is never used: no number has it in language %v (CLDR %s)", e.Key, id, p.table.tag, plural.CLDRVersion)
	default:
		p.warnings.Add(e.Line, e.Column, "plural form %q of message %q is never used: the plural rules of language %v are not known (CLDR %s)", e.Key, id, p.table.tag, plural.CLDRVersion)
	}
}

// checkMissing warns of plural forms that a message should have.
func (p *parser) checkMissing(id string, m *message) {
	hasPlural := false
	for form, t := range m.texts {
		hasPlural = hasPlural || plural.Form(form) != plural.Other && t != nil
	}
	if !hasPlural {
		return
	}
	if m.texts[plural.Other] == nil {
		p.warnings.Add(m.line, m.column, `message %q lacks the plural form "other", which stands in for all others`, id)
		return
	}
	var lacks []string
	for _, form := range [...]plural.Form{plural.Zero, plural.One, plural.Two, plural.Few, plural.Many} {
		if p.formSet().needed[form] && m.texts[form] == nil {
			lacks = append(lacks, formNames[form])
		}
	}
	switch len(lacks) {
	case 0:
	case 1:
		p.warnings.Add(m.line, m.column, "message %q lacks the plural form %s of language %v", id, lacks[0], p.table.tag)
	default:
		p.warnings.Add(m.line, m.column, "message %q lacks the plural forms %s of language %v", id, strings.Join(lacks, ", "), p.table.tag)
	}
}
