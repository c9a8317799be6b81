package jam

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/markdown"
	"github.com/jam-go/jam/internal/suggest"
)

// Ref returns the absolute URL of the page that a reference leads to; see [Page.RelRef].
func (p *Page) Ref(reference any) (string, error) { return p.referTo(reference, (*Page).Permalink) }

// RelRef returns the path part of the URL of the page that a reference leads to: a path as
// [Page.GetPage] takes it, with an anchor if need be. It is an error if there is no such page, if
// there are several, or if the page has no such anchor. A map of path, lang and outputFormat
// leads to the page in another language, or to its file in another format.
func (p *Page) RelRef(reference any) (string, error) {
	return p.referTo(reference, (*Page).RelPermalink)
}

func (p *Page) refer(reference string, lc *local, link func(*Page) string) (string, error) {
	target, suffix := cutSuffix(reference)
	found := p
	if target != "" || lc != p.d.local {
		var err error
		if found, err = p.findRef(target, lc); err != nil {
			return "", err
		}
		if found == nil {
			return "", p.noPage(reference, target, lc)
		}
	}
	if err := found.checkAnchor(suffix); err != nil {
		return "", err
	}
	return link(found) + suffix, nil
}

// noPage says why a reference leads nowhere.
func (p *Page) noPage(reference, target string, lc *local) error {
	p.read(facetFile)
	for _, at := range []string{path.Join("/", p.d.dir(), target), target} {
		if why := lc.leftOut(at); why != "" {
			return fmt.Errorf("%q leads to a page that is left out: it is %s", reference, why)
		}
	}
	hint := p.v.suggestPath(lc, target)
	if !strings.HasPrefix(target, "/") {
		hint = cmp.Or(p.v.suggestPath(lc, path.Join(p.d.dir(), target)), hint)
	}
	return fmt.Errorf("%q leads to no page%s", reference, hint)
}

// findRef finds a page as GetPage does, in the given language.
func (p *Page) findRef(target string, lc *local) (*Page, error) {
	if target == "" {
		for _, q := range p.AllTranslations() {
			if q.d.local == lc {
				return q, nil
			}
		}
		return nil, nil
	}
	if target[0] != '/' {
		if id, ok := p.v.findFrom(lc, p.read(facetFile).dir(), target); ok {
			return p.v.page(id), nil
		}
	}
	id, err := p.v.lookup(lc, target)
	return p.v.page(id), err
}

// checkAnchor reports an anchor that the page does not have.
func (p *Page) checkAnchor(suffix string) error {
	if len(suffix) < 2 || suffix[0] != '#' {
		return nil
	}
	err := p.v.snap.checkAnchor(p.v.context(), p.readPart(depAnchor, suffix[1:]), suffix)
	if err != nil {
		p.readPart(depAnchor, "") // of which it may suggest one
		p.read(facetFile)         // which the message names
	}
	return err
}

func (s *snapshot) checkAnchor(ctx context.Context, d *pageData, suffix string) error {
	if len(suffix) < 2 || suffix[0] != '#' {
		return nil
	}
	anchors, ok := s.anchorsOf(ctx, d)
	if !ok || slices.Contains(anchors, suffix[1:]) {
		return nil
	}
	return fmt.Errorf("%s has no anchor %q%s", d.source(), suffix, suggest.DidYouMean(suffix[1:], anchors))
}

// anchorsOf returns the ids of the page's body, and false where they are not known.
func (s *snapshot) anchorsOf(ctx context.Context, d *pageData) ([]string, bool) {
	if d.html {
		return nil, false
	}
	if known, ok := s.anchors.Load(d.id); ok {
		return known.([]string), true
	}
	var anchors []string
	if r := s.body(d).done.Load(); r != nil {
		if r.err != nil {
			return r.Anchors(), false
		}
		anchors = r.Anchors()
	} else { // Not rendered: that may be under way, and may be what asks for this.
		src, err := s.readText(d, nil)
		if err != nil {
			return nil, false
		}
		anchors, err = s.engine(d).Anchors(ctx, markdown.Source{Text: src[s.text(d).start:], Line: int(s.text(d).line)})
		if err != nil {
			return anchors, false
		}
	}
	s.anchors.Store(d.id, anchors)
	return anchors, true
}

// inFormat returns what links to a page in an output format.
func inFormat(p *Page, format string, link func(*Page) string) (string, error) {
	o := p.OutputFormats().Get(format)
	switch {
	case o == nil:
		return "", fmt.Errorf("%s has no output format %q", p.read(facetFile).source(), format)
	case link(p) == p.Permalink():
		return o.Permalink(), nil
	}
	return o.RelPermalink(), nil
}

// ref is the template function: from a page, to a path or a map with path and lang.
func (b binding) ref(from, to any, link func(*Page) string) (string, error) {
	p := b.page()
	switch from := from.(type) {
	case nil:
	case *Page:
		p = from
	case interface{ Page() *Page }: // a shortcode, or an element of a render hook
		p = from.Page()
	default:
		return "", fmt.Errorf("want the page to start from, have %s", typeName(from))
	}
	if p == nil {
		return "", errors.New("want the page to start from, have none")
	}
	return p.referTo(to, link)
}

// referTo is refer for a reference that may be a map.
func (p *Page) referTo(to any, link func(*Page) string) (string, error) {
	lc, format := p.d.local, ""
	if m, ok := to.(map[string]any); ok {
		if err := checkOptions(m, "path", "lang", "outputFormat"); err != nil {
			return "", err
		}
		format, _ = m["outputFormat"].(string)
		to = m["path"]
		if code, ok := m["lang"].(string); ok && code != "" {
			loc := p.v.snap.set.localeOf(code)
			if loc == nil {
				return "", fmt.Errorf("unknown language %q%s", code, p.v.snap.set.suggestLanguage(code))
			}
			lc = p.v.snap.locals[loc.index]
		}
	}
	name, ok := to.(string)
	if !ok {
		return "", fmt.Errorf("want a page's path, have %s", typeName(to))
	}
	if format == "" {
		return p.refer(name, lc, link)
	}
	var missing error
	u, err := p.refer(name, lc, func(q *Page) (u string) {
		u, missing = inFormat(q, format, link)
		return u
	})
	return u, cmp.Or(err, missing)
}

// checkOptions reports a key of a map of options that is none of names, and a value that is no text.
func checkOptions(m map[string]any, names ...string) error {
	for _, key := range slices.Sorted(maps.Keys(m)) {
		if !slices.Contains(names, key) {
			return fmt.Errorf("unknown key %q%s", key, suggest.DidYouMean(key, names))
		}
		if _, ok := stringOf(m[key]); !ok && m[key] != nil {
			return fmt.Errorf("%s: want text, have %s", key, typeName(m[key]))
		}
	}
	return nil
}
