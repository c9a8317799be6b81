package jam

import (
	"fmt"
	"maps"
	"slices"
)

// Config returns what templates written for Hugo ask of a site's configuration: Services.RSS.Limit is the limit of
// feeds, -1 for none. Of all else nothing is set.
func (s *Site) Config() map[string]any {
	limit := s.v.read(settingFeed).feedLimit()
	services, privacy := make(map[string]any), make(map[string]any)
	for _, name := range []string{"Disqus", "GoogleAnalytics", "Instagram", "Vimeo", "X", "YouTube"} {
		services[name], privacy[name] = map[string]any{}, map[string]any{}
	}
	services["RSS"] = map[string]any{"Limit": max(limit, -1)}
	return map[string]any{"Services": services, "Privacy": privacy}
}

// Param returns the site's parameter of that name, or nil. Dots lead into maps; case is ignored.
func (s *Site) Param(name string) any {
	s.v.note(depSiteParam, s.local.Code, dotted(name))
	v, _ := lookupParam(s.local.Params, name)
	return v
}

// paramAt returns the parameter of a key, as it is spelled.
func (s *Site) paramAt(key string) any {
	s.v.note(depSiteParam, s.local.Code, key)
	return s.local.Params[key]
}

// MainSections returns the names of the sections that hold what the site is about: those of the
// parameter mainSections, or else the section that has the most pages, if there is one.
// What it returns is among the Params, too.
func (s *Site) MainSections() []string {
	switch list := s.Param(mainSections).(type) {
	case string:
		return []string{list}
	case []string:
		return slices.Clone(list)
	case []any:
		out := make([]string, len(list))
		for i, v := range list {
			out[i] = fmt.Sprint(v)
		}
		return out
	}
	return nil
}

const mainSections = "mainSections"

// addMainSections fills in the parameter mainSections. Of sections with equally many
// pages, the first by name is taken.
func (l *loader) addMainSections() {
	for _, lc := range l.snap.locals {
		if _, ok := lookupFold(lc.Params, mainSections); ok {
			continue
		}
		count := l.countSections(lc)
		var most string
		for _, section := range slices.Sorted(maps.Keys(count)) {
			if most == "" || count[section] > count[most] {
				most = section
			}
		}
		if most != "" {
			lc.Params = maps.Clone(lc.Params)
			if lc.Params == nil {
				lc.Params = make(map[string]any)
			}
			lc.Params[mainSections] = []string{most}
		}
	}
}

// countSections returns how many pages there are in each section.
func (l *loader) countSections(lc *local) map[string]int {
	in := make([]bool, len(l.snap.pages))
	for _, id := range lc.regular.ids {
		in[id] = true
	}
	count := make(map[string]int)
	section, n := "", 0
	for id, d := range l.snap.pages { // which come in order of their paths
		if !in[id] {
			continue
		}
		if s := d.section(); s != section {
			count[section] += n
			section, n = s, 0
		}
		n++
	}
	count[section] += n
	delete(count, "")
	return count
}

// BuildDrafts reports whether drafts are included; see [Config.Drafts].
func (s *Site) BuildDrafts() bool { return s.v.read(settingDrafts).Drafts }

// IsDefault reports whether the site is in its own language, [Config.Language].
func (s *Site) IsDefault() bool { return s.local == s.local.snap.main }
