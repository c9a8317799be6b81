package jam

import (
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"net/url"
	"path"
	"slices"
	"strings"
)

// Redirect leads visitors of a URL that is no more to another one. Each is a small HTML file,
// unless [Config.NoRedirectFiles] is set; a server can do better with the list of [Site.Redirects].
type Redirect struct {
	// From is the path of the former URL: in [Config.Redirects] from the site's root, and in
	// what [Site.Redirects] returns from the server's, percent-encoded. A path that ends
	// with .html is a file, and any other a folder.
	From string

	// To is where it leads: a path, as From is, or the URL of another site.
	To string

	page *pageData // of an alias, or of the page that leads elsewhere
	at   string    // of the configuration: Redirects[0]
}

// Redirects returns all redirects, ordered by From: those of aliases and of pages with the key
// redirect, and [Config.Redirects]. With several languages there may be two more: from the root,
// if no language is there, and from the folder that the site's own language would have, to its
// home page.
func (s *Site) Redirects() []Redirect { return slices.Clone(s.files().redirects) }

// redirectRoutes returns the routes of redirects, but for those whose place a file has taken.
func (l *loader) redirectRoutes(taken takenFiles, aliases []*route) []*route {
	var list []*route
	add := func(r *route) {
		if l.redirectTaken(r, taken.by(r.file)) {
			return
		}
		taken[foldPath(r.file)] = r
		l.snap.redirects = append(l.snap.redirects, Redirect{From: r.rel, To: r.redirect.To, at: r.redirect.at})
		if !l.set.NoRedirectFiles {
			list = append(list, r)
		}
	}
	for i, c := range l.set.Redirects {
		if r := l.configRedirect(i, c); r != nil {
			add(r)
		}
	}
	for _, r := range aliases {
		add(r)
	}
	l.languageRedirect(taken, add)
	if home := l.snap.pages[l.snap.main.home]; home.route != nil && taken.by("index.html") == nil {
		if r, err := l.set.newRoute("index.html", "redirect to "+home.path); err == nil {
			r.own().redirect = &Redirect{To: home.route.rel, page: home}
			add(r)
		}
	}
	slices.SortStableFunc(l.snap.redirects, func(a, b Redirect) int {
		return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.To, b.To))
	})
	l.checkChains()
	return list
}

// languageRedirect leads from the folder that the site's own language would have, if it had one as
// others do, to its home page.
func (l *loader) languageRedirect(taken takenFiles, add func(*route)) {
	home := l.snap.pages[l.snap.main.home]
	if !l.set.multilingual() || l.snap.main.prefix != "" || home.route == nil {
		return
	}
	file := strings.ToLower(l.snap.main.Code) + "/index.html"
	if taken.by(file) != nil || taken.by(path.Dir(file)) != nil {
		return
	}
	if r, err := l.set.newRoute(file, "redirect to "+home.path); err == nil {
		r.own().redirect = &Redirect{To: home.route.rel, page: home}
		add(r)
	}
}

// redirectPage makes the file of a page that is to lead elsewhere.
func (l *loader) redirectPage(d *pageData, r *route) *route {
	to := d.meta.Redirect
	if err := checkTarget(to); err != nil {
		l.fail(l.snap.fieldError(d, "redirect", "front matter", fmt.Errorf("redirect: %w", err)))
		return nil
	}
	r.own().redirect = &Redirect{From: r.rel, To: l.set.target(to), page: d}
	l.snap.redirects = append(l.snap.redirects, Redirect{From: r.rel, To: r.redirect.To, page: d})
	if l.set.NoRedirectFiles {
		return nil
	}
	return r
}

// checkTarget refuses what no redirect may lead to.
func checkTarget(to string) error {
	if to == "" {
		return errors.New("want a path or a URL to lead to, have none")
	}
	scheme, _, ok := strings.Cut(to, ":")
	if ok && isAbsoluteURL(to) && !strings.HasPrefix(to, "//") && !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "http") {
		return fmt.Errorf("want a path, or a URL that begins with http:// or https://, have %q", to)
	}
	if _, err := url.Parse(to); err != nil {
		return fmt.Errorf("%q: %w", to, err)
	}
	return nil
}

// target returns where a redirect leads: a URL, or a path from the server's root.
func (s *settings) target(to string) string {
	to = strings.ReplaceAll(to, " ", "%20") // which would end it in the rules of servers
	if isAbsoluteURL(to) {
		return to
	}
	target, suffix := cutSuffix(strings.TrimPrefix(to, "/"))
	plain, err := url.PathUnescape(target)
	if err != nil {
		plain = target
	}
	// A second slash at the beginning would make a host of what follows.
	return escapePath(s.basePath+strings.TrimLeft(plain, "/")) + suffix
}

// aliasRoutes returns the routes of the front matter's aliases.
func (l *loader) aliasRoutes() []*route {
	var list []*route
	for _, d := range l.snap.pages {
		if d.doc == nil || len(d.meta.Aliases) == 0 {
			continue
		}
		if d.route == nil || d.route.page != d && (d.route.redirect == nil || d.route.redirect.page != d) {
			if line, _ := l.snap.valuePlace(d, "aliases", 0); line < inheritedLines {
				l.warn(l.snap.fieldError(d, "aliases", "front matter", errors.New("aliases: the page has no file, and its aliases lead nowhere; they are left out")))
			}
			continue
		}
		for i := range d.meta.Aliases {
			if r := l.aliasRoute(d, i); r != nil {
				list = append(list, r)
			}
		}
	}
	return list
}

// redirectTaken tells whether there is something else at a redirect's place.
func (l *loader) redirectTaken(r, other *route) bool {
	if other == nil {
		return false
	}
	if other.redirect != nil && other.redirect.To == r.redirect.To {
		return true // the same twice
	}
	by := other.source() + " makes the file " + r.file
	if other.redirect != nil && other.redirect.at != "" {
		by = other.redirect.at + " makes the file " + r.file
	} else if other.redirect != nil && other.redirect.page != nil {
		by = other.source() + " has it as an alias, too"
	}
	if r.redirect.at != "" {
		l.warn(errorAt("config", "", "%s: From %q is left out: %s", r.redirect.at, r.redirect.From, by))
		return true
	}
	if d := r.redirect.page; d != nil && r.alias > 0 {
		if line, column := l.snap.valuePlace(d, "aliases", int(r.alias)-1); line > 0 {
			l.warn(d.errorAt("route", line, column, "the alias %q is left out: %s", r.redirect.From, by))
			return true
		}
	}
	l.warn(errorAt("route", r.source(), "the alias %q is left out: %s", r.redirect.From, by))
	return true
}

func (l *loader) configRedirect(i int, c Redirect) *route {
	at := fmt.Sprintf("Redirects[%d]", i)
	file, err := aliasFile(c.From)
	if err == nil {
		var r *route
		if r, err = l.set.newRedirectRoute(file, "redirect "+c.From); err == nil {
			if err := checkTarget(c.To); err != nil {
				l.fail(errorAt("config", "", "%s: To: %w", at, err))
				return nil
			}
			r.own().redirect = &Redirect{From: c.From, To: l.set.target(c.To), at: at}
			return r
		}
	}
	l.fail(errorAt("config", "", "%s: From: %w", at, err))
	return nil
}

// aliasRoute returns the route of a page's alias. One that does not begin with a slash is relative
// to where the page's folder is, and others to the root of the page's language.
func (l *loader) aliasRoute(d *pageData, i int) *route {
	alias := strings.TrimSpace(d.meta.Aliases[i])
	p := alias
	switch {
	case strings.HasPrefix(alias, "/"):
		if pre := "/" + d.local.prefix; pre != "/" && !strings.HasPrefix(alias, pre) {
			p = pre + alias[1:]
		}
	case !isAbsoluteURL(alias):
		p = path.Join("/", path.Dir(strings.TrimSuffix(resourceDir(d.route.file), "/")), alias)
	}
	file, err := aliasFile(p)
	var r *route
	if err == nil {
		r, err = l.set.newRedirectRoute(file, d.source())
	}
	if err != nil {
		line, column := l.snap.valuePlace(d, "aliases", i)
		l.failIn(d, line, column, fmt.Errorf("alias %q: %w", alias, err))
		return nil
	}
	if r.file == d.route.file {
		line, column := l.snap.valuePlace(d, "aliases", i)
		l.warn(d.errorAt("route", line, column, "the alias %q is the page's own URL", alias))
		return nil
	}
	r.own().redirect, r.own().alias = &Redirect{From: alias, To: d.route.rel, page: d}, int32(i+1)
	return r
}

// valuePlace returns where the i-th value of a list in the front matter stands.
func (s *snapshot) valuePlace(d *pageData, field string, i int) (line, column int) {
	front, _ := s.frontMatter(d)
	for _, e := range front.Entries() {
		if s.set.canonical(e.Key) != field {
			continue
		}
		if items := e.Value.Items(); i < len(items) {
			return items[i].Line, items[i].Column
		}
		return e.Value.Line, e.Value.Column
	}
	return 0, 0
}

// aliasFile returns the file of a former URL.
func aliasFile(from string) (string, error) {
	u, err := url.Parse(from)
	if err != nil {
		return "", err
	}
	if u.Scheme != "" || u.Host != "" || u.RawQuery != "" || u.Fragment != "" {
		return "", fmt.Errorf("%q: want a path within the site, such as /old/", from)
	}
	for elem := range strings.SplitSeq(u.Path, "/") {
		if elem == ".." {
			return "", fmt.Errorf("%q leads out of the site", from)
		}
	}
	p := strings.Trim(path.Clean("/"+u.Path), "/")
	if ext := strings.ToLower(path.Ext(p)); (ext == ".html" || ext == ".htm") && !strings.HasSuffix(u.Path, "/") {
		return p, nil
	}
	return path.Join(p, "index.html"), nil
}

// checkChains reports redirects that lead back to themselves.
func (l *loader) checkChains() {
	next := make(map[string]string, len(l.snap.redirects)) // by file
	for _, r := range l.snap.redirects {
		next[l.set.redirectFile(r.From)] = l.set.redirectFile(r.To)
	}
	walk := make(map[string]int, len(next)) // file → the walk that came by first
	circle := make(map[string]bool)
	for i, r := range l.snap.redirects {
		at, ok := l.set.redirectFile(r.From), true
		for ok && at != "" && walk[at] == 0 {
			walk[at] = i + 1
			at, ok = next[at]
		}
		if !ok || at == "" || walk[at] != i+1 {
			continue
		}
		// The walk has met itself: at is in a circle that none was in before.
		for ; !circle[at]; at = next[at] {
			circle[at] = true
		}
	}
	for _, r := range l.snap.redirects {
		if !circle[l.set.redirectFile(r.From)] {
			continue
		}
		err := fmt.Errorf("the redirect from %s leads back to itself by way of %s", r.From, r.To)
		if r.page != nil {
			l.fail(l.snap.fieldError(r.page, "redirect", "front matter", err))
		} else {
			l.fail(errorAt("config", "", "%w", err))
		}
	}
}

// checkTargets tells of redirects to pages of the site that are not there.
func (l *loader) checkTargets() {
	from := make(map[string]bool, len(l.snap.redirects))
	for _, r := range l.snap.redirects {
		from[l.set.redirectFile(r.From)] = true
	}
	for _, r := range l.snap.redirects {
		file := l.set.redirectFile(r.To)
		if file == "" || from[file] || l.snap.routes.byFile[file] != nil || l.snap.routeAt(unescapePath(r.To)) != nil {
			continue
		}
		err := fmt.Errorf("it leads to %s, where there is nothing", r.To)
		switch {
		case r.at != "":
			l.warn(errorAt("config", "", "%s: %w", r.at, err))
		case r.page != nil && r.page.meta.Redirect != "":
			l.warn(l.snap.fieldError(r.page, "redirect", "front matter", fmt.Errorf("redirect: %w", err)))
		}
	}
}

func unescapePath(p string) string {
	p, _ = cutSuffix(p)
	if plain, err := url.PathUnescape(p); err == nil {
		return plain
	}
	return p
}

// redirectFile returns the file of the output that a redirect's URL means, "" for one of
// another site.
func (s *settings) redirectFile(u string) string {
	if s.base != nil {
		u = strings.TrimPrefix(u, s.base.Scheme+"://"+s.base.Host)
	}
	rest, ok := strings.CutPrefix(u, escapePath(s.basePath))
	if !ok || isAbsoluteURL(u) {
		return ""
	}
	rest, _ = cutSuffix(rest)
	file, err := aliasFile("/" + rest)
	if err != nil {
		return ""
	}
	return file
}

var redirectTemplate = template.Must(template.New("redirect").Parse(`<!DOCTYPE html>
<html lang="{{ .Lang }}">
<meta charset="utf-8">
<title>{{ .To }}</title>
<link rel="canonical" href="{{ .To }}">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={{ .To }}">
<p><a href="{{ .To }}">{{ .To }}</a></p>
`))

// redirectHTML returns the file of a redirect.
func (s *model) redirectHTML(r *Redirect) ([]byte, error) {
	lang := s.main.Locale
	if r.page != nil {
		lang = r.page.local.Locale
	}
	var b strings.Builder
	err := redirectTemplate.Execute(&b, map[string]string{"Lang": lang, "To": s.set.absolute(r.To)})
	return []byte(b.String()), err
}
