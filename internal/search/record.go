package search

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a document's entry, in bytes: a chunk of sixteen is loaded for one.
const (
	excerptLength  = 160
	titleLength    = 200
	headingsLength = 1000
)

// record encodes the entry of a document in a chunk: an array of URL, title,
// section, excerpt, and the headings' ids and texts in turn.
func record(d *Doc) []byte {
	excerpt := d.Description
	if strings.TrimSpace(excerpt) == "" {
		excerpt = d.Text
	}
	fields := []string{d.URL, shorten(d.Title, titleLength), shorten(d.Section, titleLength), shorten(excerpt, excerptLength)}
	left := headingsLength
	for _, h := range d.Headings {
		text := shorten(h.Text, titleLength)
		if left -= len(h.ID) + len(text); left < 0 {
			break
		}
		if h.ID != "" && text != "" {
			fields = append(fields, h.ID, text)
		}
	}
	return encode(fields)
}

// encode returns JSON. The values that this package has always encode.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil
	}
	return bytes.Clone(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// shorten makes the white space of a text single spaces, and cuts it to about
// a length in bytes: after a word, or within one where words are not near.
func shorten(s string, limit int) string {
	var b strings.Builder
	space := false
	for i, r := range s {
		if unicode.IsSpace(r) {
			space = b.Len() > 0
			continue
		}
		if b.Len() >= limit {
			return cutWord(b.String(), limit, space) + "…"
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		if r == utf8.RuneError {
			_, n := utf8.DecodeRuneInString(s[i:])
			if n == 1 {
				continue
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

// cutWord drops the word begun at the end of a text, when it is short.
func cutWord(s string, limit int, whole bool) string {
	if i := strings.LastIndexByte(s, ' '); !whole && i > limit*2/3 {
		s = s[:i]
	}
	return strings.TrimRight(s, " ,;:–-")
}

// chunk encodes a file of documents, 0 for those never added.
func (b *Builder) chunk(i int) []byte {
	lo := i * docsPerChunk
	hi := min(lo+docsPerChunk, len(b.docs))
	out := []byte{'['}
	for i := lo; i < hi; i++ {
		if i > lo {
			out = append(out, ',')
		}
		out = append(out, '\n')
		if r := b.docs[i].record; r != nil {
			out = append(out, r...)
		} else {
			out = append(out, '0')
		}
	}
	return append(out, "\n]\n"...)
}
