package jam

import (
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"sync"

	"github.com/jam-go/jam/internal/digest"
)

// storeKey tells what a store holds for: the same program with the same configuration, as far as everything depends on that.
type storeKey struct{ program, config uint64 }

// differs says in what a key differs from another one, "" if it is the same.
func (k storeKey) differs(other storeKey) string {
	switch {
	case k.program != other.program:
		return "program changed"
	case k.config != other.config:
		return "configuration changed"
	}
	return ""
}

// storeKeys return the keys of what builds keep, and of what is known of documents.
func (s *settings) storeKeys() (builds, documents storeKey, err error) {
	program, err := executableSum()
	return storeKey{program, s.configSum(seen, keyOfLanguages)}, storeKey{program, s.configSum(idle, allOfLanguages)}, err
}

// executableSum is a checksum of the program, which stays the same while it runs. That is one of all its bytes, because the linker's
// build ID can be left out or set by hand, and size and times can be set back. It has 64 bits, with which two programs are
// told apart: nobody gains by one that has the checksum of another, for who can put that in its place needs no cache.
var executableSum = sync.OnceValues(func() (uint64, error) {
	f, err := openExecutable()
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return sumOfAll(f)
})

// openExecutable opens the program that runs. On Linux that is not what may have taken its place on the disk since it began.
func openExecutable() (*os.File, error) {
	if f, err := os.Open("/proc/self/exe"); err == nil {
		return f, nil
	}
	name, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return os.Open(name)
}

func sumOfAll(r io.Reader) (uint64, error) {
	h, buf := digest.Hash(0), make([]byte, 256<<10)
	for {
		n, err := io.ReadFull(r, buf)
		h = h.Bytes(buf[:n])
		switch err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			return h.Sum(), nil
		default:
			return 0, err
		}
	}
}

// seen are the fields of Config on which what a cache keeps does not depend as a whole. All others are part of its key: functions, and types
// of the program; what makes every page, text or file; languages, by which terms are sorted and dates and numbers written; what all dates
// depend on; and where the content is, which warnings name.
var seen = slices.Concat(idle, []string{
	// They change which documents become pages, and what is known of those: titles, terms, addresses, places in lists.
	"Cascade", "FrontMatterKeys", "Taxonomies", "FileNameDates", "NoBundles", "Ignore", "Drafts", "Future", "Expired",
})

// idle are those of seen that make no difference for what a document is described as.
var idle = []string{
	// What renders read of them is recorded; see settingSum.
	"BaseURL", "Title", "Params", "Copyright", "Menus", "SectionMenu", "Now", "Feed", "Sitemap",
	// They change which files there are, and which pages are in lists.
	"Sources", "Generators", "Outputs", "Permalinks", "Permalink", "UglyURLs", "Redirects", "NoRedirectFiles", "Pagination", "Related",
	// They change no file.
	"Workers", "Memory", "Progress", "Logger", "Cache", "Strict",
}

// configSum is a checksum of the configuration, as far as it consists of values, without some fields.
func (s *settings) configSum(without []string, languages func(digest.Hash, []Language) digest.Hash) uint64 {
	h := digest.Hash(0)
	v := reflect.ValueOf(s.given)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if !v.Type().Field(i).IsExported() || slices.Contains(without, name) {
			continue
		}
		h = h.String(name)
		switch name {
		case "Renderer":
			h = partSum(h, s.given.Renderer)
		case "Markdown":
			m := s.given.Markdown
			for _, e := range m.Extensions {
				h = partSum(h, e)
			}
			m.Extensions = nil
			h = h.Value(m)
		case "Languages":
			h = languages(h, s.given.Languages)
		default:
			h = h.Value(v.Field(i).Interface())
		}
	}
	return h.Sum()
}

// keyOfLanguages adds languages without what is seen of them as it is of other settings: titles, parameters, menus, taxonomies, folders of files.
func keyOfLanguages(h digest.Hash, list []Language) digest.Hash {
	h = h.Int(len(list))
	for _, l := range list {
		h = h.String(l.Code).String(l.Locale).String(l.ContentDir)
	}
	return h
}

func allOfLanguages(h digest.Hash, list []Language) digest.Hash { return h.Value(list) }

// partSum adds a part of the program: its type and what it says of itself.
func partSum(h digest.Hash, part any) digest.Hash {
	h = h.String(fmt.Sprintf("%T", part))
	if k, ok := part.(CacheKeyer); ok {
		h = h.String(k.CacheKey())
	}
	return h
}
