package jam

import (
	"html/template"
	"log/slog"
	"maps"
	"net/url"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jam-go/jam/internal/digest"
	"github.com/jam-go/jam/internal/glob"
	"github.com/jam-go/jam/internal/suggest"
)

// Config says how a site is loaded and built. The zero value of every field
// works, and so does a nil *Config. Load copies it, with its lists and maps: a
// Config may be changed and used again afterwards.
type Config struct {
	// BaseURL is the absolute URL of the site's root, such as
	// "https://example.org/" or, for a site below a path,
	// "https://example.org/docs/". It must have a scheme and a host.
	// When it is empty, permanent links are paths from the server's root.
	BaseURL string

	// Title is the site's title.
	Title string

	// Language is the site's own language as a BCP 47 tag, such as "en" or
	// "pt-BR". Default: the first of Languages, or else "en".
	Language string

	// Languages are the languages of a site that has several, Language among
	// them. See the package documentation, "Languages".
	Languages []Language

	// Params are the site's own parameters, for templates.
	Params map[string]any

	// ContentDir is the folder of the tree that holds the content.
	// Default: "content".
	ContentDir string

	// Sources give documents besides the tree's content folder. When several
	// have a document of the same path, the last one wins.
	Sources []Source

	// Collections declare typed front matter; see [Collection].
	Collections []Schema

	// Renderer renders pages. Default: the templates in the tree's layouts
	// folder, or [PlainTheme] when there are none for pages.
	Renderer Renderer

	// Funcs are functions for the templates in the tree's layouts folder, in
	// addition to the built-in ones, which they may replace. [Templates]
	// takes its own.
	Funcs template.FuncMap

	// Markdown sets how Markdown is rendered.
	Markdown Markdown

	// Shortcodes are functions that make the output of shortcodes, by their names. They go before the
	// templates in layouts/_shortcodes, and these before the built-in ones.
	Shortcodes map[string]ShortcodeFunc

	// Minify sets what is minified: everything, by default.
	Minify Minify

	// Generators make pages and files of what is loaded; see [Generator].
	Generators []Generator

	// Taxonomies are the plural names of the front matter keys that classify
	// pages; each has a page at its name, and its terms have pages below.
	// Default: "tags" and "categories", each if some page has such terms. An
	// empty slice that is not nil means none.
	Taxonomies []string

	// Pagination divides lists into several files. The key is a list's path,
	// such as "/posts", or the kind of lists: "home", "section", "taxonomy"
	// or "term". A path goes before a kind, and what the list's own front
	// matter says before both.
	Pagination map[string]Pagination

	// Cascade gives pages front matter that they don't have themselves, like
	// the key cascade of the sections above, which goes before it. Of
	// several values for a key the first holds.
	Cascade []Cascade

	// FrontMatterKeys gives keys of the front matter the meaning of predefined
	// ones: {"permalink": "url", "template": "layout"}.
	FrontMatterKeys map[string]string

	// FileNameDates takes the date and the slug of a page that has none from the
	// name of its file or folder, where it begins with a date: 2026-03-01-hello.md.
	FileNameDates bool

	// Menus are the menus by name, with the entries that are not in the front
	// matter of pages. See the package documentation, "Menus".
	Menus map[string][]MenuEntry

	// SectionMenu names a menu to which each section of the top level is added,
	// unless an entry leads there already. Default: none.
	SectionMenu string

	// Related says which pages are related; see [Page.Related].
	Related Related

	// Redirects lead from former URLs, besides the front matter's aliases.
	Redirects []Redirect

	// NoRedirectFiles leaves out the files that redirect visitors. They may
	// be left to the server, which can be set up from [Site.Redirects].
	NoRedirectFiles bool

	// Outputs says in which formats pages are written, by their kind: "home", "section", "page",
	// "taxonomy", "term" or "404". The first that is HTML, or else the first, is at the page's URL. The
	// front matter's outputs goes before it. Default: HTML; and with a BaseURL the home page,
	// sections and terms have RSS feeds too, if there are dated pages, and the site a sitemap.
	// Files of these defaults give way to others of the same name.
	Outputs map[string][]string

	// OutputFormats are formats besides those that [OutputFormat] lists.
	OutputFormats []OutputFormat

	// Feed sets what is in feeds.
	Feed Feed

	// Sitemap is what the sitemap says of pages whose front matter says nothing, and its
	// file's name. A zero priority is left out.
	Sitemap SitemapOptions

	// Copyright is the site's copyright notice, for templates and feeds.
	Copyright string

	// Permalinks gives pages of a section other URLs. The key is a
	// section's path, such as "posts" or "docs/guides"; the deepest one that
	// holds the page applies. For lists, the key begins with their kind:
	// "section:docs", "taxonomy:tags", "term:tags". The value is a pattern such as
	// "/:year/:month/:slug/". See the package documentation, "URLs".
	Permalinks map[string]string

	// Permalink, when set, gives pages and lists other URLs: it returns the path
	// from the root of the page's language, taken as the front matter's url is,
	// or "" for the usual one. The front matter's url goes before it. It is called
	// for one page after another, when no page's URL is known yet.
	Permalink func(p *Page) string

	// UglyURLs gives regular pages URLs like /posts/x.html in place of /posts/x/.
	UglyURLs bool

	// NoBundles makes index.md the text of its folder's section, as _index.md
	// is, and pages of the other texts beside it, as Jekyll and Eleventy do.
	NoBundles bool

	// Drafts, Future and Expired include pages that are otherwise left
	// out: those marked draft, those whose publishing date (publishDate, or
	// else date) is yet to come, and those whose expiryDate has passed.
	Drafts, Future, Expired bool

	// Strict turns warnings, such as those of broken links, into errors.
	Strict bool

	// Ignore lists patterns of content and static files to leave out, such
	// as "drafts/**" or "**/*.psd". Names that end with "~", and in the
	// content those that begin with a dot, are always left out.
	Ignore []string

	// Location is the time zone of dates that name none. Default: UTC.
	Location *time.Location

	// Now is the clock by which pages are future or expired. Default: time.Now.
	Now func() time.Time

	// Workers is the number of goroutines that load and render.
	// Default: runtime.GOMAXPROCS(0). The output does not depend on it.
	Workers int

	// Memory is how many bytes of texts and of rendered content a site keeps, so
	// that they need not be read from files or rendered again. Default: 8 MiB; with -1
	// nothing is kept. The output does not depend on it. A file that is read again must
	// not have changed: its page fails then, until the site is loaded again.
	Memory int64

	// Limits bound what the site may cost. The defaults are far above what sites need.
	Limits Limits

	// Cache keeps what builds learn between one process and the next, so that a new process makes only those files that
	// a change reaches. It holds for one program, and for one configuration of what everything depends on: functions, Markdown,
	// Minify, languages, dates. Which files other settings reach is found out. What the program's own functions depend on besides
	// pages and sites, such as flags and environment variables, must be in CacheKey, and likewise settings of objects
	// whose methods are among Funcs, Shortcodes or the functions of Markdown. A Renderer and extensions of Markdown tell
	// theirs if they are a [CacheKeyer], as those of this module are. Default: none.
	Cache Cache

	// CacheKey tells apart what the same program keeps in a Cache when it is called in different ways, or with functions that depend on
	// different settings.
	CacheKey string

	// Progress, when set, is told how loading and building advance. For one
	// Site, calls are made one at a time, from any goroutine.
	Progress func(Event)

	blind blindness // for tests

	// Logger gets debug messages, and errors with the stacks of panics.
	// Default: none.
	Logger *slog.Logger
}

// Event reports the progress of loading or building.
type Event struct {
	// Phase is "load" or "build".
	Phase string
	// Done of Total documents or files are finished.
	Done, Total int
}

// settings is a checked copy of a Config, with defaults filled in.
type settings struct {
	Config
	given      Config   // before defaults are filled in, for Reload
	base       *url.URL // nil when BaseURL is empty
	basePath   string   // path prefix with slashes at both ends
	ignore     []glob.Glob
	untrusted  []glob.Glob
	locales    []*locale         // one at least
	main       *locale           // the site's own
	keys       map[string]string // FrontMatterKeys, in lower case
	formats    map[string]*format
	outputs    map[string]outputSet // by kind
	progressMu sync.Mutex

	languagesDeclared, taxonomiesDeclared bool
}

// progress tells the caller how far a phase has come.
func (s *settings) progress(phase string, done *int, total int) {
	if s.Progress == nil {
		return
	}
	s.progressMu.Lock()
	defer s.progressMu.Unlock()
	*done++
	s.Progress(Event{Phase: phase, Done: *done, Total: total})
}

func (c *Config) settle() (*settings, []*Error) {
	s := settings{Config: c.clone()}
	s.given = c.clone() // what the site gives away is not what Reload is given
	s.setDefaults()
	var twice []*Error
	s.Permalinks, twice = byTrimmed("Permalinks", s.Permalinks, func(key string) string { return strings.Trim(key, "/") })
	var more []*Error
	s.Pagination, more = byTrimmed("Pagination", s.Pagination, func(key string) string {
		return key[:min(len(key), 1)] + strings.TrimSuffix(key[min(len(key), 1):], "/")
	})
	errs := slices.Concat(twice, more, s.settleBase(), s.settleLanguages(), s.settleKeys(), s.settlePagination(), s.settleRelated(),
		s.settleOutputs(), s.settleFeeds())
	for _, p := range s.Ignore {
		g, err := glob.Compile(p)
		if err != nil {
			errs = append(errs, &Error{Op: "config", Err: err})
		}
		s.ignore = append(s.ignore, g)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Shortcodes)) {
		if s.Shortcodes[name] == nil {
			errs = append(errs, errorAt("config", "", "Shortcodes[%q] is nil", name))
		}
	}
	for _, loc := range s.locales {
		loc.reads = digest.Hash(0).Strings(slices.Sorted(maps.Keys(loc.known))).Value(s.keys).Sum()
	}
	errs = append(errs, s.settleUntrusted()...)
	errs = append(errs, s.Markdown.check()...)
	errs = append(errs, checkPermalinks(s.Permalinks)...)
	return &s, errs
}

// byTrimmed returns a map of the configuration by its keys as they are looked up, and
// refuses two that mean the same.
func byTrimmed[V any](field string, given map[string]V, trim func(string) string) (map[string]V, []*Error) {
	out := make(map[string]V, len(given))
	first := make(map[string]string, len(given))
	var errs []*Error
	for _, key := range slices.Sorted(maps.Keys(given)) {
		short := trim(key)
		if other, ok := first[short]; ok {
			errs = append(errs, errorAt("config", "", "%s[%q]: means the same as %q", field, key, other))
			continue
		}
		first[short], out[short] = key, given[key]
	}
	return out, errs
}

func (s *settings) setDefaults() {
	s.languagesDeclared, s.taxonomiesDeclared = s.Languages != nil, s.Taxonomies != nil
	if s.ContentDir == "" {
		s.ContentDir = "content"
	}
	if s.Taxonomies == nil {
		s.Taxonomies = []string{"tags", "categories"}
	}
	if s.Markdown.TOC.Start == 0 {
		s.Markdown.TOC.Start = 2
	}
	if s.Markdown.TOC.End == 0 {
		s.Markdown.TOC.End = max(3, s.Markdown.TOC.Start)
	}
	if s.Location == nil {
		s.Location = time.UTC
	}
	if s.Now == nil {
		s.Now = time.Now
	}
	s.Limits = s.Limits.settle()
	if s.Memory == 0 {
		s.Memory = defaultMemory
	}
	if s.Workers <= 0 {
		s.Workers = runtime.GOMAXPROCS(0)
	}
	if s.Logger == nil {
		s.Logger = slog.New(slog.DiscardHandler)
	}
}

func (s *settings) settleBase() []*Error {
	s.basePath = "/"
	if s.BaseURL == "" {
		return nil
	}
	u, err := url.Parse(s.BaseURL)
	switch {
	case err != nil:
		return []*Error{errorAt("config", "", "BaseURL: %w", err)}
	case u.Scheme == "" || u.Host == "":
		return []*Error{errorAt("config", "", "BaseURL %q: want an absolute URL such as https://example.org/", s.BaseURL)}
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return []*Error{errorAt("config", "", "BaseURL %q: want no query and no fragment", s.BaseURL)}
	}
	if clean := path.Clean("/" + u.Path); strings.TrimSuffix(u.Path, "/") != strings.TrimSuffix(clean, "/") {
		return []*Error{errorAt("config", "", "BaseURL %q: want a path without . and .. and empty elements", s.BaseURL)}
	}
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
		u.RawPath = ""
	}
	s.base, s.basePath, s.BaseURL = u, u.Path, u.String()
	return nil
}

// canonical returns the name of a front matter key, by which what it means is looked up.
func (s *settings) canonical(key string) string {
	key = strings.ToLower(key)
	if known := s.keys[key]; known != "" {
		return known
	}
	return key
}

// settleKeys checks FrontMatterKeys.
func (s *settings) settleKeys() []*Error {
	var errs []*Error
	s.keys = make(map[string]string, len(s.FrontMatterKeys))
	for _, key := range slices.Sorted(maps.Keys(s.FrontMatterKeys)) {
		known := strings.ToLower(s.FrontMatterKeys[key])
		if metaFields[known] == nil {
			errs = append(errs, errorAt("config", "", "FrontMatterKeys[%q]: %q is no predefined key%s", key,
				s.FrontMatterKeys[key], suggest.DidYouMean(s.FrontMatterKeys[key], knownKeys)))
		}
		s.keys[strings.ToLower(key)] = known
	}
	return errs
}

// ignored tells whether a file of content is left out.
func (s *settings) ignored(name string) bool {
	for elem := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(elem, ".") {
			return true
		}
	}
	return s.ignoredStatic(name)
}

// ignoredStatic is ignored for static files, of which those whose names begin
// with a dot have their uses, such as .well-known and .nojekyll.
func (s *settings) ignoredStatic(name string) bool {
	for elem := range strings.SplitSeq(name, "/") {
		switch {
		case strings.HasSuffix(elem, "~"), elem == "_content.gotmpl", elem == ".git", elem == ".DS_Store", elem == ".jam":
			return true
		}
	}
	for _, g := range s.ignore {
		if g.Match(name) {
			return true
		}
	}
	return false
}
