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

// storeKey tells what a store holds for: the same program with the same configuration.
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

// storeKey returns the key of what builds keep.
func (s *settings) storeKey() (storeKey, error) {
	program, err := executableSum()
	return storeKey{program, s.configSum()}, err
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

// uncached are the fields of Config that make no difference, or whose effects on pages are recorded.
var uncached = []string{
	"Title", "Params", "Copyright", "Menus", "SectionMenu", "Sources", "Generators", "Now", "Workers", "Memory", "Progress", "Logger", "Cache", "Strict",
}

// configSum is a checksum of the configuration as far as it consists of values.
func (s *settings) configSum() uint64 {
	h := digest.Hash(0)
	v := reflect.ValueOf(s.given)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if !v.Type().Field(i).IsExported() || slices.Contains(uncached, name) {
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
		default:
			h = h.Value(v.Field(i).Interface())
		}
	}
	return h.Sum()
}

// partSum adds a part of the program: its type and what it says of itself.
func partSum(h digest.Hash, part any) digest.Hash {
	h = h.String(fmt.Sprintf("%T", part))
	if k, ok := part.(CacheKeyer); ok {
		h = h.String(k.CacheKey())
	}
	return h
}
