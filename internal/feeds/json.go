package feeds

import (
	"strconv"
	"time"
	"unicode/utf8"
)

const jsonHeader = `{"version":"https://jsonfeed.org/version/1.1"`

// AppendJSON appends the feed as JSON Feed 1.1 (jsonfeed.org), an item a line.
// Items with a summary only have it as content_text, too, because the format
// requires a content.
func AppendJSON(dst []byte, f *Feed) ([]byte, error) {
	if err := checkFeed("JSON Feed", f, func(*checker, *Item) {}); err != nil {
		return dst, err
	}
	dst = append(dst, jsonHeader...)
	dst = appendMember(dst, "title", f.Title)
	dst = appendMember(dst, "home_page_url", f.URL)
	dst = appendMember(dst, "feed_url", f.FeedURL)
	dst = appendMember(dst, "description", f.Description)
	dst = appendMember(dst, "icon", f.Icon)
	dst = appendMember(dst, "language", f.Language)
	dst = appendJSONAuthors(dst, f.Authors)
	dst = append(dst, `,"items":[`...)
	for i := range f.Items {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendJSONItem(append(dst, '\n'), f, &f.Items[i])
	}
	return append(dst, "]}\n"...), nil
}

func appendJSONItem(dst []byte, f *Feed, it *Item) []byte {
	dst = append(dst, `{"id":`...)
	dst = appendString(dst, it.id())
	dst = appendMember(dst, "url", it.URL)
	dst = appendMember(dst, "title", it.Title)
	if !blank(it.ContentHTML) {
		dst = append(dst, `,"content_html":`...)
		dst = appendString(dst, it.ContentHTML)
	} else {
		dst = append(dst, `,"content_text":`...)
		dst = appendString(dst, it.Summary)
	}
	dst = appendMember(dst, "summary", it.Summary)
	dst = appendMember(dst, "image", it.Image)
	dst = appendDate(dst, "date_published", it.Published)
	dst = appendDate(dst, "date_modified", it.Updated)
	dst = appendJSONAuthors(dst, it.Authors)
	dst = appendTags(dst, it.Categories)
	if it.Language != f.Language {
		dst = appendMember(dst, "language", it.Language)
	}
	if e := it.Enclosure; e != nil {
		dst = append(dst, `,"attachments":[{"url":`...)
		dst = appendString(dst, e.URL)
		dst = appendMember(dst, "mime_type", e.Type)
		dst = append(dst, `,"size_in_bytes":`...)
		dst = strconv.AppendInt(dst, e.Length, 10)
		dst = append(dst, "}]"...)
	}
	return append(dst, '}')
}

func appendJSONAuthors(dst []byte, people []Person) []byte {
	for i := range people {
		p := &people[i]
		if i == 0 {
			dst = append(dst, `,"authors":[`...)
		} else {
			dst = append(dst, ',')
		}
		dst = append(dst, `{"name":`...)
		dst = appendString(dst, p.label())
		dst = appendMember(dst, "url", p.URL)
		dst = appendMember(dst, "avatar", p.Avatar)
		dst = append(dst, '}')
	}
	if len(people) > 0 {
		dst = append(dst, ']')
	}
	return dst
}

func appendTags(dst []byte, tags []string) []byte {
	n := 0
	for _, tag := range tags {
		if blank(tag) {
			continue
		}
		if n == 0 {
			dst = append(dst, `,"tags":[`...)
		} else {
			dst = append(dst, ',')
		}
		dst = appendString(dst, tag)
		n++
	}
	if n > 0 {
		dst = append(dst, ']')
	}
	return dst
}

// appendMember appends a member that isn't the first of its object, unless its
// value is blank.
func appendMember(dst []byte, key, value string) []byte {
	if blank(value) {
		return dst
	}
	dst = append(dst, ',', '"')
	dst = append(dst, key...)
	dst = append(dst, '"', ':')
	return appendString(dst, value)
}

func appendDate(dst []byte, key string, t time.Time) []byte {
	if t.IsZero() {
		return dst
	}
	dst = append(dst, ',', '"')
	dst = append(dst, key...)
	dst = append(dst, '"', ':', '"')
	dst = dateOf(t).AppendFormat(dst, time.RFC3339)
	return append(dst, '"')
}

// appendString appends a JSON string (RFC 8259). Beside what JSON requires it
// escapes U+2028 and U+2029, which older JavaScript takes for line ends.
func appendString[T string | []byte](dst []byte, s T) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		if c := s[i]; c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\' {
			i++
			continue
		}
		r, size := decodeRune(s, i)
		if r < utf8.RuneSelf || r == 0x2028 || r == 0x2029 || r == utf8.RuneError && size == 1 {
			dst = append(dst, s[start:i]...)
			dst = appendEscape(dst, r)
			start = i + size
		}
		i += size
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

func appendEscape(dst []byte, r rune) []byte {
	const digits = "0123456789abcdef"
	switch r {
	case utf8.RuneError:
		return utf8.AppendRune(dst, r)
	case '"', '\\':
		return append(dst, '\\', byte(r))
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	}
	return append(dst, '\\', 'u', digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15])
}
