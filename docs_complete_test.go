package jam_test

import (
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/funcs"
	"github.com/jam-go/jam/internal/layouts"
)

// templateWords are the functions and actions of text/template that the function library doesn't have.
const templateWords = "and or not len call html js urlquery if with range break continue define template block else end"

// TestTemplatesReferenceIsComplete holds the entries of docs/templates.md against what templates can call and reach:
// each must be there, once, with its type, and an example that uses it; and nothing else.
func TestTemplatesReferenceIsComplete(t *testing.T) {
	r := readReference(t)
	m := members{types: map[reflect.Type]bool{}, found: map[string]string{}, without: r.forPrograms()}
	m.walkFunctions()
	for _, x := range []any{&jam.Page{}, &jam.Shortcode{}, jam.Hooks{}, layouts.TryValue{}} {
		m.walk(reflect.TypeOf(x))
	}
	known := maps.Clone(m.found)
	for _, name := range append(funcs.Names(jam.TemplateFunctions()), strings.Fields(templateWords)...) {
		known[name] = ""
	}
	listed := map[string]bool{}
	for _, e := range r.entries {
		for _, name := range append([]string{e.name}, e.also...) {
			if _, ok := known[name]; !ok {
				t.Errorf("%s:%d: there is no %s", templatesDoc, e.line, name)
			}
			if listed[name] {
				t.Errorf("%s:%d: %s is listed a second time", templatesDoc, e.line, name)
			}
			listed[name] = true
		}
		r.checkEntry(t, e, m.found[e.name])
	}
	for _, name := range r.spans("## What is not there, and why") {
		if _, ok := known[name]; ok && name != "images.QR" && name != "shuffle" {
			t.Errorf("%s says that there is no %s", templatesDoc, name)
		}
	}
	for name := range m.without {
		if _, ok := known[name]; !ok || listed[name] {
			t.Errorf("%s: %s, a method for programs, is not there, or has an entry", templatesDoc, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if !listed[name] && !m.without[name] {
			t.Errorf("%s does not list %s", templatesDoc, name)
		}
	}
	if len(known) < 600 {
		t.Errorf("only %d names were found", len(known))
	}
}

// checkEntry checks the signature of an entry, and that it has an example of what it is about.
func (r *reference) checkEntry(t *testing.T, e *docEntry, typ string) {
	t.Helper()
	use := e.name
	signature, result, _ := strings.Cut(e.signature, " → ")
	if typ != "" {
		use = e.name[strings.Index(e.name, "."):]
		if result != typ {
			t.Errorf("%s:%d: %s has the type %s, not %q", templatesDoc, e.line, e.name, typ, result)
		}
	}
	if name := strings.Fields(signature)[0]; name != use {
		t.Errorf("%s:%d: the signature of %s begins with %s", templatesDoc, e.line, e.name, name)
	}
	if !strings.HasSuffix(e.text, ".") && !strings.HasSuffix(e.text, ":") {
		t.Errorf("%s:%d: the text of %s is no sentence", templatesDoc, e.line, e.name)
	}
	if typ != "" {
		use = `.*\` + use
	} else {
		use = `.*(^|[^\w.])` + regexp.QuoteMeta(use)
	}
	used := regexp.MustCompile(use + `\b`)
	for _, f := range r.fences {
		if f.entry == e && f.lang == "go-html-template" && used.MatchString(strings.Join(f.lines, " ")) {
			return
		}
	}
	t.Errorf("%s:%d: %s has no example", templatesDoc, e.line, e.name)
}

// forPrograms lists the methods that a section of that name says are for Go programs only.
func (r *reference) forPrograms() map[string]bool {
	out := map[string]bool{}
	for _, name := range r.spans("### Methods for Go programs") {
		out[name] = true
	}
	return out
}

// spans lists what stands in back quotes in a section.
func (r *reference) spans(heading string) []string {
	var out []string
	in := false
	for _, line := range r.lines {
		if strings.HasPrefix(line, "#") {
			in = line == heading
		}
		if in {
			for _, m := range docSpan.FindAllStringSubmatch(line, -1) {
				out = append(out, m[1])
			}
		}
	}
	return out
}

// members are the methods and fields of all types that templates reach.
type members struct {
	types   map[reflect.Type]bool
	found   map[string]string // "Page.Title" → "string"
	without map[string]bool   // those that lead nowhere
}

func (m *members) walkFunctions() {
	for _, f := range jam.TemplateFunctions() {
		t := reflect.TypeOf(f)
		if t.NumOut() == 0 {
			continue
		}
		space := t.Out(0)
		if t.NumIn() > 0 || space.Kind() != reflect.Struct {
			m.walk(space)
			continue
		}
		for i := range space.NumMethod() {
			m.walk(space.Method(i).Type.Out(0))
		}
	}
}

// walk collects the members of a type of this module, and those of the types that they lead to.
func (m *members) walk(t reflect.Type) {
	if m.types[t] {
		return
	}
	m.types[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		m.walk(t.Elem())
	case reflect.Func: // of a hook: it receives what the walk is about
		for in := range t.Ins() {
			m.walk(in)
		}
	}
	if !strings.HasPrefix(t.PkgPath(), "github.com/jam-go/jam") {
		return
	}
	if t.Kind() == reflect.Struct {
		m.fields(t)
	}
	all := t
	if t.Kind() != reflect.Interface {
		all = reflect.PointerTo(t)
	}
	for method := range all.Methods() {
		if !promoted(t, method.Name) && method.Type.NumOut() > 0 {
			m.add(t, method.Name, method.Type.Out(0))
		}
	}
}

func (m *members) fields(t reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		switch {
		case !f.IsExported():
		case t == reflect.TypeFor[jam.Hooks](), f.Anonymous && f.Type.Kind() == reflect.Struct:
			m.walk(f.Type)
		default:
			m.add(t, f.Name, f.Type)
		}
	}
}

func (m *members) add(t reflect.Type, member string, typ reflect.Type) {
	owner := t.Name()
	if owner == "Scratch" {
		owner = "Store" // which is the same for templates
	}
	name := owner + "." + member
	m.found[name] = docType(typ)
	if !m.without[name] {
		m.walk(typ)
	}
}

// promoted tells whether a method of t is one of a type that it embeds.
func promoted(t reflect.Type, name string) bool {
	for i := 0; t.Kind() == reflect.Struct && i < t.NumField(); i++ {
		f := t.Field(i)
		if !f.Anonymous {
			continue
		}
		typ := f.Type
		if typ.Kind() == reflect.Struct {
			typ = reflect.PointerTo(typ)
		}
		if _, ok := typ.MethodByName(name); ok {
			return true
		}
	}
	return false
}

var docTypeNoise = regexp.MustCompile(`\*|\b(jam|template|layouts|funcs|time)\.| \{.*\}`)

// docType returns a type as the document writes it.
func docType(t reflect.Type) string {
	return docTypeNoise.ReplaceAllString(strings.ReplaceAll(t.String(), "interface {}", "any"), "")
}

var (
	docLink    = regexp.MustCompile(`\]\((?:docs/templates\.md)?#([^)]*)\)`)
	docHeading = regexp.MustCompile(`(?m)^#+ (.*)$`)
	docPlain   = regexp.MustCompile(`[^\pL\pN\s_-]`)
)

// TestTemplatesReferenceLinks follows the links to headings of docs/templates.md, those in README.md as well.
func TestTemplatesReferenceLinks(t *testing.T) {
	text := strings.Join(readReference(t).lines, "\n")
	anchors := map[string]bool{}
	for _, m := range docHeading.FindAllStringSubmatch(text, -1) {
		anchor := strings.ReplaceAll(docPlain.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-")
		for i, first := 1, anchor; anchors[anchor]; i++ {
			anchor = fmt.Sprintf("%s-%d", first, i)
		}
		anchors[anchor] = true
	}
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	links := docLink.FindAllStringSubmatch(text+string(readme), -1)
	for _, m := range links {
		if !anchors[m[1]] {
			t.Errorf("a link leads to #%s of %s, which is no heading", m[1], templatesDoc)
		}
	}
	if len(links) < 80 {
		t.Errorf("only %d links were found", len(links))
	}
}
