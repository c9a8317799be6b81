package check

import (
	"bytes"
	"strings"

	"github.com/jam-go/jam/internal/htmlscan"
)

// refKind is what a reference is for.
type refKind uint8

const (
	navigation   refKind = iota // visitors follow it
	redirection                 // they are led there
	related                     // browsers or readers may offer it
	canonicalRef                // the page's own address
	metadataRef                 // for machines
	form                        // where a form leads
	content                     // part of the page, such as an image
	active                      // part of the page that can change it, such as a script
	local                       // a part of this page or of a file, such as an icon
)

// reference is a URL in a page.
type reference struct {
	kind  refKind
	shown bool // a link to localhost says that it is one
	value string
	at    int
	mute  mutes
}

// ref takes note of the URL that an attribute has.
func (r *reader) ref(kind refKind, a *htmlscan.Attr) {
	at := a.ValueStart
	if len(a.Value) == 0 {
		at = a.Start
	}
	r.refText(kind, r.intern(a.Value), at)
}

func (r *reader) refText(kind refKind, value string, at int) {
	if r.inTemplate == 0 {
		r.refs = append(r.refs, reference{kind: kind, value: value, at: at, mute: r.muted})
	}
}

// intern returns a value as a string, which for most is there already.
func (r *reader) intern(value []byte) string {
	if bytes.IndexByte(value, '&') >= 0 {
		return htmlscan.UnescapeAttr(value)
	}
	if s, ok := r.strings[string(value)]; ok {
		return s
	}
	const most = 1 << 15
	if len(r.strings) >= most {
		clear(r.strings)
	}
	s := string(value)
	r.strings[s] = s
	return s
}

// source takes note of the src of an element.
func (r *reader) source(e elem, a *htmlscan.Attr) {
	switch e {
	case eScript, eIframe, eEmbed, eFrame:
		r.ref(active, a)
	case eImg, eSource, eVideo, eAudio, eTrack, eInput:
		r.ref(content, a)
	}
}

// srcset takes note of the URLs of a list of images.
func (r *reader) srcset(a *htmlscan.Attr) {
	value := htmlscan.UnescapeAttr(a.Value)
	if strings.TrimSpace(value) == "" {
		r.ref(content, a)
		return
	}
	exact := len(value) == len(a.Value) // offsets are those of the source
	for at := 0; at < len(value); {
		if c := value[at]; isSpaceByte(c) || c == ',' {
			at++
			continue
		}
		start := at
		for at < len(value) && !isSpaceByte(value[at]) {
			at++
		}
		url := strings.TrimRight(value[start:at], ",")
		offset := a.ValueStart
		if exact {
			offset += start
		}
		r.refText(content, url, offset)
		if len(url) < at-start {
			continue // the comma that ends it was there already
		}
		for depth := 0; at < len(value) && (value[at] != ',' || depth > 0); at++ {
			switch value[at] {
			case '(':
				depth++
			case ')':
				depth--
			}
		}
	}
}

func isSpaceByte(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// target finds where a reference leads from this page.
func (r *reader) target(ref string) target {
	// What doesn't begin at the root of the server means something else on each page.
	absolute := r.head.base == nil && (strings.HasPrefix(ref, "/") || strings.HasPrefix(ref, "http"))
	if absolute {
		if t, ok := r.cache[ref]; ok {
			return t
		}
	}
	t := r.site.target(r.path, r.head.base, ref)
	if t.self {
		t.file = r.file
	}
	if absolute {
		const most = 1 << 15
		if len(r.cache) >= most {
			clear(r.cache)
		}
		r.cache[ref] = t
	}
	return t
}

// resolve checks a reference.
func (r *reader) resolve(ref *reference) {
	r.links++
	report := func(rule ruleID, format string, args ...any) {
		r.findMuted(ref.mute, rule, ref.at, ref.value, format, args...)
	}
	if strings.Trim(ref.value, " \t\n\r\f") == "" {
		if ref.kind != form {
			report(linkEmpty, "an empty %s", ref.kind.noun())
		}
		return
	}
	t := r.target(ref.value)
	switch t.kind {
	case toBadURL:
		report(linkSyntax, "%s: %s", ref.value, t.hint)
		return
	case toLocal:
		if !ref.shown {
			report(leftoverLocalhost, "%s leads to the visitor's own machine", ref.value)
		}
		return
	case toExternal:
		r.external(ref, &t)
	case toMissing:
		hint := ""
		if t.hint != "" {
			hint = ": " + t.hint
		}
		report(linkBroken, "there is no %s%s", ref.value, hint)
		return
	case toOutside:
		report(linkPrefix, "%s is outside of the site, which has it at %s", ref.value, t.hint)
		return
	case toNoSlash:
		report(linkSlash, "%s has no slash at its end: write %s", ref.value, t.hint)
	case toOtherCase:
		report(linkCase, "%s is written otherwise: %s", ref.value, t.hint)
	}
	if t.insecure && (ref.kind == content || ref.kind == active) && r.site.scheme != "http" {
		report(mixedContent, "%s comes by http, which browsers block in pages that come by https", ref.value)
	} else if t.insecure && t.kind != toExternal {
		report(linkInsecure, "%s leads to the site itself by http", ref.value)
	}
	if t.kind == toFile || t.kind == toNoSlash || t.kind == toOtherCase {
		r.arrive(ref, &t)
	}
}

func (k refKind) noun() string {
	switch k {
	case navigation:
		return "link"
	case redirection:
		return "redirect"
	}
	return "reference"
}

// arrive takes note of what a reference to a file of the site means.
func (r *reader) arrive(ref *reference, t *target) {
	f := &r.site.files[t.file]
	own := t.file == r.file
	switch ref.kind {
	case redirection:
		r.facts.redirect, r.facts.redirAt = *t, r.position(ref.at)
	case content, active:
		r.facts.loads = append(r.facts.loads, t.file)
	}
	// What visitors never see doesn't lead them anywhere; nor does a redirect, for whom links lead to it.
	if !own && f.kind == htmlFile && ref.kind != canonicalRef && ref.kind != metadataRef && ref.kind != redirection && !f.linked.Load() {
		f.linked.Store(true)
	}
	if f.kind != htmlFile || ref.kind == content {
		return
	}
	fragment := anchorOf(t.fragment)
	if own {
		if fragment != "" && !r.hasAnchor(r.facts, fragment) {
			r.findMuted(ref.mute, anchorBroken, ref.at, ref.value, "the page has no id %q", unescape(fragment))
		}
		return
	}
	if fragment == "" && (r.severity[linkRedirect] == Off || ref.kind != navigation) {
		return
	}
	if ref.mute&(1<<anchorBroken) != 0 {
		return
	}
	r.facts.anchors = append(r.facts.anchors, anchor{to: t.file, at: r.position(ref.at), fragment: fragment, link: ref.value})
}

// anchorOf returns the part of a fragment that names an id, "" if it names none
// that can be checked.
func anchorOf(fragment string) string {
	fragment, _, _ = strings.Cut(fragment, ":~:") // a text fragment
	if strings.EqualFold(fragment, "top") || strings.HasPrefix(fragment, "/") || strings.HasPrefix(fragment, "!") {
		return "" // the page's top, or a place that a script knows
	}
	return fragment
}

// hasAnchor tells whether a page has what a fragment names, as it is or decoded.
func (r *run) hasAnchor(f *facts, fragment string) bool {
	return f.has(r.hashString(fragment)) || f.has(r.hashString(unescape(fragment)))
}
