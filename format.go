package jam

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/filename"
	"github.com/jam-go/jam/internal/suggest"
)

// OutputFormat is a form in which pages are written: HTML, a feed, JSON. [Config.Outputs] and the
// front matter's outputs say which pages have which.
//
// These are there already; an entry of [Config.OutputFormats] with one of their names replaces it:
//
//	html      index.html       the page
//	rss       index.xml        RSS 2.0 feed of a list
//	atom      atom.xml         Atom feed of a list
//	jsonfeed  feed.json        JSON Feed 1.1 of a list
//	json      index.json       the page, or the list, as data
//	txt       index.txt        the page's text
//	markdown  index.md         the page as Markdown
//	sitemap   sitemap.xml      of the whole site, by the home page
//	robots    robots.txt       of the whole site, by the home page
//	llms      llms.txt         an index for language models, by the home page
//	search    search-index/…   the search index, by the home page
//	amp, calendar, css, csv, webappmanifest: by templates only
//
// A template for the format goes before the built-in form: a page with the format rss is rendered by
// rss.xml, list.rss.xml and so on, where there is one.
type OutputFormat struct {
	// Name is what outputs calls the format. Case is ignored.
	Name string

	// MediaType is the type of the file, such as "application/json".
	MediaType MediaType

	// Suffix is the file's extension, without a dot. Default: the usual one of the media type.
	Suffix string

	// BaseName is the file's name without the extension. Default: "index".
	BaseName string

	// Path is a folder that the files are in, below the page's own for those of the home page, and before
	// it for others: "amp" makes amp/posts/hello/index.html.
	Path string

	// Rel is the relation that links to the file have. Default: "alternate".
	Rel string

	// NotAlternative leaves the format out of [Page.AlternativeOutputFormats].
	NotAlternative bool

	// Render writes the page in this format. Nil leaves it to the templates, whose
	// lookup has the format's name and suffix, or to [Config.Renderer]. The rules of
	// [Renderer] apply.
	Render func(ctx context.Context, w io.Writer, p *Page) error
}

// MediaType is a media type, such as "text/html", without parameters.
type MediaType string

// String returns the type as it is.
func (m MediaType) String() string { return string(m) }

// Type returns the type as it is, by the name that templates know.
func (m MediaType) Type() string { return string(m) }

// MainType returns the part before the slash.
func (m MediaType) MainType() string {
	main, _, _ := strings.Cut(string(m), "/")
	return main
}

// SubType returns the part after the slash, without a suffix such as +xml.
func (m MediaType) SubType() string {
	_, sub, _ := strings.Cut(string(m), "/")
	sub, _, _ = strings.Cut(sub, "+")
	return sub
}

// format is an output format as it is looked up.
type format struct {
	OutputFormat
	once    bool                                                  // one file for the whole site, by its home page
	dated   bool                                                  // of lists that have dated pages, unless it is asked for
	builtin func(ctx context.Context, w io.Writer, p *Page) error // nil: templates only
}

const formatHTML = "html"

// htmlFormat is what a route without a format has. It never changes.
var htmlFormat = &format{OutputFormat: OutputFormat{
	Name: formatHTML, MediaType: "text/html", Suffix: "html", BaseName: "index", Rel: "canonical",
}}

func builtinFormats() map[string]*format {
	list := []*format{
		{OutputFormat: OutputFormat{Name: "rss", MediaType: "application/rss+xml", Suffix: "xml"}, dated: true, builtin: writeRSS},
		{OutputFormat: OutputFormat{Name: "atom", MediaType: "application/atom+xml", Suffix: "xml", BaseName: "atom"}, dated: true, builtin: writeAtom},
		{OutputFormat: OutputFormat{Name: "jsonfeed", MediaType: "application/feed+json", Suffix: "json", BaseName: "feed"}, dated: true, builtin: writeJSONFeed},
		{OutputFormat: OutputFormat{Name: "json", MediaType: "application/json", Suffix: "json"}, builtin: writeJSON},
		{OutputFormat: OutputFormat{Name: "txt", MediaType: "text/plain", Suffix: "txt"}, builtin: writeText},
		{OutputFormat: OutputFormat{Name: "markdown", MediaType: "text/markdown", Suffix: "md"}, builtin: writeMarkdown},
		{OutputFormat: OutputFormat{Name: "sitemap", MediaType: "application/xml", Suffix: "xml", BaseName: "sitemap", Rel: "sitemap", NotAlternative: true}, once: true},
		{OutputFormat: OutputFormat{Name: "robots", MediaType: "text/plain", Suffix: "txt", BaseName: "robots", NotAlternative: true}, once: true, builtin: writeRobots},
		{OutputFormat: OutputFormat{Name: "llms", MediaType: "text/plain", Suffix: "txt", BaseName: "llms", NotAlternative: true}, builtin: writeLLMs},
		{OutputFormat: OutputFormat{Name: "search", NotAlternative: true}},
		{OutputFormat: OutputFormat{Name: "amp", MediaType: "text/html", Suffix: "html", Path: "amp", Rel: "amphtml"}},
		{OutputFormat: OutputFormat{Name: "calendar", MediaType: "text/calendar", Suffix: "ics"}},
		{OutputFormat: OutputFormat{Name: "css", MediaType: "text/css", Suffix: "css", BaseName: "styles", Rel: "stylesheet", NotAlternative: true}},
		{OutputFormat: OutputFormat{Name: "csv", MediaType: "text/csv", Suffix: "csv"}},
		{OutputFormat: OutputFormat{Name: "webappmanifest", MediaType: "application/manifest+json", Suffix: "webmanifest", BaseName: "manifest", Rel: "manifest", NotAlternative: true}},
	}
	out := map[string]*format{formatHTML: htmlFormat}
	for _, f := range list {
		f.fill()
		out[f.Name] = f
	}
	return out
}

func (f *format) fill() {
	f.Name = strings.ToLower(f.Name)
	if f.BaseName == "" {
		f.BaseName = "index"
	}
	if f.Rel == "" {
		f.Rel = "alternate"
	}
}

// isHTML tells the format that pages have by default.
func (f *format) isHTML() bool { return f.Name == formatHTML }

// outputSet is the formats of a kind of pages.
type outputSet struct {
	formats  []*format
	declared bool // by the configuration
}

// settleOutputs checks OutputFormats and Outputs.
func (s *settings) settleOutputs() []*Error {
	s.formats = builtinFormats()
	errs := s.settleFormats()
	s.outputs = make(map[string]outputSet)
	for _, kind := range kinds {
		s.outputs[kind] = outputSet{formats: s.defaultOutputs(kind)}
	}
	for _, kind := range slices.Sorted(maps.Keys(s.Outputs)) {
		if !slices.Contains(kinds, kind) {
			errs = append(errs, errorAt("config", "", "Outputs[%q]: want a kind of pages%s", kind, suggest.DidYouMean(kind, kinds)))
			continue
		}
		set := outputSet{declared: true}
		for _, name := range s.Outputs[kind] {
			f, err := s.format(name, kind)
			if err != nil {
				errs = append(errs, errorAt("config", "", "Outputs[%q]: %w", kind, err))
			} else if !slices.Contains(set.formats, f) {
				set.formats = append(set.formats, f)
			}
		}
		s.outputs[kind] = set
	}
	return errs
}

// defaultOutputs returns the formats of pages for which nobody has said any. Feeds and
// sitemaps have absolute URLs, so there are none without BaseURL.
func (s *settings) defaultOutputs(kind string) []*format {
	names := []string{formatHTML}
	if s.base != nil {
		switch kind {
		case KindHome:
			names = []string{formatHTML, "rss", "sitemap"}
		case KindSection, KindTerm:
			names = []string{formatHTML, "rss"}
		}
	}
	out := make([]*format, len(names))
	for i, name := range names {
		out[i] = s.formats[name]
	}
	return out
}

func (s *settings) settleFormats() []*Error {
	var errs []*Error
	seen := make(map[string]bool)
	for i, f := range s.OutputFormats {
		name := strings.ToLower(f.Name)
		fail := func(format string, args ...any) {
			errs = append(errs, errorAt("config", "", "OutputFormats[%d] %q: %w", i, f.Name, fmt.Errorf(format, args...)))
		}
		if f.Suffix == "" {
			f.Suffix = suffixOf(f.MediaType)
		}
		own := &format{OutputFormat: f}
		own.fill()
		if known := s.formats[name]; known != nil {
			own.once, own.dated, own.builtin = known.once, known.dated, known.builtin
		}
		switch {
		case name == "":
			fail("Name is missing")
			continue
		case strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "":
			fail("Name: want letters, digits, - and _") // as it is a part of templates' names
		case seen[name]:
			fail("there is another one of this name")
		case name == formatHTML || name == "search" || name == "sitemap":
			fail("this format cannot be replaced")
			continue
		case f.MediaType.MainType() == "" || f.MediaType.SubType() == "":
			fail("MediaType %q: want a type such as application/json", f.MediaType)
		case strings.ContainsAny(string(f.MediaType), "; "):
			fail("MediaType %q: want a type without parameters", f.MediaType)
		case f.Suffix == "":
			fail("Suffix is missing, and %s has no usual one", f.MediaType)
		case strings.HasPrefix(f.Suffix, ".") || strings.Contains(f.Suffix, "/"):
			fail("Suffix %q: want the letters after the dot of a file's name", f.Suffix)
		case strings.Contains(own.BaseName, "/"):
			fail("BaseName %q: want a file's name (the folder is Path)", own.BaseName)
		}
		for _, p := range []string{own.BaseName, own.BaseName + "." + f.Suffix, cleanOr(f.Path, "x")} {
			if err := filename.Check(p); err != nil {
				fail("%w", err)
				break
			}
		}
		seen[name] = true
		s.formats[name] = own
	}
	return errs
}

func cleanOr(p, instead string) string {
	if p = strings.Trim(p, "/"); p == "" {
		return instead
	}
	return p
}

// suffixOf returns the usual extension of a media type: its subtype if that is a short one, and
// else the shortest.
func suffixOf(t MediaType) string {
	if sub := t.SubType(); len(sub) <= 4 && mediaTypes["."+sub] == string(t) {
		return sub
	}
	found := ""
	for ext, of := range mediaTypes {
		ext = ext[1:]
		if of == string(t) && (found == "" || cmp.Or(len(ext)-len(found), strings.Compare(ext, found)) < 0) {
			found = ext
		}
	}
	if _, suffix, ok := strings.Cut(string(t), "+"); found == "" && ok {
		return suffix
	}
	return found
}

// format returns the format of that name for a kind of pages.
func (s *settings) format(name, kind string) (*format, error) {
	f := s.formats[strings.ToLower(name)]
	if f == nil {
		return nil, fmt.Errorf("unknown output format %q%s", name, suggest.DidYouMean(name, slices.Collect(maps.Keys(s.formats))))
	}
	switch f.Name {
	case "sitemap", "robots", "llms", "search":
		if kind != KindHome {
			return nil, fmt.Errorf("%s is a format of the home page, not of the kind %s", f.Name, kind)
		}
	}
	if f.dated && kind != KindHome && kind != KindSection && kind != KindTaxonomy && kind != KindTerm && f.builtin != nil {
		return nil, fmt.Errorf("%s is a format of lists, not of the kind %s", f.Name, kind)
	}
	if s.base == nil && (f.dated || f.Name == "sitemap" || f.Name == "llms") && f.Render == nil {
		return nil, fmt.Errorf("%s %w", f.Name, errNoBaseURL)
	}
	return f, nil
}

var errNoBaseURL = errors.New("needs BaseURL, for its URLs are absolute")

// file returns the file of a page in a format, given the page's own.
func (f *format) file(pageFile, prefix string) string {
	dir, base := path.Split(pageFile)
	name := f.BaseName + "." + f.Suffix
	if base != "index.html" {
		stem := strings.TrimSuffix(base, path.Ext(base))
		name = stem + "." + f.Suffix
		if f.BaseName != "index" {
			name = stem + "." + f.BaseName + "." + f.Suffix
		}
	}
	if f.Path == "" {
		return dir + name
	}
	return prefix + path.Join(f.Path, strings.TrimPrefix(dir, prefix), name)
}
