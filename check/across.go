package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// across checks what can be told only when all pages were read.
func (r *run) across() {
	r.anchors()
	r.redirects()
	r.orphans()
	r.titles()
	r.canonicals()
	r.listed()
	r.names()
}

// eachPage calls do for each page that was read.
func (r *run) eachPage(do func(i int32, f *file)) {
	for i := range r.site.files {
		if f := &r.site.files[i]; f.facts != nil {
			do(int32(i), f)
		}
	}
}

func (r *run) anchors() {
	r.eachPage(func(_ int32, f *file) {
		for _, a := range f.facts.anchors {
			to := &r.site.files[a.to]
			switch {
			case to.facts == nil:
			case to.facts.redirects:
				r.foundAt(linkRedirect, f.name, a.at, a.link, "%s leads on to %s", a.link, r.nameOf(to.facts.redirect))
			case a.fragment != "" && !r.hasAnchor(to.facts, a.fragment):
				r.foundAt(anchorBroken, f.name, a.at, a.link, "%s has no id %q", to.name, unescape(a.fragment))
			}
		}
	})
}

func (r *run) nameOf(t target) string {
	if t.kind == toNothing {
		return "another site"
	}
	return r.site.files[t.file].name
}

// redirects follows each redirect to its end.
func (r *run) redirects() {
	r.eachPage(func(i int32, f *file) {
		if next, ok := r.redirectOf(i); ok {
			r.follow(i, f, next)
		}
	})
}

// redirectOf returns the page to which a page leads, if it is one of the site.
func (r *run) redirectOf(i int32) (int32, bool) {
	f := r.site.files[i].facts
	if f == nil || !f.redirects || f.redirect.kind == toNothing {
		return 0, false
	}
	return f.redirect.file, true
}

func (r *run) follow(start int32, f *file, next int32) {
	way := []string{f.name}
	seen := map[int32]bool{start: true}
	for {
		way = append(way, r.site.files[next].name)
		if next == start {
			r.foundAt(redirectLoop, f.name, f.facts.redirAt, "", "the redirect leads back to itself: %s", strings.Join(way, " → "))
			return
		}
		if seen[next] {
			return // a loop that begins further on
		}
		seen[next] = true
		to, ok := r.redirectOf(next)
		if !ok {
			break
		}
		next = to
	}
	if len(way) > 2 {
		r.foundAt(redirectChain, f.name, f.facts.redirAt, "", "the redirect leads to another one: %s", strings.Join(way, " → "))
	}
}

// orphans finds pages to which no other links, directly or by redirects.
func (r *run) orphans() {
	r.eachPage(func(i int32, f *file) {
		for next, ok := r.redirectOf(i); ok && f.linked.Load() && !r.site.files[next].linked.Load(); next, ok = r.redirectOf(next) {
			r.site.files[next].linked.Store(true)
		}
	})
	r.eachPage(func(_ int32, f *file) {
		if f.linked.Load() || f.facts.redirects || f.facts.noindex || f.facts.fragment || f.facts.copy || isErrorPage(f.name) || isHome(f.name) {
			return
		}
		r.foundAt(orphanPage, f.name, position{}, "", "no other page links to this one")
	})
}

func isHome(name string) bool { return name == "index.html" || name == "index.htm" }

// titles finds pages of a language with the same title.
func (r *run) titles() {
	type key struct{ lang, title string }
	first := make(map[key]*file)
	r.eachPage(func(_ int32, f *file) {
		d := f.facts
		if d.title == "" || d.redirects || d.noindex || d.copy || isErrorPage(f.name) {
			return
		}
		k := key{d.lang, d.title}
		if other, ok := first[k]; ok {
			r.foundAt(titleDuplicate, f.name, d.titleAt, d.title, "%s has the title %q, too", other.name, d.title)
			return
		}
		first[k] = f
	})
}

// canonicals checks where canonical links lead.
func (r *run) canonicals() {
	r.eachPage(func(_ int32, f *file) {
		if f.facts.canonical.kind == toNothing {
			return
		}
		to := &r.site.files[f.facts.canonical.file]
		if to.facts == nil || to == f {
			return
		}
		switch {
		case to.facts.redirects:
			r.foundAt(canonicalConflict, f.name, f.facts.canonAt, to.name, "the canonical link leads to a redirect, %s", to.name)
		case to.facts.noindex:
			r.foundAt(canonicalConflict, f.name, f.facts.canonAt, to.name, "the canonical link leads to %s, which has noindex", to.name)
		}
	})
}

// listed checks the URLs of sitemaps.
func (r *run) listed() {
	slices.SortFunc(r.sitemaps, func(a, b sitemapURL) int {
		return cmp.Or(strings.Compare(a.file, b.file), cmp.Compare(a.at.line, b.at.line), cmp.Compare(a.at.column, b.at.column))
	})
	for _, u := range r.sitemaps {
		if problem := r.listedProblem(r.site.target("/", nil, u.url)); problem != "" {
			r.foundAt(sitemapBroken, u.file, u.at, u.url, "%s: %s", u.url, problem)
		}
	}
}

func (r *run) listedProblem(t target) string {
	switch t.kind {
	case toBadURL:
		return t.hint
	case toLocal:
		return "leads to the visitor's own machine"
	case toMissing:
		return "there is no such file"
	case toNoSlash, toOtherCase:
		return "it is " + t.hint
	case toFile:
		f := r.site.files[t.file].facts
		switch {
		case f == nil:
		case f.redirects:
			return "it is a redirect"
		case f.noindex:
			return "the page has noindex"
		}
	}
	return ""
}

// names finds files whose names differ only in case.
func (r *run) names() {
	if len(r.site.folded) == len(r.site.files) {
		return
	}
	for i := range r.site.files {
		name := r.site.files[i].name
		if j := r.site.folded[strings.ToLower(name)]; j != int32(i) {
			r.foundAt(fileCase, name, position{}, r.site.files[j].name, "%s", fmt.Sprintf("%s differs only in case", r.site.files[j].name))
		}
	}
}
