package jam

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/jam-go/jam/internal/filename"
)

// route is one output file, and what it is made of.
type route struct {
	file string // name of the output file
	rel  string // path part of the URL, percent-encoded

	page       *pageData // this, or one of those in routeMore
	format     *format   // of the page; nil: HTML
	*routeMore           // shared where it is as in plainRoute; own makes it the route's own
	pager      int32     // of the page's list, for the second and further ones
}

// routeMore is what the route of a page lacks.
type routeMore struct {
	origin   string // what messages call where it comes from
	resource *resourceData
	static   *document
	redirect *Redirect
	special  *special // a file of the whole site, made by one of its formats
	alias    int32    // which of the aliases of the front matter it is for, from 1
}

// plainRoute is that of the routes of pages. It is never changed.
var plainRoute routeMore

// own returns these fields for changing.
func (r *route) own() *routeMore {
	if r.routeMore == &plainRoute {
		r.routeMore = new(routeMore)
	}
	return r.routeMore
}

// source is what messages call where the route comes from.
func (r *route) source() string {
	switch {
	case r.origin != "":
		return r.origin
	case r.pager > 0:
		return fmt.Sprintf("%s (pager %d)", r.page.source(), r.pager)
	case r.format != nil && r.page.route != r:
		return r.page.source() + " (" + r.format.Name + ")"
	}
	return r.page.source()
}

// document is what the file is a copy of, or nil.
func (r *route) document() *document {
	if r.resource != nil {
		return r.resource.doc
	}
	return r.static
}

// mediaType returns the type of the file.
func (r *route) mediaType() string {
	if r.format != nil {
		return string(r.format.MediaType)
	}
	return mediaType(r.file)
}

// routeTable is every file that a build writes. It is complete before anything is rendered.
type routeTable struct {
	list   []*route // sorted by file
	byFile map[string]*route
	pages  int
}

// named returns the route of a file, or nil.
func (t *routeTable) named(file string) *route {
	i, ok := slices.BinarySearchFunc(t.list, file, func(r *route, file string) int { return strings.Compare(r.file, file) })
	if !ok {
		return nil
	}
	return t.list[i]
}

// newRouteTable checks that every file has one origin.
func newRouteTable(list []*route) (*routeTable, []*Error) {
	// Stable: of two routes of one file, the one of the earlier source is kept.
	slices.SortStableFunc(list, func(a, b *route) int {
		if c := strings.Compare(a.file, b.file); c != 0 {
			return c
		}
		return strings.Compare(a.source(), b.source())
	})
	t := &routeTable{byFile: make(map[string]*route, len(list)), list: make([]*route, 0, len(list))}
	var errs []*Error
	folded := make(map[string]*route)          // those that byFile has by another name
	dirs := make(map[string]*route, len(list)) // as most have one of their own
	var last *route                            // in the table
	for _, r := range list {
		key := foldPath(r.file)
		other := folded[key]
		if key == r.file {
			if last != nil && last.file == key {
				other = last
			}
		} else if o := t.byFile[key]; o != nil && foldPath(key) == key {
			other = o
		}
		if other != nil {
			errs = append(errs, collision(other, r))
			continue
		}
		if key != r.file {
			folded[key] = r
		}
		t.byFile[r.file] = r
		t.list, last = append(t.list, r), r
		if r.page != nil && (r.format == nil || r.page.route == r) {
			t.pages++
		}
		for dir := up(key); dir != "." && dirs[dir] == nil; dir = up(dir) {
			dirs[dir] = r
		}
	}
	for _, r := range t.list {
		if below := dirs[foldPath(r.file)]; below != nil {
			errs = append(errs, errorAt("route", r.source(),
				"makes the file %s, where %s needs a folder of that name for %s", r.file, below.source(), below.file))
		}
	}
	return t, errs
}

func collision(a, b *route) *Error {
	if a.file == b.file {
		return errorAt("route", b.source(), "makes the same file as %s: %s", a.source(), a.file)
	}
	return errorAt("route", b.source(), "makes the file %s, which differs from %s of %s only in case or Unicode form",
		b.file, a.file, a.source())
}

// foldPath maps names that a file system may take for the same to one name: those in
// small letters of ASCII to themselves.
func foldPath(name string) string {
	for i := range len(name) {
		if c := name[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return strings.Map(foldRune, norm.NFC.String(name))
		}
	}
	return name
}

// foldRune returns the least of the characters that differ only in case, or its small letter.
func foldRune(r rune) rune {
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	if 'A' <= least && least <= 'Z' {
		return least - 'A' + 'a'
	}
	return least
}

// takenFiles are routes by the folded names of their files, of several the last.
type takenFiles map[string]*route

func (t takenFiles) add(list []*route) {
	for _, r := range list {
		t[foldPath(r.file)] = r
	}
}

func (t takenFiles) by(file string) *route { return t[foldPath(file)] }

// byURL returns the route that serves the URL path p, which is relative to the
// site's root and not percent-encoded.
func (t *routeTable) byURL(p string) *route {
	p = strings.TrimPrefix(p, "/")
	if p == "" || strings.HasSuffix(p, "/") {
		return t.byFile[p+"index.html"]
	}
	if r := t.byFile[p]; r != nil {
		return r
	}
	return t.byFile[p+"/index.html"]
}

// newRoute returns the route of a file, whose source is "" for one of a page, and why its name is no good, if so.
func (s *settings) newRoute(file, source string) (*route, error) {
	if err := filename.Check(file); err != nil {
		return nil, err
	}
	return s.routeOf(file, source), nil
}

// newRedirectRoute is newRoute for a former URL, which may be any where it needs no file.
func (s *settings) newRedirectRoute(file, source string) (*route, error) {
	if !s.NoRedirectFiles {
		return s.newRoute(file, source)
	}
	if err := filename.CheckPath(file); err != nil {
		return nil, err
	}
	if strings.Contains(file, "*") || strings.Contains("/"+file, "/:") {
		return nil, fmt.Errorf("%q: in the rules of servers * and a : at the beginning of an element stand for any path", file)
	}
	return s.routeOf(file, source), nil
}

func (s *settings) routeOf(file, source string) *route {
	p := s.basePath + file
	file = p[len(s.basePath):] // one text in memory
	if base, ok := strings.CutSuffix(p, "index.html"); ok && strings.HasSuffix(base, "/") {
		p = base
	}
	if escaped := escapePath(p); escaped != p {
		p = escaped
	}
	r := &route{file: file, rel: p, routeMore: &plainRoute}
	if source != "" {
		r.own().origin = source
	}
	return r
}

// escapePath percent-encodes a URL path.
func escapePath(p string) string { return (&url.URL{Path: p}).EscapedPath() }

// absolute returns the URL of a percent-encoded path from the server's root.
func (s *settings) absolute(rel string) string {
	if s.base == nil || !strings.HasPrefix(rel, "/") || strings.HasPrefix(rel, "//") {
		return rel
	}
	return s.base.Scheme + "://" + s.base.Host + rel
}
