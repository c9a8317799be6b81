package feeds

import (
	"errors"
	"fmt"
	"time"

	"github.com/jam-go/jam/internal/feeds/syntax"
)

// A checker collects what is wrong with a feed.
type checker struct {
	format string
	where  string // "" for the feed itself, else the item
	errs   []error
}

// checkFeed returns what is wrong with f in every format, and what more finds.
// more is called for the feed with nil, and for every item.
func checkFeed(format string, f *Feed, more func(c *checker, it *Item)) error {
	c := checker{format: format}
	if blank(f.Title) {
		c.add("it needs a title")
	}
	c.url("URL", f.URL, true)
	c.url("FeedURL", f.FeedURL, false)
	c.url("Icon", f.Icon, false)
	c.url("Image", f.Image, false)
	c.language(f.Language)
	c.time(f.Updated)
	c.people(f.Authors)
	more(&c, nil)
	seen := make(map[string]int, len(f.Items))
	for i := range f.Items {
		it := &f.Items[i]
		n := len(c.errs)
		c.item(it)
		more(&c, it)
		c.unique(seen, it.id(), i)
		for ; n < len(c.errs); n++ {
			c.errs[n] = fmt.Errorf("%s: item %d (%s): %w", format, i+1, it.name(), c.errs[n])
		}
	}
	return errors.Join(c.errs...)
}

// item checks what is true of items in every format.
func (c *checker) item(it *Item) {
	c.where = "item"
	switch id := it.id(); {
	case id == "":
		c.add("it needs an ID or a URL")
	case syntax.HasControls(id) || blank(id) || id[0] == ' ' || id[len(id)-1] == ' ':
		c.add("its ID %q holds control characters or spaces at an end", id)
	}
	c.url("URL", it.URL, false)
	c.url("Image", it.Image, false)
	c.language(it.Language)
	c.time(it.Published)
	c.time(it.Updated)
	c.people(it.Authors)
	if e := it.Enclosure; e != nil {
		if err := syntax.WebURL(e.URL); err != nil {
			c.add("its enclosure: %w", err)
		}
		if err := syntax.MediaType(e.Type); err != nil {
			c.add("its enclosure: %w", err)
		}
		if e.Length < 0 {
			c.add("its enclosure has the length %d", e.Length)
		}
	}
}

// unique notes the ID of item i in seen.
func (c *checker) unique(seen map[string]int, id string, i int) {
	if first, ok := seen[id]; ok && id != "" {
		c.add("its ID %q is that of item %d, too", id, first+1)
		return
	}
	seen[id] = i
}

// name returns what an error calls the item.
func (it *Item) name() string {
	switch {
	case it.URL != "":
		return it.URL
	case it.ID != "":
		return it.ID
	}
	return fmt.Sprintf("%q", it.Title)
}

// add notes a problem. Those of items get their item's name later.
func (c *checker) add(format string, args ...any) {
	err := fmt.Errorf(format, args...)
	if c.where == "" {
		err = fmt.Errorf("%s: %w", c.format, err)
	}
	c.errs = append(c.errs, err)
}

func (c *checker) url(field, url string, required bool) {
	if url == "" && !required {
		return
	}
	if err := syntax.URL(url); err != nil {
		c.add("its %s: %w", field, err)
	}
}

func (c *checker) language(tag string) {
	if tag == "" {
		return
	}
	if err := syntax.Language(tag); err != nil {
		c.add("its language: %w", err)
	}
}

// time checks that dates have a year of four digits.
func (c *checker) time(t time.Time) {
	if t.IsZero() {
		return
	}
	if y := dateOf(t).Year(); y < 1 || y > 9999 {
		c.add("its date has the year %d, which the format can't hold", y)
	}
}

func (c *checker) people(people []Person) {
	for i := range people {
		p := &people[i]
		if blank(p.label()) {
			c.add("an author needs a name, an e-mail address or a URL")
		}
		if p.Email != "" {
			if err := syntax.Email(p.Email); err != nil {
				c.add("an author's address: %w", err)
			}
		}
		c.url("author's URL", p.URL, false)
		c.url("author's avatar", p.Avatar, false)
	}
}
