// Package head writes what the head of an HTML page says about it to search engines, social
// networks and feed readers: description, canonical URL, alternates, feeds, Open Graph
// (https://ogp.me), X cards, and JSON-LD (https://schema.org).
//
// It knows nothing of sites: the caller fills in a [Page]. Fields that are empty, and URLs
// and language tags that are not valid, are left out. Each tag has a line of its own, always
// in the same order. Package rules checks the result.
package head

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/suggest"
)

// Page is what is known about a page. Everything but Title is optional. URLs may be paths
// where that is said; they are made absolute with SiteURL then.
type Page struct {
	Kind        string // home, section, page, taxonomy, term or 404
	Title       string
	SiteTitle   string
	Description string
	Language    string // BCP 47
	Canonical   string // URL or path; without it there is no og:url either
	SiteURL     string // the home page's URL, absolute

	Published, Modified, Expires time.Time

	Images        []Image
	Audio, Videos []string // URLs or paths
	Authors       []Person
	Section       string
	Tags          []string
	Keywords      []string // nil: Tags
	Publisher     *Organization
	Breadcrumbs   []Crumb // from the home page to this one

	Feeds      []Link
	Formats    []Link      // the page in other output formats
	Alternates []Alternate // the page in other languages; itself is added if missing
	Prev, Next string      // URLs or paths of the pagers around this one

	Locale           string   // for og:locale, as en_US; "": from Language
	AlternateLocales []string // the same, or BCP 47

	TwitterSite, TwitterCreator string // user names, with @ or without

	Robots     string         // as "noindex, follow"
	SearchURL  string         // of the search page, with {search_term_string} for the query
	Type       string         // Open Graph type; "": article for pages, else website
	SchemaType string         // schema.org type; "": Article for dated pages, else WebPage or CollectionPage
	Schema     map[string]any // replaces and adds properties of the page's JSON-LD; nil values remove them
}

// Image is a picture that stands for the page.
type Image struct {
	URL           string // or a path
	Alt, Type     string // Type is a media type
	Width, Height int    // pixels; 0 is unknown
}

// Person is an author.
type Person struct{ Name, URL string }

// Organization publishes a site.
type Organization struct{ Name, URL, Logo string }

// Crumb is a step on the way from the home page.
type Crumb struct{ Name, URL string }

// Link is a feed, or the page in another format. Type is a media type; URL may be a path.
type Link struct{ Title, Type, URL string }

// Alternate is the page in another language, a BCP 47 tag. The Default one is for all
// languages that have none.
type Alternate struct {
	Lang, URL string
	Default   bool
}

// parts are what a head consists of, in order.
var parts = []struct {
	name string
	add  func(*writer, *Page)
}{
	{"description", (*writer).description},
	{"keywords", (*writer).keywords},
	{"author", (*writer).author},
	{"robots", (*writer).robots},
	{"canonical", (*writer).canonical},
	{"pager", (*writer).pager},
	{"alternates", (*writer).alternates},
	{"feeds", (*writer).feeds},
	{"formats", (*writer).formats},
	{"opengraph", (*writer).openGraph},
	{"twitter_cards", (*writer).twitter},
	{"schema", (*writer).schema},
}

// Parts returns the names that [Page.AppendPart] knows but title, in the order of [Page.Append].
func Parts() []string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = p.name
	}
	return names
}

// Append appends all tags but the title's. It does not change p, and may be called concurrently.
func (p *Page) Append(dst []byte) []byte {
	w := writer{buf: dst}
	for i := range parts {
		parts[i].add(&w, p)
	}
	return w.buf
}

// AppendPart appends the tags of one part: "title", which [Page.Append] leaves out, or one
// of [Parts]. It fails if there is none of that name.
func (p *Page) AppendPart(dst []byte, name string) ([]byte, error) {
	w := writer{buf: dst}
	if name == "title" {
		w.title(p)
		return w.buf, nil
	}
	for i := range parts {
		if parts[i].name == name {
			parts[i].add(&w, p)
			return w.buf, nil
		}
	}
	names := slices.Insert(Parts(), 0, "title")
	hint := suggest.DidYouMean(name, names)
	if hint == "" {
		hint = "; there are " + strings.Join(names, ", ")
	}
	return dst, fmt.Errorf("no part %q of a page's head%s", name, hint)
}

// HTML returns all tags but the title's.
func (p *Page) HTML() string { return string(p.Append(make([]byte, 0, 3<<10))) }
