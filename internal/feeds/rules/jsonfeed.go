package rules

import (
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/suggest"
)

// A field says what the value of a key must be.
type field struct {
	kind  kind
	check func(r *report, v *value) // nil: nothing more
}

// fields are the keys that an object may have.
type fields map[string]field

var (
	text     = field{isString, nil}
	number   = field{isNumber, nil}
	address  = field{isString, func(r *report, v *value) { r.url(v.offset, v.str) }}
	language = field{isString, func(r *report, v *value) { r.language(v.offset, v.str) }}
	date     = field{isString, func(r *report, v *value) { r.rfc3339(v.offset, v.str) }}
	people   = field{isArray, func(r *report, v *value) { r.objects(v, r.jsonAuthor) }}
	person   = field{isObject, func(r *report, v *value) { r.jsonAuthor(v) }}
)

func feedFields() fields {
	return fields{
		"version": text, "title": text, "description": text, "user_comment": text,
		"home_page_url": address, "feed_url": address, "next_url": address, "icon": address, "favicon": address,
		"author": person, "authors": people, "language": language, "expired": {isBool, nil},
		"hubs":  {isArray, func(r *report, v *value) { r.objects(v, r.hub) }},
		"items": {isArray, func(r *report, v *value) { r.jsonItems(v) }},
	}
}

func itemFields() fields {
	return fields{
		"id": text, "title": text, "content_text": text, "summary": text,
		"url": address, "external_url": address, "image": address, "banner_image": address,
		"date_published": date, "date_modified": date, "language": language,
		"author": person, "authors": people,
		"content_html": {isString, func(r *report, v *value) { r.html(v.offset, []byte(v.str)) }},
		"tags":         {isArray, func(r *report, v *value) { r.strings(v) }},
		"attachments":  {isArray, func(r *report, v *value) { r.objects(v, r.attachment) }},
	}
}

// JSONFeed checks a feed of JSON Feed 1.1 or 1 (jsonfeed.org). self is the feed's
// URL, "" if it isn't known.
func JSONFeed(b []byte, self string) []Problem {
	r := &report{src: b}
	if root := parseJSON(r); root != nil {
		r.jsonFeed(root, self)
	}
	return r.problems()
}

func (r *report) jsonFeed(root *value, self string) {
	if root.kind != isObject {
		r.add(root.offset, Type, "the feed is %s, not an object", root.kind)
		return
	}
	r.object("the feed", root, feedFields())
	r.keys("the feed", root, "version", "title", "items")
	if v := root.get("version"); v != nil && v.kind == isString &&
		v.str != "https://jsonfeed.org/version/1.1" && v.str != "https://jsonfeed.org/version/1" {
		r.add(v.offset, Version, "the version is %q, not https://jsonfeed.org/version/1.1", v.str)
	}
	url := root.get("feed_url")
	switch {
	case url == nil:
		r.add(root.offset, Self, "the feed has no feed_url to name its address")
	case self != "" && url.str != self:
		r.add(url.offset, Self, "the feed's address is %s, not %s", self, url.str)
	}
	if next := root.get("next_url"); next != nil && url != nil && next.str == url.str {
		r.add(next.offset, URL, "next_url is the same as feed_url")
	}
}

// object checks the keys of an object and the kinds of their values.
func (r *report) object(what string, v *value, allowed fields) {
	for i := range v.members {
		m := &v.members[i]
		f, ok := allowed[m.key]
		if !ok {
			if strings.HasPrefix(m.key, "_") {
				r.extension(m)
				continue
			}
			names := make([]string, 0, len(allowed))
			for name := range allowed {
				names = append(names, name)
			}
			slices.Sort(names)
			r.add(m.offset, Element, "%s can't have the key %q%s", what, m.key, suggest.DidYouMean(m.key, names))
			continue
		}
		switch {
		case m.value.kind != f.kind:
			r.add(m.value.offset, Type, "%s is %s, not %s", m.key, m.value.kind, f.kind)
		case f.check != nil:
			f.check(r, &m.value)
		}
	}
}

// extension checks the key of a custom object: _ and a letter, without dots.
func (r *report) extension(m *member) {
	if len(m.key) < 2 || m.key[1]|0x20 < 'a' || m.key[1]|0x20 > 'z' || strings.Contains(m.key, ".") {
		r.add(m.offset, Element, "the extension %q must begin with _ and a letter and have no dots", m.key)
	}
}

// keys checks that keys are there and their strings not blank.
func (r *report) keys(what string, v *value, keys ...string) {
	for _, key := range keys {
		switch m := v.get(key); {
		case m == nil:
			r.add(v.offset, Required, "%s has no %s", what, key)
		case m.kind == isString && strings.TrimSpace(m.str) == "":
			r.add(m.offset, Required, "%s is empty", key)
		}
	}
}

// objects checks the members of an array, which are objects.
func (r *report) objects(v *value, check func(v *value)) {
	for i := range v.items {
		if item := &v.items[i]; item.kind == isObject {
			check(item)
		} else {
			r.add(item.offset, Type, "an item of the array is %s, not an object", item.kind)
		}
	}
}

func (r *report) strings(v *value) {
	for i := range v.items {
		if item := &v.items[i]; item.kind != isString {
			r.add(item.offset, Type, "an item of the array is %s, not a string", item.kind)
		}
	}
}

func (r *report) jsonAuthor(v *value) {
	r.object("an author", v, fields{"name": text, "url": address, "avatar": address})
	if v.get("name") == nil && v.get("url") == nil && v.get("avatar") == nil {
		r.add(v.offset, Required, "an author has none of name, url and avatar")
	}
}

func (r *report) hub(v *value) {
	r.object("a hub", v, fields{"type": text, "url": address})
	r.keys("a hub", v, "type", "url")
}

func (r *report) attachment(v *value) {
	r.object("an attachment", v, fields{
		"url": address, "mime_type": {isString, func(r *report, v *value) { r.mediaType(v.offset, v.str) }},
		"title": text, "size_in_bytes": number, "duration_in_seconds": number,
	})
	r.keys("an attachment", v, "url", "mime_type")
}

func (r *report) jsonItems(v *value) {
	seen := make(map[string]bool)
	allowed := itemFields()
	r.objects(v, func(item *value) {
		r.object("an item", item, allowed)
		if item.get("content_html") == nil && item.get("content_text") == nil {
			r.add(item.offset, Required, "an item has neither content_html nor content_text")
		}
		id := item.get("id")
		switch {
		case id == nil:
			r.add(item.offset, ID, "an item has no id")
		case strings.TrimSpace(id.str) == "":
			r.add(id.offset, ID, "an item's id is empty")
		case seen[id.str]:
			r.add(id.offset, ID, "another item has the id %q", id.str)
		default:
			seen[id.str] = true
		}
	})
}
