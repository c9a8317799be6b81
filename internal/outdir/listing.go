package outdir

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A manifest of version 2 has a random text in its header line, which tells it from every
// other manifest, and one line for each file in order of their names:
//
//	jam manifest 2 CQXUEXGGV7FSVOPCXQ2EA6CFZA
//	- - - - - index.html
//	57bb…2a 1204 1764547200123456789 1764547200123456789 4711 posts/hello/index.html
//	end 2 0a1b2c3d
//
// Before the name there are the first half of the content's SHA-256 checksum in
// hexadecimal digits, the size, the times of the last change of the content and of the
// file in nanoseconds since 1970, and the file's inode, or 0 where the system does not
// tell. A hyphen stands for what is not known: all, or the times and the inode of a file
// that may have changed since without a trace in them.
const (
	listingHeader = "jam manifest 2 "
	headerSize    = len(listingHeader) + tokenSize + len("\n")
	tokenSize     = 26 // that of rand.Text
	sumDigits     = 2 * len(checksum{})
	noRecord      = "- - - - - "
	noTimes       = "- - - "
)

// listing is what a manifest says.
type listing struct {
	entries []*entry // in order of their names
	header  string   // its first line, of version 2
	size    int64    // of the file, of version 2
}

// newListing returns the listing of entries, and its encoding by the time now.
func newListing(entries []*entry, now time.Time) (listing, []byte) {
	if !slices.ContainsFunc(entries, func(e *entry) bool { return e.hasSum }) {
		for _, e := range entries {
			e.line, e.changed = "", false
		}
		return listing{entries: entries}, encodeManifest(namesOf(entries))
	}
	size := headerSize + 40
	for _, e := range entries {
		if e.line == "" || e.brief || e.changed {
			e.encode(now)
		}
		size += len(e.line) + 1
	}
	l := listing{entries: entries, header: listingHeader + rand.Text() + "\n"}
	b := append(make([]byte, 0, size), l.header...)
	for _, e := range entries {
		b = append(b, e.line...)
		b = append(b, '\n')
	}
	b = append(b, manifestEnd(len(entries), b)...)
	l.size = int64(len(b))
	return l, b
}

// encode makes the line of the manifest.
func (e *entry) encode(now time.Time) {
	b := make([]byte, 0, 128+len(e.name))
	e.brief = false
	if !e.hasSum {
		b = append(b, noRecord...)
	} else {
		b = hex.AppendEncode(b, e.sum[:])
		b = append(b, ' ')
		b = strconv.AppendInt(b, e.at.size, 10)
		b = append(b, ' ')
		if e.brief = !e.at.timed() || e.at.racy(now); e.brief {
			b = append(b, noTimes...)
		} else {
			for _, n := range []uint64{uint64(e.at.mtime), uint64(e.at.ctime), e.at.inode} {
				b = strconv.AppendUint(b, n, 10)
				b = append(b, ' ')
			}
		}
	}
	e.line, e.changed = string(append(b, e.name...)), false
}

// decodeListing decodes a manifest of version 2, or returns an error if any byte of it is
// not as newListing writes it, or any name is not a valid one.
func decodeListing(data string) (listing, error) {
	if len(data) < headerSize || data[headerSize-1] != '\n' || !isToken(data[len(listingHeader):headerSize-1]) {
		return listing{}, errors.New("damaged: its first line cannot be read")
	}
	end := strings.LastIndexByte(strings.TrimSuffix(data, "\n"), '\n') + 1
	n := strings.Count(data[:end], "\n") - 1
	if n < 0 || data[end:] != manifestEnd(n, []byte(data[:end])) {
		return listing{}, errors.New("damaged: its last line does not match the rest")
	}
	l := listing{entries: make([]*entry, n), header: data[:headerSize], size: int64(len(data))}
	slab := make([]entry, n)
	last := ""
	for i, rest := 0, data[headerSize:end]; i < n; i++ {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		e := &slab[i]
		if !e.decode(line) || e.name <= last {
			return listing{}, fmt.Errorf("damaged: the line %q cannot be read", line)
		}
		l.entries[i], last = e, e.name
	}
	return l, nil
}

// isToken reports whether s may be what rand.Text returns.
func isToken(s string) bool {
	for _, c := range []byte(s) {
		if (c < 'A' || 'Z' < c) && (c < '2' || '7' < c) {
			return false
		}
	}
	return true
}

// decode reads a line of the manifest, and reports whether it could.
func (e *entry) decode(line string) bool {
	e.line = line
	name, ok := strings.CutPrefix(line, noRecord)
	if !ok {
		name, ok = e.decodeRecord(line)
	}
	e.name = name
	return ok && checkName(name, false) == nil
}

func (e *entry) decodeRecord(line string) (name string, ok bool) {
	if len(line) <= sumDigits || line[sumDigits] != ' ' {
		return "", false
	}
	if !decodeHex(e.sum[:], line[:sumDigits]) {
		return "", false
	}
	var size, mtime, ctime uint64
	if size, name, ok = cutNumber(line[sumDigits+1:]); !ok {
		return "", false
	}
	e.hasSum, e.at.size = true, int64(size)
	if name, e.brief = strings.CutPrefix(name, noTimes); e.brief {
		return name, true
	}
	if mtime, name, ok = cutNumber(name); !ok || mtime == 0 {
		return "", false
	}
	if ctime, name, ok = cutNumber(name); !ok {
		return "", false
	}
	e.at.mtime, e.at.ctime = int64(mtime), int64(ctime)
	e.at.inode, name, ok = cutNumber(name)
	return name, ok
}

// decodeHex is hex.Decode for lower case only.
func decodeHex(dst []byte, s string) bool {
	for i := range dst {
		hi, lo := hexDigit(s[2*i]), hexDigit(s[2*i+1])
		if hi|lo > 15 {
			return false
		}
		dst[i] = hi<<4 | lo
	}
	return true
}

func hexDigit(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	}
	return 255
}

// cutNumber reads the number and the space that s begins with.
func cutNumber(s string) (n uint64, rest string, ok bool) {
	i := 0
	for ; i < len(s) && '0' <= s[i] && s[i] <= '9'; i++ {
		if n > maxStamp/10 {
			return 0, "", false
		}
		n = n*10 + uint64(s[i]-'0')
	}
	if i == 0 || i == len(s) || s[i] != ' ' || (s[0] == '0' && i > 1) {
		return 0, "", false
	}
	return n, s[i+1:], true
}
