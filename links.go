package jam

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/markdown"
	"github.com/jam-go/jam/internal/suggest"
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
	snap := p.v.snap
	if rooted, ok := strings.CutPrefix(name, "@/"); ok { // as Zola writes it
		if rel, err, ok := p.resolveFile(path.Clean(rooted)); ok {
			return rel + suffix, err
		}
		return dest, fmt.Errorf("%q leads nowhere: no file %s%s", dest, rooted, snap.suggestFile(rooted))
	}
	if strings.HasPrefix(name, "/") {
		return p.resolveAbsolute(dest, name, suffix)
	}
	// Without an extension it is likelier an address than a file.
	address, served := p.atAddress(target)
	if served && !namesFile(name) {
		return address + suffix, nil
	}
	joined := path.Join(p.d.dir, name)
	if joined == ".." || strings.HasPrefix(joined, "../") {
		if served {
			return address + suffix, nil
		}
		return dest, fmt.Errorf("%q leads nowhere: nothing at that address, and no such file in the content", dest)
	}
	if rel, err, ok := p.resolveFile(joined); ok {
		return rel + suffix, err
	}
	if id, ok := p.v.find("/" + joined); ok && p.v.page(id).RelPermalink() != "" {
		return p.v.page(id).RelPermalink() + suffix, nil
	}
	if served {
		return address + suffix, nil
	}
	if why := snap.left["/"+joined]; why != "" {
		return dest, fmt.Errorf("%q leads to a page that is left out: it is %s", dest, why)
	}
	return dest, fmt.Errorf("%q leads nowhere: no file %s, and nothing at that address%s", dest, joined, snap.suggestFile(joined))
}

func (p *Page) resolveAbsolute(dest, name, suffix string) (string, error) {
	if p.v.serves(name) {
		return dest, nil
	}
	clean := strings.TrimPrefix(path.Clean(name), "/")
	if rel, err, ok := p.resolveFile(clean); ok {
		return rel + suffix, err
	}
	if full := p.v.snap.set.basePath + strings.TrimPrefix(name, "/"); p.v.serves(full) {
		return escapePath(full) + suffix, nil
	}
	if id, ok := p.v.find("/" + clean); ok && p.v.page(id).RelPermalink() != "" {
		return p.v.page(id).RelPermalink() + suffix, nil
	}
	if why := p.v.snap.left["/"+clean]; why != "" {
		return dest, fmt.Errorf("%q leads to a page that is left out: it is %s", dest, why)
	}
	if contentFormat(clean) == "markdown" && !p.v.serves(p.v.snap.set.basePath+clean) {
		return dest, fmt.Errorf("%q leads nowhere: no file %s%s", dest, clean, p.v.snap.suggestFile(clean))
	}
	return dest, nil
}

// resolveFile returns the URL of a file of the content.
func (p *Page) resolveFile(name string) (rel string, err error, ok bool) {
	e := p.v.file(name)
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

// namesFile tells whether a path ends in a name with an extension.
func namesFile(name string) bool {
	base := path.Base(name)
	return base != "." && base != ".." && path.Ext(base) != "" && !strings.HasSuffix(name, "/")
}

// atAddress returns the path that a relative URL on the page leads to, and whether
// there is a file of the site. The path holds elsewhere, too, where a summary may stand.
func (p *Page) atAddress(target string) (address string, served bool) {
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

// serves tells whether there is a file at a URL path from the server's root.
func (s *snapshot) serves(p string) bool {
	rest, ok := strings.CutPrefix(p, s.set.basePath)
	return ok && s.routes.byURL(rest) != nil
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

// suggestFile names the file that a name that leads nowhere was likely meant for: one
// without its extension, one moved to another folder, or one misspelt in its own.
func (s *snapshot) suggestFile(name string) string {
	for _, candidate := range []string{name + ".md", path.Join(name, "index.md"), path.Join(name, "_index.md")} {
		if s.bySource[candidate] != nil {
			return fmt.Sprintf(" (did you mean %q?)", candidate)
		}
	}
	s.namesOnce.Do(s.indexNames)
	if moved := s.byName[path.Base(name)]; len(moved) == 1 && !isIndex(baseName(name)) {
		return fmt.Sprintf(" (did you mean %q?)", moved[0])
	}
	near := suggest.Name(baseName(name), s.byFolder[path.Dir(name)])
	if near == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", path.Join(path.Dir(name), near+path.Ext(name)))
}

// enoughNames bounds how many names of one folder are compared for a suggestion.
const enoughNames = 200

// suggestPath names the page that a path that leads nowhere was likely meant for.
func (s *snapshot) suggestPath(p string) string {
	s.namesOnce.Do(s.indexNames)
	p = path.Clean("/" + p)
	near := suggest.Name(path.Base(p), s.byParent[path.Dir(p)])
	if near != "" {
		return fmt.Sprintf(" (did you mean %q?)", path.Join(path.Dir(p), near))
	}
	if moved := s.byLast[path.Base(p)]; len(moved) == 1 {
		return fmt.Sprintf(" (did you mean %q?)", moved[0])
	}
	return ""
}

// indexNames lists documents and pages by name and by folder, for suggestions.
func (s *snapshot) indexNames() {
	s.byName = make(map[string][]string, len(s.bySource))
	s.byFolder = make(map[string][]string)
	s.byLast, s.byParent = make(map[string][]string, len(s.pages)), make(map[string][]string)
	for _, p := range slices.Sorted(maps.Keys(s.bySource)) {
		s.byName[path.Base(p)] = append(s.byName[path.Base(p)], p)
		if dir := path.Dir(p); len(s.byFolder[dir]) < enoughNames {
			s.byFolder[dir] = append(s.byFolder[dir], baseName(p))
		}
	}
	for _, d := range s.pages {
		last := path.Base(d.path)
		s.byLast[last] = append(s.byLast[last], d.path)
		if dir := path.Dir(d.path); len(s.byParent[dir]) < enoughNames {
			s.byParent[dir] = append(s.byParent[dir], last)
		}
	}
}
