package jam

import (
	"cmp"
	"fmt"
	"slices"
)

// linkTranslations finds the pages that say the same in several languages: those with the same
// translationKey, and of those without one, with the same path.
func (l *loader) linkTranslations() {
	s := l.snap
	if len(s.locals) == 1 {
		return
	}
	groups := make(map[string][]pageID, len(s.pages))
	for _, d := range s.pages {
		key := d.translationKey()
		groups[key] = append(groups[key], d.id)
	}
	for key, ids := range groups {
		if len(ids) < 2 {
			continue
		}
		list := &pageList{what: "translations", of: key, ids: ids}
		slices.SortStableFunc(ids, func(a, b pageID) int {
			return cmp.Compare(s.pages[a].local.index, s.pages[b].local.index)
		})
		for i, id := range ids {
			s.pages[id].translations = list
			if i == 0 {
				continue
			}
			if first := s.pages[ids[i-1]]; first.local == s.pages[id].local {
				d := s.pages[id]
				l.warn(l.snap.fieldError(d, "translationkey", "front matter", fmt.Errorf(
					"%s is the same page in the same language: it has the same translationKey or path", first.source())))
			}
		}
	}
}

func (d *pageData) translationKey() string {
	if k := d.meta.TranslationKey; k != "" {
		return "key:" + k
	}
	kind := d.kind()
	if kind == KindSection {
		kind = KindPage
	}
	return kind + ":" + logicalKey(d.path)
}

// AllTranslations returns the page in all languages that it is there in, itself included, in
// the order of [Config.Languages].
func (p *Page) AllTranslations() Pages {
	d := p.read(facetTranslations)
	if d.translations == nil {
		return Pages{p}
	}
	return p.v.list(d.translations)
}

// Translations returns the page in the other languages that it is there in. Pages
// are translations of each other when they have the same translationKey, or none
// and the same path.
func (p *Page) Translations() Pages {
	var out Pages
	for _, q := range p.AllTranslations() {
		if !samePage(p, q) {
			out = append(out, q)
		}
	}
	return out
}

// IsTranslated reports whether the page is there in other languages.
func (p *Page) IsTranslated() bool { return p.read(facetTranslations).translations != nil }

// Languages returns the site's languages.
func (s *Site) Languages() []Language {
	for i := range s.v.sites { // with their parameters
		s.v.sites[i].Language()
	}
	list := slices.Clone(s.local.snap.set.Languages)
	for i, l := range list { // what is done with them does not reach the next site
		list[i].Params, list[i].Menus, list[i].Taxonomies = cloneMap(l.Params), cloneMenus(l.Menus), slices.Clone(l.Taxonomies)
	}
	return list
}

// Sites returns the site in each of its languages, in the order of [Config.Languages].
func (s *Site) Sites() []*Site {
	out := make([]*Site, len(s.v.sites))
	for i := range out {
		out[i] = &s.v.sites[i]
	}
	return out
}

// In returns the site in the language with that code, or nil when there is none.
func (s *Site) In(code string) *Site {
	loc := s.local.snap.set.localeOf(code)
	if loc == nil {
		return nil
	}
	return &s.v.sites[loc.index]
}

// IsMultilingual reports whether the site has several languages.
func (s *Site) IsMultilingual() bool { return len(s.local.snap.locals) > 1 }

// LanguagePrefix returns the folder of the output that the language's files are in,
// with a slash before it, such as "/de"; "" for the root.
func (s *Site) LanguagePrefix() string {
	if prefix := s.read(settingFolder).prefix; prefix != "" {
		return "/" + prefix[:len(prefix)-1]
	}
	return ""
}
