package jam

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/jam-go/jam/internal/filename"
	"github.com/jam-go/jam/internal/suggest"
)

// Language is a language of a site; see [Config.Languages]. Only Code must be set.
type Language struct {
	// Code names the language by its BCP 47 tag, such as "en" or "pt-BR". Files of
	// content, templates and tables of translations have it in their names.
	Code string

	// Locale is the BCP 47 tag by which dates and numbers are written, and plural
	// forms are chosen; it is for the lang attribute, too. Default: Code.
	Locale string

	// Name is the language's name, for people, such as "Português". Default: Code.
	Name string

	// Dir is the direction of its script: "ltr" or "rtl". Default: that of the Locale.
	Dir string

	// Title is the site's title in this language. Default: [Config.Title].
	Title string

	// Params are the site's parameters in this language. They are laid over
	// [Config.Params], and maps in them over maps.
	Params map[string]any

	// Menus stand in for [Config.Menus], if not nil.
	Menus map[string][]MenuEntry

	// Taxonomies stand in for [Config.Taxonomies], if not nil.
	Taxonomies []string

	// ContentDir is the folder of the tree with the content of this language
	// alone. Default: the content is in [Config.ContentDir], in files with the
	// Code in their names, such as about.de.md; those of the site's own
	// language may be without.
	ContentDir string

	// Path is the folder of the output; "/" stands for the root. Default: the
	// Code in lower case, but for the site's own language the root.
	Path string

	own bool // the site's own language
}

// IsDefault reports whether it is the site's own language.
func (l Language) IsDefault() bool { return l.own }

// Lang returns the Code, by the name that templates know.
func (l Language) Lang() string { return l.Code }

// LanguageCode returns the Locale, by the name that templates know.
func (l Language) LanguageCode() string { return l.Locale }

// LanguageName returns the Name, by the name that templates know.
func (l Language) LanguageName() string { return l.Name }

// Label returns the Name, by the name that templates know.
func (l Language) Label() string { return l.Name }

// LanguageDirection returns Dir, by the name that templates know.
func (l Language) LanguageDirection() string { return l.Dir }

// Direction returns Dir, by the name that templates know.
func (l Language) Direction() string { return l.Dir }

// String returns the Code.
func (l Language) String() string { return l.Code }

// locale is the configuration of one language.
type locale struct {
	Language  // with defaults filled in
	index     int
	tag       language.Tag
	collation *collation
	prefix    string          // of output files: "" or "de/"
	plurals   []string        // the taxonomies
	declared  bool            // whether these are the user's, not the default ones
	known     map[string]bool // the same, by name in lower case
	reads     uint64          // checksum of how front matter is read
}

// settleLanguages fills in the languages' defaults. There is always at least one.
func (s *settings) settleLanguages() []*Error {
	var errs []*Error
	declared := slices.Clone(s.Languages)
	if len(declared) == 0 {
		if s.Language == "" {
			s.Language = "en"
		}
		declared = []Language{{Code: s.Language}}
	}
	if s.Language == "" {
		s.Language = declared[0].Code
	}
	s.Languages = make([]Language, len(declared))
	errs = append(errs, s.settleTaxonomies()...)
	seen := make(map[string]bool)
	for i, l := range declared {
		at := "Language"
		if len(declared) > 1 || l.Code != s.Language {
			at = fmt.Sprintf("Languages[%d]", i)
		}
		loc := &locale{Language: l, index: i}
		errs = append(errs, s.settleLanguage(loc, at)...)
		if key := strings.ToLower(l.Code); seen[key] {
			errs = append(errs, errorAt("config", "", "%s: the language %q is declared twice", at, l.Code))
		} else {
			seen[key] = true
		}
		if loc.own = strings.EqualFold(l.Code, s.Language); loc.own {
			s.main = loc
		}
		s.locales = append(s.locales, loc)
		s.Languages[i] = loc.Language
	}
	if s.main == nil {
		errs = append(errs, errorAt("config", "", "Language %q is not among Languages%s", s.Language,
			suggest.DidYouMean(s.Language, s.codes())))
		s.main = s.locales[0]
	}
	return append(errs, s.settleFolders()...)
}

func (s *settings) settleLanguage(loc *locale, at string) []*Error {
	var errs []*Error
	if loc.Locale == "" {
		loc.Locale = loc.Code
	}
	loc.Locale = strings.ReplaceAll(loc.Locale, "_", "-")
	if _, err := language.Parse(loc.Code); err != nil {
		errs = append(errs, errorAt("config", "", "%s %q: %w", at, loc.Code, err))
	} else if loc.tag, err = language.Parse(loc.Locale); err != nil {
		errs = append(errs, errorAt("config", "", "%s: Locale %q: %w", at, loc.Locale, err))
	}
	loc.collation = &collation{tag: loc.tag}
	switch loc.Dir {
	case "":
		loc.Dir = direction(loc.tag)
	case "ltr", "rtl":
	default:
		errs = append(errs, errorAt("config", "", "%s: Dir %q: want ltr or rtl", at, loc.Dir))
	}
	if loc.Name == "" {
		loc.Name = loc.Code
	}
	if loc.Title == "" {
		loc.Title = s.Title
	}
	loc.Params = overlay(s.Params, loc.Params)
	loc.Menus = maps.Clone(loc.Menus)
	loc.plurals, loc.declared = slices.Clone(loc.Language.Taxonomies), loc.Language.Taxonomies != nil
	if !loc.declared {
		loc.plurals, loc.declared = s.Taxonomies, s.taxonomiesDeclared
	}
	loc.known = make(map[string]bool, len(loc.plurals))
	for i, name := range loc.plurals {
		if err := checkTaxonomy(name, loc.plurals[:i]); err != nil && loc.Language.Taxonomies != nil {
			errs = append(errs, errorAt("config", "", "%s: Taxonomies: %q: %w", at, name, err))
		}
		loc.known[strings.ToLower(name)] = true
	}
	loc.Language.Taxonomies = loc.plurals
	return errs
}

// settleTaxonomies checks those of the site.
func (s *settings) settleTaxonomies() []*Error {
	var errs []*Error
	for i, name := range s.Taxonomies {
		if err := checkTaxonomy(name, s.Taxonomies[:i]); err != nil {
			errs = append(errs, errorAt("config", "", "Taxonomies: %q: %w", name, err))
		}
	}
	return errs
}

// settleFolders says in which folder each language is, and refuses two in one.
func (s *settings) settleFolders() []*Error {
	var errs []*Error
	taken, content := make(map[string]*locale), make(map[string]*locale)
	for _, loc := range s.locales {
		errs = append(errs, s.settlePrefix(loc)...)
		if other := taken[foldPath(loc.prefix)]; other != nil && !strings.EqualFold(other.Code, loc.Code) {
			errs = append(errs, errorAt("config", "", "language %s: Path %q is that of the language %s", loc.Code, loc.Path, other.Code))
			loc.prefix = strings.ToLower(loc.Code) + "/"
		}
		taken[foldPath(loc.prefix)] = loc
		loc.Path = cmp.Or(strings.TrimSuffix(loc.prefix, "/"), "/")
		s.Languages[loc.index].Path = loc.Path
		if loc.ContentDir == "" {
			continue
		}
		dir := path.Clean(loc.ContentDir)
		if other := content[dir]; other != nil {
			errs = append(errs, errorAt("config", "", "Languages[%d]: ContentDir %q is that of the language %s", loc.index, loc.ContentDir, other.Code))
		}
		content[dir] = loc
	}
	return errs
}

// warnOfLanguages tells of files whose names seem to have a language that is not declared.
func (l *loader) warnOfLanguages() {
	if !l.set.languagesDeclared {
		return
	}
	for _, it := range l.items {
		base := baseName(it.path)
		code := strings.TrimPrefix(path.Ext(base), ".")
		if !it.page || len(code) < 2 || it.root() != "" {
			continue
		}
		stem := strings.TrimSuffix(it.path, path.Ext(it.path))
		plain := strings.TrimSuffix(stem, "."+code) + path.Ext(it.path)
		if _, err := language.Parse(code); err != nil || l.snap.main.bySource[plain] == nil {
			continue
		}
		_, logical := l.set.place(it)
		l.warn(errorAt("read", it.doc.name, "the language %q is not among Languages: the page is %s", code, logical))
	}
}

// settlePrefix says in which folder of the output the language's files are.
func (s *settings) settlePrefix(loc *locale) []*Error {
	dir := loc.Path
	switch {
	case dir == "" && loc != s.main:
		dir = strings.ToLower(loc.Code)
	case dir == "/":
		dir = ""
	}
	dir = strings.Trim(dir, "/")
	if dir == "" {
		return nil
	}
	if err := filename.Check(dir); err != nil || path.Clean(dir) != dir {
		loc.prefix = strings.ToLower(loc.Code) + "/"
		return []*Error{errorAt("config", "", "language %s: Path %q is no valid folder", loc.Code, loc.Path)}
	}
	loc.prefix = dir + "/"
	return nil
}

func (s *settings) codes() []string {
	var codes []string
	for _, loc := range s.locales {
		codes = append(codes, loc.Code)
	}
	return codes
}

// localeOf returns the language of that code, or nil.
func (s *settings) localeOf(code string) *locale {
	for _, loc := range s.locales {
		if strings.EqualFold(loc.Code, code) {
			return loc
		}
	}
	return nil
}

func (s *settings) suggestLanguage(code string) string { return suggest.DidYouMean(code, s.codes()) }

// multilingual tells whether there is more than one language.
func (s *settings) multilingual() bool { return len(s.locales) > 1 }

// overlay lays one map over another, and maps in it over maps, and returns a new one.
func overlay(under, over map[string]any) map[string]any {
	out := make(map[string]any, len(under)+len(over))
	maps.Copy(out, under)
	for k, v := range over {
		if sub, ok := v.(map[string]any); ok {
			if below, ok := out[k].(map[string]any); ok {
				v = overlay(below, sub)
			}
		}
		out[k] = v
	}
	return out
}

func direction(tag language.Tag) string {
	switch script, _ := tag.Script(); script.String() {
	case "Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa":
		return "rtl"
	}
	return "ltr"
}
