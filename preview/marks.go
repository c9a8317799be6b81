package preview

import (
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/jam-go/jam"
)

// marksOf returns what is to be said of pages that a build leaves out, by their paths.
func marksOf(site *jam.Site, now func() time.Time) func() map[string][]string {
	return sync.OnceValue(func() map[string][]string {
		marks := make(map[string][]string)
		at := now()
		for _, p := range site.AllPages() {
			if list := marksOfPage(p, at); list != nil {
				if u, err := url.Parse(p.RelPermalink()); err == nil && u.Path != "" {
					marks[u.Path] = list
				}
			}
		}
		return marks
	})
}

func marksOfPage(p *jam.Page, now time.Time) []string {
	var list []string
	if p.Draft() {
		list = append(list, "Draft")
	}
	if t := p.PublishDate(); t.After(now) && dated(p) {
		list = append(list, "Future: "+t.Format("2 January 2006"))
	}
	if t := p.ExpiryDate(); !t.IsZero() && !t.After(now) {
		list = append(list, "Expired: "+t.Format("2 January 2006"))
	}
	return list
}

// dated tells whether a page has a date of its own: lists have those of their pages otherwise.
func dated(p *jam.Page) bool {
	if p.IsPage() {
		return true
	}
	for key := range p.Params() {
		if strings.EqualFold(key, "date") || strings.EqualFold(key, "publishDate") {
			return true
		}
	}
	return false
}

// badge is what the template of that name takes.
type badge struct {
	Marks []string
	Link  *link
}

type link struct{ URL, Text string }

// badge returns the element that stands in the corner of a page, "" for none.
func (h *Handler) badge(st *state, p string, problems int) (string, error) {
	var b badge
	if st.site != nil {
		b.Marks = st.marks()[strings.TrimSuffix(p, "index.html")]
		if n := len(st.site.Warnings()); n > 0 {
			b.Link = &link{h.client.url("warnings"), plural(n, "warning")}
		}
	}
	if problems > 0 {
		b.Link = &link{h.client.url("problems") + "?" + url.Values{"page": {p}}.Encode(), plural(problems, "problem")}
	}
	if b.Marks == nil && b.Link == nil {
		return "", nil
	}
	return h.fragment("badge", b)
}
