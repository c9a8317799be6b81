package jam

import (
	"fmt"
	"net/url"
	"path"
	"strings"

	"github.com/jam-go/jam/internal/markdown"
)

// resolveLink returns the URL of a link's or image's destination in the page's
// Markdown. Relative destinations are files of the content, pages by their
// logical paths, or what is at that address from the page's own; those that begin
// with a slash are the same from the content's root, or from the site's. What points elsewhere
// stays as it is.
func (p *Page) resolveLink(l markdown.Link) (string, error) {
	dest := l.Destination
	if dest == "" || dest[0] == '#' || dest[0] == '?' || isAbsoluteURL(dest) || isTemplate(dest) {
		return dest, nil
	}
	target, suffix := cutSuffix(dest)
	name, err := url.PathUnescape(target)
	if err != nil {
		name = target // a stray % in a file's name
	}
	lc := p.d.local
	if rooted, ok := strings.CutPrefix(name, "@/"); ok { // as Zola writes it
		if rel, err, ok := p.resolveFile(path.Clean(rooted)); ok {
			return rel + suffix, err
		}
		return dest, fmt.Errorf("%q leads nowhere: no file %s%s", dest, rooted, p.v.suggestFile(lc, rooted))
	}
	if strings.HasPrefix(name, "/") {
		return p.resolveAbsolute(dest, name, suffix)
	}
	// Without an extension it is likelier an address than a file.
	address, served := p.atAddress(target)
	if served && !namesFile(name) {
		return address + suffix, nil
	}
	joined := path.Join(p.read(facetFile).dir(), name)
	if joined == ".." || strings.HasPrefix(joined, "../") {
		if served {
			return address + suffix, nil
		}
		return dest, fmt.Errorf("%q leads nowhere: nothing at that address, and no such file in the content", dest)
	}
	if rel, err, ok := p.resolveFile(joined); ok {
		return rel + suffix, err
	}
	if id, ok := p.findLinked("/" + joined); ok && p.v.page(id).RelPermalink() != "" {
		return p.v.page(id).RelPermalink() + suffix, nil
	}
	if served {
		return address + suffix, nil
	}
	if why := lc.left["/"+joined]; why != "" {
		return dest, fmt.Errorf("%q leads to a page that is left out: it is %s", dest, why)
	}
	return dest, fmt.Errorf("%q leads nowhere: no file %s, and nothing at that address%s", dest, joined, p.v.suggestFile(lc, joined))
}

func (p *Page) resolveAbsolute(dest, name, suffix string) (string, error) {
	lc := p.d.local
	if p.v.serves(name) {
		return dest, nil
	}
	clean := strings.TrimPrefix(path.Clean(name), "/")
	if rel, err, ok := p.resolveFile(clean); ok {
		return rel + suffix, err
	}
	if full := p.v.basePath() + strings.TrimPrefix(name, "/"); p.v.serves(full) {
		return escapePath(full) + suffix, nil
	}
	if id, ok := p.findLinked("/" + clean); ok && p.v.page(id).RelPermalink() != "" {
		return p.v.page(id).RelPermalink() + suffix, nil
	}
	if why := lc.left["/"+clean]; why != "" {
		return dest, fmt.Errorf("%q leads to a page that is left out: it is %s", dest, why)
	}
	if contentFormat(clean) == "markdown" && !p.v.serves(p.v.basePath()+clean) {
		return dest, fmt.Errorf("%q leads nowhere: no file %s%s", dest, clean, p.v.suggestFile(lc, clean))
	}
	return dest, nil
}

// resolveFile returns the URL of a file of the content.
func (p *Page) resolveFile(name string) (rel string, err error, ok bool) {
	e := p.v.file(p.d.local, name)
	switch {
	case e == nil:
		return "", nil, false
	case e.page != nil && p.v.page(e.page.id).RelPermalink() != "":
		return p.v.page(e.page.id).RelPermalink(), nil, true
	case e.resource != nil && e.resource.route != nil:
		return e.resource.route.rel, nil, true
	case e.left != "":
		return name, fmt.Errorf("%s is left out of the site: it is %s", name, e.left), true
	}
	return name, fmt.Errorf("%s is not published", name), true
}

// findLinked looks a page up by its logical path, in the page's language and then in the
// site's own.
func (p *Page) findLinked(path string) (pageID, bool) {
	if id, ok := p.v.find(p.d.local, path); ok {
		return id, true
	}
	return p.v.find(p.v.snap.main, path)
}

// namesFile tells whether a path ends in a name with an extension.
func namesFile(name string) bool {
	base := path.Base(name)
	return base != "." && base != ".." && path.Ext(base) != "" && !strings.HasSuffix(name, "/")
}

// atAddress returns the path that a relative URL on the page leads to, and whether
// there is a file of the site. The path holds elsewhere, too, where a summary may stand.
func (p *Page) atAddress(target string) (address string, served bool) {
	if address, ok := joinPlain(p.RelPermalink(), target); ok {
		return address, p.v.serves(address)
	}
	base, err := url.Parse(p.RelPermalink())
	if err != nil {
		return "", false
	}
	u, err := base.Parse(target)
	if err != nil {
		return "", false
	}
	return u.EscapedPath(), p.v.serves(u.Path)
}

// joinPlain resolves a relative path against that of a page as net/url does (RFC 3986, section 5.2), where both are
// of letters, digits and a few marks, as most are. It is false for others.
func joinPlain(base, target string) (address string, ok bool) {
	if !isPlainPath(base) || base[0] != '/' || strings.Contains(base, "/.") || !isPlainPath(target) || target[0] == '/' {
		return "", false
	}
	base = base[:strings.LastIndexByte(base, '/')+1]
	for {
		rest, here := strings.CutPrefix(target, "./")
		if !here {
			if rest, here = strings.CutPrefix(target, "../"); !here {
				break
			}
			base = base[:strings.LastIndexByte(base[:max(len(base)-1, 1)], '/')+1]
		}
		target = rest
	}
	if target == "." || target == ".." || strings.Contains(target, "/.") {
		return "", false
	}
	return base + target, true
}

// isPlainPath tells whether a path is not empty, has no characters to be escaped, and no empty elements.
func isPlainPath(p string) bool {
	for i := range len(p) {
		switch c := p[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '.', c == '_':
		case c == '/' && (i == 0 || p[i-1] != '/'):
		default:
			return false
		}
	}
	return p != ""
}

// serves tells whether there is a file at a URL path from the server's root.
func (s *model) serves(p string) bool {
	return s.routeAt(p) != nil
}

// routeAt returns the route at a URL path from the server's root, or nil.
func (s *model) routeAt(p string) *route {
	rest, ok := strings.CutPrefix(p, s.set.basePath)
	if !ok {
		return nil
	}
	return s.routes.byURL(rest)
}

// cutSuffix splits the query and fragment off a URL.
func cutSuffix(u string) (rest, suffix string) {
	if i := strings.IndexAny(u, "?#"); i >= 0 {
		return u[:i], u[i:]
	}
	return u, ""
}

// isTemplate tells whether a destination is yet to be made by a template language.
func isTemplate(dest string) bool {
	return strings.Contains(dest, "{{") || strings.Contains(dest, "{%")
}
