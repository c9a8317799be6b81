package feeds

import "time"

const (
	atomHeader   = xmlHeader + `<feed xmlns="http://www.w3.org/2005/Atom"`
	mediaAttr    = ` xmlns:media="http://search.yahoo.com/mrss/"`
	atomLinkSelf = `<link rel="self" type="application/atom+xml"`
	atomLinkPage = `<link rel="alternate" type="text/html"`
)

// AppendAtom appends the feed in Atom 1.0 (RFC 4287). The errors beside those
// of every format: an ID that is no absolute URL or URN, an item without a
// date, without both content and URL, or without an author in item and feed.
func AppendAtom(dst []byte, f *Feed) ([]byte, error) {
	more := func(c *checker, it *Item) { checkAtom(c, f, it) }
	if err := checkFeed("Atom", f, more); err != nil {
		return dst, err
	}
	dst = append(dst, atomHeader...)
	if hasImages(f) {
		dst = append(dst, mediaAttr...)
	}
	dst = appendAttr(dst, "xml:lang", f.Language)
	dst = append(dst, ">\n"...)
	dst = appendElement(dst, "title", f.Title)
	dst = appendElement(dst, "subtitle", f.Description)
	dst = appendElement(dst, "id", f.id())
	if f.FeedURL != "" {
		dst = appendLink(dst, atomLinkSelf, f.FeedURL)
	}
	dst = appendLink(dst, atomLinkPage, f.URL)
	dst = appendTime(dst, "updated", f.updated(), time.RFC3339)
	dst = appendAuthors(dst, f.Authors)
	dst = appendElement(dst, "rights", f.Copyright)
	dst = appendElement(dst, "generator", f.Generator)
	dst = appendElement(dst, "icon", f.Icon)
	dst = appendElement(dst, "logo", f.Image)
	for i := range f.Items {
		dst = appendEntry(dst, f, &f.Items[i])
	}
	return append(dst, "</feed>\n"...), nil
}

func checkAtom(c *checker, f *Feed, it *Item) {
	if it == nil {
		c.url("ID", f.ID, false)
		if f.updated().IsZero() {
			c.add("it needs Updated, or items with dates")
		}
		return
	}
	c.url("ID", it.ID, false)
	if it.updated().IsZero() {
		c.add("it needs a date")
	}
	if blank(it.ContentHTML) && it.URL == "" {
		c.add("it needs a content or a URL")
	}
	if len(it.Authors) == 0 && len(f.Authors) == 0 {
		c.add("it needs an author, or the feed does")
	}
}

func hasImages(f *Feed) bool {
	for i := range f.Items {
		if f.Items[i].Image != "" {
			return true
		}
	}
	return false
}

func appendEntry(dst []byte, f *Feed, it *Item) []byte {
	dst = append(dst, "<entry"...)
	if it.Language != f.Language {
		dst = appendAttr(dst, "xml:lang", it.Language)
	}
	dst = append(dst, ">\n<title>"...)
	dst = appendText(dst, it.Title, &forXML)
	dst = append(dst, "</title>\n"...)
	dst = appendElement(dst, "id", it.id())
	if it.URL != "" {
		dst = appendLink(dst, atomLinkPage, it.URL)
	}
	if e := it.Enclosure; e != nil {
		dst = append(dst, `<link rel="enclosure"`...)
		dst = appendAttr(dst, "type", e.Type)
		dst = appendLength(dst, e.Length)
		dst = appendLink(dst, "", e.URL)
	}
	dst = appendTime(dst, "published", it.Published, time.RFC3339)
	dst = appendTime(dst, "updated", it.updated(), time.RFC3339)
	dst = appendAuthors(dst, it.Authors)
	for _, c := range it.Categories {
		if blank(c) {
			continue
		}
		dst = append(dst, "<category"...)
		dst = appendAttr(dst, "term", c)
		dst = append(dst, "/>\n"...)
	}
	dst = appendElement(dst, "summary", it.Summary)
	if !blank(it.ContentHTML) {
		dst = append(dst, `<content type="html">`...)
		dst = appendCDATA(dst, it.ContentHTML)
		dst = append(dst, "</content>\n"...)
	}
	dst = appendThumbnail(dst, it.Image)
	return append(dst, "</entry>\n"...)
}

// appendLink appends the start of a link element and completes it.
func appendLink(dst []byte, start, href string) []byte {
	dst = append(dst, start...)
	dst = appendAttr(dst, "href", href)
	return append(dst, "/>\n"...)
}

func appendAuthors(dst []byte, people []Person) []byte {
	for i := range people {
		p := &people[i]
		dst = append(dst, "<author>\n"...)
		dst = appendElement(dst, "name", p.label())
		dst = appendElement(dst, "uri", p.URL)
		dst = appendElement(dst, "email", p.Email)
		dst = append(dst, "</author>\n"...)
	}
	return dst
}
