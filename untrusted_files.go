package jam

import (
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
)

// A refusal is why a file is not taken from an untrusted author. What browsers show as a document can hold scripts, and so can
// what servers run or read their settings from; a list of what is harmless is short.
type refusal uint8

const (
	taken refusal = iota
	refusedHTML
	refusedSVG
	refusedType
	refusedName
	refusedContent
)

func (r refusal) String() string {
	switch r {
	case taken:
		return "taken"
	case refusedHTML:
		return "HTML is left out, as its author is not trusted: write Markdown"
	case refusedSVG:
		return "an SVG image, which may hold scripts, is left out, as its author is not trusted: use PNG or WebP"
	case refusedName:
		return "a file with another extension before the last one, which some servers heed, is left out, as its author is not trusted: rename it"
	case refusedContent:
		return "a file that begins with < is left out, as its author is not trusted: some servers and browsers would show it as HTML"
	}
	return "a file of this type is left out, as its author is not trusted"
}

// refuses says by its name why a document is not taken from its author, taken if it is.
func (s *settings) refuses(name string) refusal {
	ext := strings.ToLower(path.Ext(name))
	switch {
	case !s.distrusts(name), contentFormat(name) == "markdown":
		return taken
	case contentFormat(name) == "html":
		return refusedHTML
	case ext == ".svg":
		return refusedSVG
	case !isInert(ext):
		return refusedType
	case s.hasExtensionWithin(name):
		return refusedName
	}
	return taken
}

// refuseMarkup does not take a file of an untrusted author that is markup, whatever its name says.
func (l *loader) refuseMarkup(it *item) {
	if it.format != "" || it.refused != taken || !l.set.distrusts(it.doc.path()) {
		return
	}
	markup, err := beginsAsMarkup(it.doc)
	if err != nil {
		l.fail(&Error{Op: "read", Path: it.doc.name, Err: err})
	}
	if markup {
		it.refused = refusedContent
	}
}

// isInert tells by their extension files of which no browser makes a document of the site, and no server a program.
func isInert(ext string) bool {
	switch main, _, _ := strings.Cut(mediaTypes[ext], "/"); main {
	case "image", "audio", "video", "font":
		return ext != ".svg"
	}
	switch ext {
	case ".txt", ".csv", ".tsv", ".ics", ".json", ".geojson", ".pdf", ".zip", ".gz":
		return true
	}
	return false
}

// hasExtensionWithin tells whether a name has more than one extension, not all of them inert: a server may send x.html.gz as x.html, run x.php.png,
// and take its settings from x.config.json. A language is none.
func (s *settings) hasExtensionWithin(name string) bool {
	parts := strings.Split(strings.ToLower(path.Base(name)), ".")
	for _, part := range parts[1 : len(parts)-1] {
		inert := isInert("."+part) || part == "tar" || part == "min" || s.languagesDeclared && s.localeOf(part) != nil
		if !inert && len(part) > 1 && isLetter(part[0]) && !strings.ContainsFunc(part, func(r rune) bool { return r >= 0x80 || !isLetter(byte(r)) && (r < '0' || r > '9') }) {
			return true
		}
	}
	return false
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// beginsAsMarkup tells whether a file begins with <, white space aside. Only such a file is HTML or XML to browsers, and to servers that look at what is in a
// file, where they don't know its extension; none of them looks further than the sniffing standard of WHATWG, at 1,445 bytes.
func beginsAsMarkup(d *document) (_ bool, err error) {
	r, err := d.open()
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	start := make([]byte, 1445)
	n, err := io.ReadFull(r, start)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, err
	}
	text := bytes.TrimLeftFunc(start[:n], func(c rune) bool { return c <= ' ' || c == '\ufeff' })
	return len(text) > 0 && text[0] == '<', nil
}
