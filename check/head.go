package check

import (
	"bytes"
	"strings"

	"github.com/jam-go/jam/internal/htmlscan"
)

// head is what a page says of itself.
type head struct {
	at          int // offset of its start tag
	muted       mutes
	structure   bool // there is html, head, title or a doctype
	doctype     bool
	lang        bool
	langOf      string
	title       string
	titleAt     int
	hasTitle    bool
	description bool
	charset     bool
	noindex     bool
	refresh     string
	refreshAt   int
	canonical   []canonicalLink
	base        *parts
}

type canonicalLink struct {
	value string
	at    int
	body  bool
}

func (h *head) reset() { *h = head{canonical: h.canonical[:0]} }

func (r *reader) doctype(tok *htmlscan.Token) {
	first := r.seenTags == 0 && r.tree.stage == inHead && len(r.tree.open) == 0
	switch {
	case r.head.doctype || !first:
		r.found(tagStray, tok.Start, "doctype", "a doctype after the beginning of the page")
	case string(tok.Name) != "html" || tok.Public:
		r.found(doctypeMissing, tok.Start, "doctype", "the doctype isn't that of HTML today: <!doctype html>")
	}
	r.head.doctype, r.head.structure = true, true
}

func (r *reader) htmlElement(tok *htmlscan.Token) {
	h := &r.head
	h.structure, h.at, h.muted = true, tok.Start, r.muted
	if lang, ok := tok.Attr("lang"); ok && !isBlank(lang.Value) {
		h.lang, h.langOf = true, strings.ToLower(string(lang.Value))
	}
}

func (r *reader) baseElement(tok *htmlscan.Token) {
	href, ok := tok.Attr("href")
	if !ok || r.head.base != nil {
		return
	}
	if p, problem := split(htmlscan.UnescapeAttr(href.Value)); problem == "" {
		r.head.base = &p
		return
	}
	r.ref(metadataRef, &href)
}

func (r *reader) metaElement(tok *htmlscan.Token) {
	content, _ := tok.Attr("content")
	if charset, ok := tok.Attr("charset"); ok {
		r.charset(charset.Value, tok.Start)
	}
	if equiv, ok := tok.Attr("http-equiv"); ok {
		switch strings.ToLower(string(equiv.Value)) {
		case "refresh":
			r.refresh(&content)
		case "content-type":
			if i := bytes.Index(bytes.ToLower(content.Value), []byte("charset=")); i >= 0 {
				r.charset(content.Value[i+len("charset="):], tok.Start)
			}
		}
	}
	name, ok := tok.Attr("name")
	if !ok {
		name, _ = tok.Attr("property")
	}
	switch strings.ToLower(string(name.Value)) {
	case "description":
		if isBlank(content.Value) {
			break
		}
		r.head.description = true
	case "robots", "googlebot":
		value := bytes.ToLower(content.Value)
		if bytes.Contains(value, []byte("noindex")) || bytes.Contains(value, []byte("none")) {
			r.head.noindex = true
		}
	case "og:url":
		r.ref(metadataRef, &content)
	case "og:image", "og:image:url", "og:image:secure_url", "og:audio", "og:video", "twitter:image":
		r.ref(metadataRef, &content)
	}
}

func (r *reader) charset(value []byte, at int) {
	const within = 1024 // bytes, in which browsers look
	if r.head.charset {
		return
	}
	r.head.charset = true
	value = bytes.Trim(value, " \t\n\r\f\"'")
	if !bytes.EqualFold(value, []byte("utf-8")) {
		r.found(charsetMissing, at, string(value), "the page says that its encoding is %q; HTML must be UTF-8, and say so", value)
	} else if at > within {
		r.found(charsetMissing, at, "", "the encoding is declared after the first 1024 bytes")
	}
}

// refresh reads what leads visitors to another page.
func (r *reader) refresh(content *htmlscan.Attr) {
	value := htmlscan.UnescapeAttr(content.Value)
	rest := strings.TrimLeft(value, " \t\n\r\f.0123456789")
	rest = strings.TrimLeft(rest, " \t\n\r\f,;")
	if len(rest) >= 3 && strings.EqualFold(rest[:3], "url") {
		if after := strings.TrimLeft(rest[3:], " \t\n\r\f"); strings.HasPrefix(after, "=") {
			rest = strings.TrimLeft(after[1:], " \t\n\r\f")
		}
	}
	if rest != "" && (rest[0] == '"' || rest[0] == '\'') {
		quote := rest[:1]
		rest, _, _ = strings.Cut(rest[1:], quote)
	}
	if rest == "" || r.head.refresh != "" {
		return
	}
	r.head.refresh, r.head.refreshAt = rest, content.ValueStart
	r.refText(redirection, rest, content.ValueStart)
}

func (r *reader) linkElement(tok *htmlscan.Token) {
	rel, _ := tok.Attr("rel")
	href, ok := tok.Attr("href")
	if !ok {
		return
	}
	kind := metadataRef
	for word := range bytes.FieldsSeq(bytes.ToLower(rel.Value)) {
		switch string(word) {
		case "canonical":
			r.head.canonical = append(r.head.canonical, canonicalLink{htmlscan.UnescapeAttr(href.Value), href.ValueStart, r.tree.stage != inHead})
			kind = canonicalRef
		case "stylesheet", "icon", "preload", "modulepreload", "apple-touch-icon", "mask-icon", "manifest":
			kind = active
			if string(word) != "stylesheet" && string(word) != "modulepreload" {
				kind = content
			}
		case "preconnect", "dns-prefetch":
			return
		case "alternate", "next", "prev", "help", "author", "license", "search":
			if kind != active {
				kind = related
			}
		}
	}
	r.ref(kind, &href)
}

// titleText reads the page's title.
func (r *reader) titleText(text []byte, at int) {
	if r.head.hasTitle && r.head.title != "" {
		if r.tree.stage == inHead {
			r.found(htmlNesting, at, "title", "a second <title>")
		}
		return
	}
	r.head.title = strings.Join(strings.Fields(htmlscan.Unescape(text)), " ")
	r.head.titleAt, r.head.hasTitle, r.head.structure = at, true, true
}

// finishHead reports what a page doesn't have.
func (r *reader) finishHead() {
	h := &r.head
	f := r.facts
	f.redirects = h.refresh != ""
	f.noindex = h.noindex
	f.title, f.lang, f.titleAt = h.title, h.langOf, r.position(h.titleAt)
	if !h.structure && !r.tree.seen[1] && !r.tree.seen[2] {
		f.fragment = true
	}
	if !h.doctype {
		r.whole(doctypeMissing, 0, "the page has no doctype")
	}
	if f.fragment {
		return
	}
	if h.title == "" {
		r.whole(titleMissing, h.at, "the page has no title")
	}
	if !h.charset && !f.redirects {
		r.whole(charsetMissing, h.at, "the page doesn't declare its encoding")
	}
	r.canonicals()
	if f.redirects {
		return
	}
	if !h.lang {
		r.whole(langMissing, h.at, "the page doesn't say its language")
	}
	if r.headings.count[0] == 0 {
		r.whole(headingMissing, h.at, "the page has no h1")
	}
	if h.noindex || r.isErrorPage() {
		return
	}
	if !h.description {
		r.whole(descriptionMissing, h.at, "the page has no description")
	}
	if len(h.canonical) == 0 && r.site.host != "" {
		r.whole(canonicalMissing, h.at, "the page has no canonical link")
	}
}

// isErrorPage tells whether a page is what servers show in place of others.
func (r *reader) isErrorPage() bool { return isErrorPage(r.name) }

func isErrorPage(name string) bool {
	if i := strings.LastIndexByte(strings.TrimSuffix(name, "/index.html"), '/'); i >= 0 {
		name = name[i+1:]
	}
	name, _, _ = strings.Cut(name, ".")
	name, _, _ = strings.Cut(name, "/")
	return len(name) == 3 && (name[0] == '4' || name[0] == '5') && name[1] >= '0' && name[1] <= '9' && name[2] >= '0' && name[2] <= '9'
}

// canonicals checks the canonical links.
func (r *reader) canonicals() {
	list := r.head.canonical
	for i, c := range list {
		if c.body {
			r.found(canonicalConflict, c.at, c.value, "a canonical link counts in the head only")
		} else if i > 0 && c.value != list[0].value {
			r.found(canonicalConflict, c.at, c.value, "the page has another canonical link, to %s", list[0].value)
		}
	}
	if len(list) == 0 {
		return
	}
	f := r.facts
	t := r.target(list[0].value)
	switch t.kind {
	case toFile, toNoSlash, toOtherCase:
		f.copy = !t.self && t.file != r.file
		f.canonical, f.canonAt = t, r.position(list[0].at)
	case toExternal, toOutside:
		// Where the site's URL isn't known, the page's own path tells.
		p, _ := split(list[0].value)
		f.copy = r.site.host != "" || !strings.HasSuffix(unescape(p.path), r.path)
	}
}
