package jam

import "github.com/jam-go/jam/internal/digest"

// Settings that renders read. Others show in what is loaded, or are the same for all that a cache keeps; see seen.
const (
	settingTitle          = "title"
	settingParams         = "params"
	settingCopyright      = "copyright"
	settingLastmod        = "lastmod"
	settingLanguage       = "language" // but for its parameters
	settingLanguageParams = "parameters of the language"
	settingFolder         = "folder" // of the language
	settingSearch         = "search index"
	settingTaxonomies     = "taxonomies" // their names

	// Those of all languages:
	settingBaseURL  = "base URL"
	settingBasePath = "base path"
	settingFeed     = "feed options"
	settingSitemap  = "sitemap options"
	settingDrafts   = "drafts"
)

// settingSum adds what a setting is.
func (lc *local) settingSum(h digest.Hash, name string) digest.Hash {
	set := lc.snap.set
	switch name {
	case settingTitle:
		return h.String(lc.Title)
	case settingParams:
		return h.Value(lc.Params)
	case settingCopyright:
		return h.String(set.Copyright)
	case settingLanguage:
		l := lc.Language
		l.Params = nil
		_, says := lookupFold(lc.Language.Params, mainSections) // which is among the site's anyway
		return h.Value(l).Bool(l.own).Bool(says)
	case settingLanguageParams:
		return h.Value(lc.Language.Params)
	case settingFolder:
		return h.String(lc.prefix)
	case settingSearch:
		if lc.search != nil {
			h = h.Bool(true).String(lc.search.dir)
		}
		return h
	case settingTaxonomies:
		return h.Strings(lc.plurals)
	case settingBaseURL:
		return h.String(set.BaseURL)
	case settingBasePath:
		return h.String(set.basePath)
	case settingFeed:
		return h.Value(set.Feed)
	case settingSitemap:
		return h.Value(set.Sitemap)
	case settingDrafts:
		return h.Bool(set.Drafts)
	}
	return h.Time(lc.lastmod)
}

// read returns the site after noting that a setting of it is read.
func (s *Site) read(setting string) *local {
	s.v.note(depSite, s.local.Code, setting)
	return s.local
}

// read returns the settings after noting that one of them is read.
func (v *view) read(setting string) *settings {
	v.note(depSite, "", setting)
	return v.snap.set
}

// absolute is settings.absolute, noted.
func (v *view) absolute(rel string) string {
	if rel == "" {
		return ""
	}
	return v.read(settingBaseURL).absolute(rel)
}

// basePath returns the path part of the site's URL, which is noted.
func (v *view) basePath() string { return v.read(settingBasePath).basePath }

// relURL is settings.relURL, noted.
func (v *view) relURL(u string) string {
	if isAbsoluteURL(u) {
		return v.read(settingBaseURL).relURL(u)
	}
	return v.read(settingBasePath).relURL(u)
}

// absURL is settings.absURL, noted.
func (v *view) absURL(u string) string {
	if isAbsoluteURL(u) {
		return u
	}
	return v.read(settingBaseURL).absURL(u)
}
