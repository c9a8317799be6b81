package jam

import (
	"context"
	"fmt"
)

// TemplateFunctions returns the functions that templates can call, but for those that text/template has itself.
func TemplateFunctions() map[string]any { return PlainTheme().(*templates).engine.Functions() }

// LayoutCandidates lists the files that may be the layout of a page in an output format and a language, "" for any,
// in the order in which they are looked for.
func LayoutCandidates(p *Page, format, lang string) []string {
	q := layoutQuery(p.d, builtinFormats()[format])
	q.Lang = lang
	return p.v.snap.renderer.(*templates).engine.Candidates(q)
}

// Blindnesses are the kinds of recording that can be switched off, by their names.
func Blindnesses() map[string]func(*Config) {
	all := make(map[string]func(*Config))
	for i, name := range facetNames {
		all[fmt.Sprintf("facet %d (%s)", i, name)] = func(c *Config) { c.blind.facets = 1 << i }
	}
	for k := range depKinds {
		all[fmt.Sprintf("dep %d (%s)", k, depKey{kind: k}.describe())] = func(c *Config) { c.blind.deps[k] = true }
	}
	return all
}

// NeedsLoad tells whether Reload has Load make the next site, or say what is wrong.
func NeedsLoad(ctx context.Context, s *Site, changed ...string) bool {
	r := &reloader{ctx: ctx, now: s.v.snap.set.Now(), last: s.v.snap}
	next, err := r.reload(changed)
	return err != nil || next == nil && r.mistakes == nil
}

// SeenSettings are the fields of Config of which a cache need not be thrown away.
func SeenSettings() []string { return seen }

// BlindToSettings makes builds blind to what renders read of the configuration, by the name of a setting.
func BlindToSettings() map[string]func(*Config) {
	all := make(map[string]func(*Config))
	for _, name := range []string{settingTitle, settingParams, settingCopyright, settingLanguage, settingLanguageParams, settingFolder, settingSearch,
		settingTaxonomies, settingBaseURL, settingBasePath, settingFeed, settingSitemap, settingDrafts} {
		all[name] = func(c *Config) { c.blind.dep = depKey{kind: depSite, name: name} }
	}
	return all
}

// Settled returns the limits that hold for those of a Config.
func Settled(l Limits) Limits { return l.settle() }

// PageOfRead returns the number of a page that a record keeps, of which everything is read.
func PageOfRead(id int) int { return int(readOf(pageID(id), 1<<facetBits-1).page()) }
