package jam

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/digest"
	"github.com/jam-go/jam/internal/glob"
	"github.com/jam-go/jam/internal/insert"
	"github.com/jam-go/jam/internal/layouts"
	"github.com/jam-go/jam/internal/markdown"
	"github.com/jam-go/jam/internal/matter"
	"github.com/jam-go/jam/internal/shortcode"
)

// settleUntrusted compiles the patterns of Markdown.Untrusted.
func (s *settings) settleUntrusted() []*Error {
	var errs []*Error
	for i, p := range s.Markdown.Untrusted {
		g, err := glob.Compile(p)
		if err != nil {
			errs = append(errs, errorAt("config", "", "Markdown.Untrusted[%d]: %w", i, err))
		}
		s.untrusted = append(s.untrusted, g)
	}
	return errs
}

// distrusts tells whether nobody vouches for the authors of the document with a path.
func (s *settings) distrusts(name string) bool {
	return slices.ContainsFunc(s.untrusted, func(g glob.Glob) bool { return g.Match(name) })
}

// isUntrusted tells whether nobody vouches for the page's text.
func (d *pageData) isUntrusted() bool {
	s := d.local.snap.set
	return len(s.untrusted) > 0 && d.doc != nil && s.distrusts(d.doc.path())
}

// trustSum adds whether somebody vouches for the page's text, on which depends what becomes of it. It may be another file's than
// before.
func (d *pageData) trustSum(h digest.Hash) digest.Hash {
	if d.isUntrusted() {
		return h.Bool(true)
	}
	return h
}

// engine returns what renders the Markdown of the page.
func (m *model) engine(d *pageData) *markdown.Engine {
	if m.strict != nil && d.isUntrusted() {
		return m.strict
	}
	return m.markdown
}

// fragments returns what renders the Markdown that templates have put together: where there are untrusted authors, any of it may
// be theirs, whatever the page.
func (m *model) fragments() *markdown.Engine {
	if m.strict != nil {
		return m.strict
	}
	return m.markdown
}

// refusedKeys are the predefined keys that an untrusted author may not set: those that choose templates and files, take URLs, or
// reach beyond the page.
var refusedKeys = []string{
	"url", "aliases", "redirect", "layout", "type", "outputs", "menu", "menus", "cascade", "build", "_build", "headless",
	"sitemap", "paginate", "translationkey",
}

// admit returns the front matter of a document without what its author may not set.
func (s *settings) admit(name string, root *matter.Node) *matter.Node {
	if len(s.untrusted) == 0 || root == nil || !s.distrusts(name) {
		return root
	}
	return root.Keep(func(e matter.Entry) bool { return !slices.Contains(refusedKeys, s.canonical(e.Key)) })
}

// admit notes the front matter of a document without what its author may not set, and tells of that.
func (l *loader) admit(it *item, root *matter.Node) {
	it.front = l.set.admit(it.doc.path(), root)
	if it.front == root {
		return
	}
	for _, e := range root.Entries() {
		if slices.Contains(refusedKeys, l.set.canonical(e.Key)) {
			l.warnOfText(errorIn("front matter", it.doc.name, e.Line, e.Column, "the key %q is left out, as the page's author is not trusted", e.Key))
		}
	}
}

// inner is what stands between the tags of a shortcode whose output is HTML. In a text that nobody vouches for, each <
// becomes a marker: with that it begins no tag where the template prints it, and Markdown takes it for what it
// is, a character.
func (p *Page) inner(text string, inserts *shortcode.Inserts) string {
	if !strings.Contains(text, "<") || !p.d.isUntrusted() {
		return text
	}
	return strings.ReplaceAll(text, "<", inserts.Add(lessThan))
}

const lessThan = "&lt;"

// asHTML returns what a template of a shortcode or a render hook has made of a text that nobody vouches for, for the HTML of a page. What
// one for plain text has made is text, which had nobody escape what the author says.
func asHTML(t *layouts.Template, made string) string {
	if t.Escapes() {
		return made
	}
	return html.EscapeString(made)
}

// code returns text that is to be shown as code, with what inner has put in place of < taken back.
func (p *Page) code(text string) string {
	run := p.v.run
	if run == nil || run.inserts == nil || strings.IndexByte(text, insert.Open) < 0 || !p.d.isUntrusted() {
		return text
	}
	return insert.Replace(text, func(i int) (string, bool) {
		html := run.inserts.HTML()
		return "<", i < len(html) && html[i] == lessThan
	})
}

// checkIncluded refuses the text of an untrusted author for others to include: there it would be theirs.
func (d *pageData) checkIncluded() error {
	if d.isUntrusted() {
		return fmt.Errorf("the text of %s can't be included, as its author is not trusted: use .Content", d.source())
	}
	return nil
}
