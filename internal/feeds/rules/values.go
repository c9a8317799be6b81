package rules

import (
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/jam-go/jam/internal/feeds/fragment"
	"github.com/jam-go/jam/internal/feeds/syntax"
	"github.com/jam-go/jam/internal/suggest"
)

// elements says how often each element may be in its parent: the names of those
// that may be there any number of times, and of those that may be once.
type elements struct {
	many, once []string
}

// children checks the names of the element's children in the namespace, and how
// often they are there.
func (r *report) children(n *node, space string, allowed elements) {
	seen := make(map[string]bool, len(n.kids))
	for _, k := range n.kids {
		if k.space != space {
			continue
		}
		switch {
		case contains(allowed.many, k.name):
		case !contains(allowed.once, k.name):
			names := append(append([]string(nil), allowed.many...), allowed.once...)
			r.add(k.offset, Element, "%s can't hold %s%s", n.label(), k.label(), suggest.DidYouMean(k.name, names))
		case seen[k.name]:
			r.add(k.offset, Duplicate, "a second %s in %s", k.label(), n.label())
		}
		seen[k.name] = true
	}
}

// required checks that children are there and not blank.
func (r *report) required(n *node, space string, names ...string) {
	for _, name := range names {
		switch k := n.first(space, name); {
		case k == nil:
			r.add(n.offset, Required, "%s has no %s", n.label(), name)
		case k.value() == "" && len(k.kids) == 0:
			r.add(k.offset, Required, "%s is empty", k.label())
		}
	}
}

// each calls check with the value of each child of a name.
func (r *report) each(n *node, space, name string, check func(offset int, value string)) {
	for _, k := range n.kids {
		if k.is(space, name) {
			check(k.offset, k.value())
		}
	}
}

func (r *report) url(offset int, s string) {
	if err := syntax.URL(s); err != nil {
		r.add(offset, URL, "%v", err)
	}
}

func (r *report) webURL(offset int, s string) {
	if err := syntax.WebURL(s); err != nil {
		r.add(offset, URL, "%v", err)
	}
}

func (r *report) language(offset int, s string) {
	if err := syntax.Language(s); err != nil {
		r.add(offset, Language, "%v", err)
	}
}

func (r *report) mediaType(offset int, s string) {
	if err := syntax.MediaType(s); err != nil {
		r.add(offset, Type, "%v", err)
	}
}

func (r *report) email(offset int, s string) {
	if err := syntax.Email(s); err != nil {
		r.add(offset, Author, "%v", err)
	}
}

// natural checks a whole number that isn't negative.
func (r *report) natural(offset int, what, s string) {
	if !isDigits(s) {
		r.add(offset, Type, "%s is %q, not a whole number", what, s)
	}
}

// positive checks a whole number that is more than zero.
func (r *report) positive(offset int, what, s string) {
	r.natural(offset, what, s)
	if s != "" && strings.Trim(s, "0") == "" {
		r.add(offset, Type, "%s is 0", what)
	}
}

// html checks a fragment that begins at offset in the document.
func (r *report) html(offset int, html []byte) {
	for _, f := range fragment.Inspect(html) {
		switch {
		case f.Relative:
			r.add(offset, Relative, "the HTML has the relative URL %q in %s %s", f.URL, f.Element, f.Attr)
		case f.Attr != "":
			r.add(offset, Script, "the HTML has the event attribute %s in %s", f.Attr, f.Element)
		default:
			r.add(offset, Script, "the HTML has a script element")
		}
	}
}

// rfc822Date is the form of a date of RFC 822 with RFC 2822's years.
var rfc822Date = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}(?::\d{2})?) (UT|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|[A-IK-Z]|[+-](?:[01]\d|2[0-3])[0-5]\d)$`)
})

// rfc822 checks a date of RSS.
func (r *report) rfc822(offset int, s string) {
	parts := rfc822Date().FindStringSubmatch(s)
	if parts == nil {
		r.add(offset, Date, "%q is no date such as Mon, 02 Jan 2006 15:04:05 +0000", s)
		return
	}
	layout := "2 Jan 2006 15:04"
	if strings.Count(parts[2], ":") == 2 {
		layout += ":05"
	}
	t, err := time.Parse(layout, parts[2])
	switch {
	case err != nil:
		r.add(offset, Date, "%q is no date of the calendar", s)
	case parts[1] != "" && t.Format("Mon") != parts[1]:
		r.add(offset, Date, "%q was a %s", s, t.Format("Monday"))
	}
}

// rfc3339Date is the form of RFC 3339's dates, with capital letters.
var rfc3339Date = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$`)
})

func isRFC3339(s string) bool {
	if !rfc3339Date().MatchString(s) {
		return false
	}
	_, err := time.Parse(time.RFC3339, s)
	return err == nil
}

func (r *report) rfc3339(offset int, s string) {
	if !isRFC3339(s) {
		r.add(offset, Date, "%q is no date such as 2006-01-02T15:04:05Z", s)
	}
}

// w3cDate checks a date of W3C's profile of ISO 8601.
func (r *report) w3cDate(offset int, s string) {
	if isRFC3339(s) {
		return
	}
	for _, layout := range [...]string{"2006", "2006-01", time.DateOnly, "2006-01-02T15:04Z07:00"} {
		if _, err := time.Parse(layout, s); err == nil {
			return
		}
	}
	r.add(offset, Date, "%q is no date such as 2006-01-02 or 2006-01-02T15:04:05Z", s)
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
