package jam

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// collation orders texts as a language does. It is safe for concurrent use.
type collation struct {
	tag  language.Tag
	pool sync.Pool // of *collator: one can't be used by two at the same time
}

type collator struct {
	*collate.Collator
	buf collate.Buffer
}

func (c *collation) take() *collator {
	if got, ok := c.pool.Get().(*collator); ok {
		return got
	}
	return &collator{Collator: collate.New(c.tag)}
}

// key returns a text as strings.Compare is to compare it.
func (c *collation) key(s string) string {
	if s == "" {
		return ""
	}
	col := c.take()
	defer c.pool.Put(col)
	key := string(col.KeyFromString(&col.buf, s))
	col.buf.Reset()
	return key
}

// compare orders texts, also those that the language takes for equal.
func (c *collation) compare(a, b string) int {
	if a == b {
		return 0
	}
	if c == nil {
		return strings.Compare(a, b)
	}
	col := c.take()
	defer c.pool.Put(col)
	if o := col.CompareString(a, b); o != 0 {
		return o
	}
	return strings.Compare(a, b)
}

// bareKey returns a text without regard to case and to marks on letters, whatever the language:
// menus are ordered by hand, and what little is left should come out the same in all languages.
func bareKey(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}
