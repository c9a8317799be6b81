package rules

import (
	"encoding/base64"
	"strings"

	"github.com/jam-go/jam/internal/feeds/syntax"
)

var (
	feedElements = elements{
		many: []string{"entry", "author", "category", "contributor", "link"},
		once: []string{"id", "title", "updated", "generator", "icon", "logo", "rights", "subtitle"},
	}
	entryElements = elements{
		many: []string{"author", "category", "contributor", "link"},
		once: []string{"id", "title", "updated", "content", "published", "rights", "source", "summary"},
	}
	sourceElements = elements{
		many: []string{"author", "category", "contributor", "link"},
		once: feedElements.once,
	}
	personElements = elements{once: []string{"name", "uri", "email"}}
)

// Atom checks a feed of Atom 1.0 (RFC 4287). Unlike the specification it
// doesn't accept two entries of one id, nor relative URLs where no xml:base is
// in force. self is the feed's URL, "" if it isn't known.
func Atom(b []byte, self string) []Problem {
	r := &report{src: b}
	if root := parseXML(r); root != nil {
		r.atom(root, self)
	}
	return r.problems()
}

func (r *report) atom(root *node, self string) {
	if !root.is(nsAtom, "feed") {
		r.add(root.offset, Element, "the root element is %s, not feed of the namespace %s", root.label(), nsAtom)
		return
	}
	r.children(root, nsAtom, feedElements)
	r.entriesLast(root)
	r.atomRequired(root)
	r.metadata(root)
	var links []*node
	for _, link := range root.all(nsAtom, "link") {
		if link.attr("rel") == "self" {
			links = append(links, link)
		}
	}
	r.selfLinks(root, links, self)
	seen := make(map[string]bool)
	entries := root.all(nsAtom, "entry")
	authored := root.first(nsAtom, "author") != nil
	for _, e := range entries {
		r.entry(e, authored)
		id := e.first(nsAtom, "id")
		if id == nil || id.value() == "" {
			continue
		}
		if seen[id.value()] {
			r.add(id.offset, ID, "another entry has the id %q", id.value())
		}
		seen[id.value()] = true
	}
	if len(entries) == 0 && !authored {
		r.add(root.offset, Author, "feed has no author")
	}
}

// entriesLast checks that all else of a feed is before its entries.
func (r *report) entriesLast(root *node) {
	var entry *node
	for _, k := range root.kids {
		switch {
		case k.is(nsAtom, "entry"):
			entry = k
		case entry != nil && k.space == nsAtom:
			r.add(k.offset, Order, "%s comes after an entry", k.label())
		}
	}
}

// atomRequired checks that there is what feeds and entries must have.
func (r *report) atomRequired(n *node) {
	for _, name := range []string{"id", "title", "updated"} {
		if n.first(nsAtom, name) == nil {
			r.add(n.offset, Required, "%s has no %s", n.label(), name)
		}
	}
}

// metadata checks the values in a feed, an entry or an entry's source.
func (r *report) metadata(n *node) {
	r.each(n, nsAtom, "id", func(offset int, v string) {
		if err := syntax.URL(v); err != nil {
			r.add(offset, ID, "id: %v", err)
		}
	})
	r.each(n, nsAtom, "updated", r.rfc3339)
	r.each(n, nsAtom, "published", r.rfc3339)
	for _, k := range n.kids {
		if k.space != nsAtom {
			continue
		}
		switch k.name {
		case "id", "updated", "published":
			r.exact(k)
		case "icon", "logo":
			r.iri(k)
		case "title", "subtitle", "summary", "rights":
			r.textConstruct(k)
		case "author", "contributor":
			r.person(k)
		case "category":
			r.attributes(k, "term")
			r.ifSet(k, "scheme", r.url)
		case "link":
			r.atomLinkValues(k)
		case "generator":
			r.ifSet(k, "uri", r.based(k))
		}
	}
	r.alternates(n)
}

// exact checks that there is no white space around a value (section 3.2.1).
func (r *report) exact(n *node) {
	if len(n.value()) != len(n.text) {
		r.add(n.offset, Syntax, "there is white space around the value of %s", n.label())
	}
}

// iri checks an element that holds a URL.
func (r *report) iri(n *node) {
	r.exact(n)
	r.based(n)(n.offset, n.value())
}

// based returns the check of a URL in n: one that is absolute, or that xml:base
// makes absolute.
func (r *report) based(n *node) func(offset int, s string) {
	if n.based {
		return func(int, string) {}
	}
	return r.url
}

func (r *report) person(n *node) {
	r.children(n, nsAtom, personElements)
	r.required(n, nsAtom, "name")
	for _, k := range n.kids {
		switch {
		case k.is(nsAtom, "uri"):
			r.iri(k)
		case k.is(nsAtom, "email"):
			r.exact(k)
			r.email(k.offset, k.value())
		}
	}
}

// atomLinkValues checks a link's attributes.
func (r *report) atomLinkValues(n *node) {
	r.attributes(n, "href")
	r.ifSet(n, "href", r.based(n))
	r.ifSet(n, "type", r.mediaType)
	r.ifSet(n, "hreflang", r.language)
	r.ifSet(n, "length", func(offset int, v string) { r.natural(offset, "length", v) })
	rel := n.attr("rel")
	if strings.Contains(rel, ":") {
		r.url(n.offset, rel)
	}
}

// alternates checks that no two alternate links differ in their address only.
func (r *report) alternates(n *node) {
	seen := make(map[[2]string]bool)
	for _, link := range n.all(nsAtom, "link") {
		if rel := link.attr("rel"); rel != "" && rel != "alternate" {
			continue
		}
		key := [2]string{link.attr("type"), link.attr("hreflang")}
		if seen[key] {
			r.add(link.offset, Duplicate, "a second alternate link of type %q and language %q", key[0], key[1])
		}
		seen[key] = true
	}
}

// textConstruct checks a title, a summary and the like (section 3.1).
func (r *report) textConstruct(n *node) {
	typ := n.attr("type")
	switch typ {
	case "", "text", "html", "xhtml":
		r.typedText(n, typ)
	default:
		r.add(n.offset, Type, "the type of %s is %q, not text, html or xhtml", n.label(), typ)
	}
}

// typedText checks that an element holds what its type says.
func (r *report) typedText(n *node, typ string) {
	switch typ {
	case "xhtml":
		if len(n.kids) != 1 || !n.kids[0].is(nsXHTML, "div") || n.value() != "" {
			r.add(n.offset, Type, "%s of type xhtml must hold one div of XHTML", n.label())
		}
		r.xhtml(n)
		return
	case "html":
		if !n.based {
			r.html(n.offset, n.text)
		}
	}
	if len(n.kids) > 0 {
		r.add(n.kids[0].offset, Type, "%s holds elements, which only the type xhtml allows", n.label())
	}
}

// xhtml checks the attributes of the elements in n.
func (r *report) xhtml(n *node) {
	for _, k := range n.kids {
		if k.space == "" {
			r.add(k.offset, Type, "%s isn't of the namespace of XHTML", k.label())
		}
		if k.name == "script" {
			r.add(k.offset, Script, "the XHTML has a script element")
		}
		for _, a := range k.attrs {
			relative := (a.Name.Local == "href" || a.Name.Local == "src") && syntax.SchemeLen(a.Value) == 0
			if relative && !k.based && a.Name.Space == "" {
				r.add(k.offset, Relative, "the XHTML has the relative URL %q in %s %s", a.Value, k.label(), a.Name.Local)
			}
		}
		r.xhtml(k)
	}
}

func (r *report) entry(n *node, authored bool) {
	r.children(n, nsAtom, entryElements)
	r.atomRequired(n)
	r.metadata(n)
	source := n.first(nsAtom, "source")
	if source != nil {
		r.children(source, nsAtom, sourceElements)
		r.metadata(source)
		authored = authored || source.first(nsAtom, "author") != nil
	}
	if !authored && n.first(nsAtom, "author") == nil {
		r.add(n.offset, Author, "neither the entry nor the feed has an author")
	}
	content := n.first(nsAtom, "content")
	if content == nil {
		if !hasAlternate(n) {
			r.add(n.offset, Required, "entry has neither content nor a link with rel=\"alternate\"")
		}
		return
	}
	if r.content(content) && n.first(nsAtom, "summary") == nil {
		r.add(n.offset, Required, "entry has no summary, which its content isn't readable without")
	}
}

func hasAlternate(n *node) bool {
	for _, link := range n.all(nsAtom, "link") {
		if rel := link.attr("rel"); rel == "" || rel == "alternate" {
			return true
		}
	}
	return false
}

// content checks a content element (section 4.1.3) and reports whether it
// needs a summary.
func (r *report) content(n *node) bool {
	typ := n.attr("type")
	if src := n.attr("src"); src != "" {
		r.based(n)(n.offset, src)
		if n.value() != "" || len(n.kids) > 0 {
			r.add(n.offset, Element, "content with src must be empty")
		}
		if typ != "" {
			r.mediaType(n.offset, typ)
		}
		return true
	}
	if typ == "" || typ == "text" || typ == "html" || typ == "xhtml" {
		r.typedText(n, typ)
		return false
	}
	if err := syntax.MediaType(typ); err != nil {
		r.add(n.offset, Type, "%v", err)
		return false
	}
	return r.typedContent(n, strings.ToLower(typ))
}

// typedContent checks the content of a media type, in lower case, and reports
// whether it needs a summary.
func (r *report) typedContent(n *node, typ string) bool {
	switch {
	case strings.HasPrefix(typ, "multipart/") || strings.HasPrefix(typ, "message/"):
		r.add(n.offset, Type, "content can't be of the composite type %q", typ)
		return false
	case strings.HasSuffix(typ, "/xml") || strings.HasSuffix(typ, "+xml"):
		return false
	case len(n.kids) > 0:
		r.add(n.kids[0].offset, Type, "content of the type %q holds elements", typ)
	}
	if strings.HasPrefix(typ, "text/") {
		return false
	}
	if _, err := base64.StdEncoding.DecodeString(n.value()); err != nil {
		r.add(n.offset, Type, "content of the type %q isn't in Base64: %v", typ, err)
	}
	return true
}
