// Package feeds writes what machines read of a site: RSS, Atom and JSON feeds,
// sitemaps, robots.txt and llms.txt. Its functions turn values into bytes and
// know nothing of pages. Each Append function appends a whole document to a
// slice, gives the same bytes for the same values, reads its arguments only,
// and may be called concurrently. If a value breaks the format's specification
// it returns the slice as it was and an error that tells of every problem.
package feeds

import (
	"time"

	"github.com/jam-go/jam/internal/feeds/fragment"
)

// A Feed is a list of new items, for any feed format. Texts are plain text:
// characters that a format can't hold are left out. URLs are absolute.
type Feed struct {
	ID          string // Atom's id of the feed, an absolute URL or URN; default: FeedURL, then URL
	URL         string // of the HTML page that the feed belongs to; required
	FeedURL     string // of the feed itself; validators want it
	Title       string // required
	Description string
	Language    string    // BCP 47
	Updated     time.Time // default: the newest date of the items; Atom requires one
	Generator   string
	Copyright   string
	Authors     []Person // Atom requires an author here or in every item
	Icon        string   // URL of a square image
	Image       string   // URL of a wide image, a logo
	Items       []Item
}

// An Item is an entry of a Feed. RSS requires one of Title, Summary and
// ContentHTML, Atom a date.
type Item struct {
	ID          string // unique in the feed and never changed; default: URL
	URL         string // of the item's page
	Title       string
	Published   time.Time
	Updated     time.Time // default: Published
	Summary     string    // plain text
	ContentHTML []byte    // as Absolute returns it; nil if the feed has summaries only
	Authors     []Person  // if others than the feed's
	Categories  []string
	Language    string // if another than the feed's
	Image       string // URL
	Enclosure   *Enclosure
}

// A Person is an author. It needs a name, an address or a URL.
type Person struct {
	Name, Email, URL string
	Avatar           string // URL of an image
}

// An Enclosure is a file that belongs to an item, such as an episode's audio.
type Enclosure struct {
	URL    string
	Type   string // media type
	Length int64  // in bytes
}

// Absolute returns a fragment of HTML as a feed needs it: with absolute URLs, as
// the absolute URL base of its page makes them, and without script elements
// and event attributes. See [fragment.Absolute].
func Absolute(html []byte, base string) []byte {
	return fragment.Absolute(html, base)
}

func (it *Item) id() string {
	if it.ID != "" {
		return it.ID
	}
	return it.URL
}

// updated returns when the item was changed last.
func (it *Item) updated() time.Time {
	if it.Updated.IsZero() {
		return it.Published
	}
	return it.Updated
}

func (f *Feed) id() string {
	switch {
	case f.ID != "":
		return f.ID
	case f.FeedURL != "":
		return f.FeedURL
	}
	return f.URL
}

// updated returns when the feed was changed last.
func (f *Feed) updated() time.Time {
	t := f.Updated
	if t.IsZero() {
		for i := range f.Items {
			if u := f.Items[i].updated(); u.After(t) {
				t = u
			}
		}
	}
	return t
}

// label returns the person's name, or what stands in for it.
func (p *Person) label() string {
	switch {
	case !blank(p.Name):
		return p.Name
	case p.Email != "":
		return p.Email
	}
	return p.URL
}
