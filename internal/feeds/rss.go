package feeds

// rssTime is a date of RFC 822 with a year of four digits.
const rssTime = "Mon, 02 Jan 2006 15:04:05 -0700"

const rssHeader = xmlHeader + `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
`

// AppendRSS appends the feed in RSS 2.0, following the RSS Advisory Board's
// specification and its best practices profile. Contents are in
// content:encoded if there are summaries too, and else in the description;
// authors are dc:creator elements. See the package about errors.
func AppendRSS(dst []byte, f *Feed) ([]byte, error) {
	if err := checkFeed("RSS", f, checkRSS); err != nil {
		return dst, err
	}
	dst = append(dst, rssHeader...)
	dst = appendReferences(dst, "title", f.Title, &forPlain)
	dst = appendElement(dst, "link", f.URL)
	description := f.Description
	if blank(description) {
		description = f.Title
	}
	dst = appendReferences(dst, "description", description, &forPlain)
	dst = appendElement(dst, "language", f.Language)
	dst = appendReferences(dst, "copyright", f.Copyright, &forPlain)
	dst = appendEditor(dst, f.Authors)
	dst = appendTime(dst, "lastBuildDate", f.updated(), rssTime)
	dst = appendReferences(dst, "generator", f.Generator, &forPlain)
	dst = appendRSSImage(dst, f)
	if f.FeedURL != "" {
		dst = append(dst, `<atom:link rel="self" type="application/rss+xml"`...)
		dst = appendAttr(dst, "href", f.FeedURL)
		dst = append(dst, "/>\n"...)
	}
	for i := range f.Items {
		dst = appendRSSItem(dst, f, &f.Items[i])
	}
	return append(dst, "</channel>\n</rss>\n"...), nil
}

func checkRSS(c *checker, it *Item) {
	if it != nil && blank(it.Title) && blank(it.Summary) && blank(it.ContentHTML) {
		c.add("RSS requires a title, a summary or a content")
	}
}

// appendEditor appends the author with whom RSS wants an address.
func appendEditor(dst []byte, authors []Person) []byte {
	for i := range authors {
		p := &authors[i]
		if p.Email == "" {
			continue
		}
		dst = append(dst, "<managingEditor>"...)
		dst = appendText(dst, p.Email, &forPlain)
		if !blank(p.Name) {
			dst = append(dst, " ("...)
			dst = appendText(dst, p.Name, &forPlain)
			dst = append(dst, ')')
		}
		return append(dst, "</managingEditor>\n"...)
	}
	return dst
}

func appendRSSImage(dst []byte, f *Feed) []byte {
	url := f.Image
	if url == "" {
		url = f.Icon
	}
	if url == "" {
		return dst
	}
	dst = append(dst, "<image>\n"...)
	dst = appendElement(dst, "url", url)
	dst = appendReferences(dst, "title", f.Title, &forPlain)
	dst = appendElement(dst, "link", f.URL)
	return append(dst, "</image>\n"...)
}

func appendRSSItem(dst []byte, f *Feed, it *Item) []byte {
	dst = append(dst, "<item>\n"...)
	dst = appendReferences(dst, "title", it.Title, &forPlain)
	dst = appendElement(dst, "link", it.URL)
	dst = appendDescription(dst, it)
	for i := range it.Authors {
		dst = appendReferences(dst, "dc:creator", it.Authors[i].label(), &forPlain)
	}
	for _, c := range it.Categories {
		dst = appendReferences(dst, "category", c, &forPlain)
	}
	if e := it.Enclosure; e != nil {
		dst = append(dst, "<enclosure"...)
		dst = appendAttr(dst, "url", e.URL)
		dst = appendLength(dst, e.Length)
		dst = appendAttr(dst, "type", e.Type)
		dst = append(dst, "/>\n"...)
	}
	if it.id() == it.URL {
		dst = append(dst, `<guid isPermaLink="true">`...)
	} else {
		dst = append(dst, `<guid isPermaLink="false">`...)
	}
	dst = appendText(dst, it.id(), &forXML)
	dst = append(dst, "</guid>\n"...)
	dst = appendTime(dst, "pubDate", it.Published, rssTime)
	if it.Language != "" && it.Language != f.Language {
		dst = appendElement(dst, "dc:language", it.Language)
	}
	dst = appendThumbnail(dst, it.Image)
	return append(dst, "</item>\n"...)
}

// appendDescription appends summary and content, both of them HTML.
func appendDescription(dst []byte, it *Item) []byte {
	name := "description"
	if !blank(it.Summary) {
		dst = appendReferences(dst, name, it.Summary, &forHTML)
		name = "content:encoded"
	}
	if blank(it.ContentHTML) {
		return dst
	}
	dst = appendTag(dst, name)
	dst = appendCDATA(dst, it.ContentHTML)
	return appendEndTag(dst, name)
}

// appendThumbnail appends an item's image as an element of Media RSS.
func appendThumbnail(dst []byte, url string) []byte {
	if url == "" {
		return dst
	}
	dst = append(dst, "<media:thumbnail"...)
	dst = appendAttr(dst, "url", url)
	return append(dst, "/>\n"...)
}
