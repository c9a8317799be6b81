// Package htmlscan reads HTML as a stream of tokens that know their places.
//
// It follows the tokenization of the HTML standard (section 13.2.5), with its
// parse errors, and leaves to its caller what depends on the elements that are
// open: whether what follows a start tag is raw text, and whether it is foreign
// content. Nothing is copied: names and values are parts of the source, unless
// a name has capital letters.
package htmlscan

import "bytes"

// Kind tells tokens apart.
type Kind uint8

// The kinds of tokens.
const (
	EOF Kind = iota
	Text
	StartTag
	EndTag
	Comment
	Doctype
)

// A Token is a part of the source. It is valid until the next call of Next.
type Token struct {
	Kind        Kind
	Start, End  int    // the token is src[Start:End]
	Name        []byte // of a tag or doctype, in lower case
	Attrs       []Attr // of a start tag; of several with one name the first
	SelfClosing bool   // the tag ends with />
	Raw         bool   // a text in which & and < mean themselves
	Cdata       bool   // a CDATA section, with its marks
	Public      bool   // a doctype names an external identifier
}

// Attr returns the value of an attribute as it is written, and whether it is there.
func (t *Token) Attr(name string) (Attr, bool) {
	for _, a := range t.Attrs {
		if string(a.Name) == name {
			return a, true
		}
	}
	return Attr{}, false
}

// Attr is an attribute of a tag.
type Attr struct {
	Name       []byte // in lower case
	Value      []byte // without quotes, character references as they are written
	Start      int    // offset of the name
	ValueStart int    // offset of the value, which for an attribute without one is the name's end
}

// Problem is a parse error of the standard.
type Problem struct {
	Offset int
	Code   Code
}

// Scanner reads one source after another. Its zero value is empty.
type Scanner struct {
	Problems []Problem // in the order in which they were found; those of the current token may be out of order

	src     []byte
	pos     int
	raw     []byte // name of the raw text element that is open
	rcdata  bool   // in which character references are read
	foreign bool
	tok     Token
	attrs   []Attr
	names   []byte // of tags that have capital letters
}

// Reset begins with a new source.
func (s *Scanner) Reset(src []byte) {
	*s = Scanner{src: src, attrs: s.attrs[:0], names: s.names[:0], Problems: s.Problems[:0]}
	if bytes.HasPrefix(src, []byte("\ufeff")) {
		s.pos = len("\ufeff")
	}
}

// RawText says that what follows, up to the end tag of that name, is text. With
// refs, character references count in it. Name must stay as it is until then.
func (s *Scanner) RawText(name []byte, refs bool) { s.raw, s.rcdata = name, refs }

// Foreign says whether CDATA sections are known from here on: in SVG and MathML.
func (s *Scanner) Foreign(on bool) { s.foreign = on }

// Next returns the next token, of the kind EOF at the end and ever after.
func (s *Scanner) Next() *Token {
	s.tok = Token{Start: s.pos, Attrs: s.attrs[:0]}
	switch {
	case s.pos >= len(s.src):
		s.tok.End = s.pos
	case s.raw != nil:
		s.rawText()
	case s.src[s.pos] == '<' && s.markup():
	default:
		s.text()
	}
	return &s.tok
}

func (s *Scanner) problem(offset int, code Code) {
	s.Problems = append(s.Problems, Problem{offset, code})
}

// end makes a token of what lies between its start and end.
func (s *Scanner) end(kind Kind, end int) {
	s.tok.Kind, s.tok.End, s.pos = kind, end, end
}

// text reads up to the next tag, comment or doctype. The first character may be
// a < that begins none.
func (s *Scanner) text() {
	at := s.pos
	if s.src[at] == '<' {
		s.problem(at, BadTagStart)
		at++
	}
	for {
		i := bytes.IndexByte(s.src[at:], '<')
		if i < 0 {
			at = len(s.src)
			break
		}
		if at += i; s.beginsMarkup(at) {
			break
		}
		s.problem(at, BadTagStart)
		at++
	}
	s.references(s.tok.Start, at, false)
	s.end(Text, at)
}

// beginsMarkup tells whether the < at that offset does.
func (s *Scanner) beginsMarkup(at int) bool {
	if at+1 >= len(s.src) {
		return false
	}
	switch c := s.src[at+1]; c {
	case '!', '?':
		return true
	case '/':
		return at+2 < len(s.src)
	default:
		return isLetter(c)
	}
}

// markup reads what begins with <, and tells whether it is anything but text.
func (s *Scanner) markup() bool {
	if !s.beginsMarkup(s.pos) {
		return false
	}
	switch c := s.src[s.pos+1]; {
	case c == '!':
		s.declaration()
	case c == '?':
		s.problem(s.pos, QuestionMark)
		s.bogusComment(s.pos + 1)
	case c != '/':
		s.tag(StartTag, s.pos+1)
	case isLetter(s.src[s.pos+2]):
		s.tag(EndTag, s.pos+2)
	case s.src[s.pos+2] == '>':
		s.problem(s.pos, MissingEndTagName)
		s.end(Comment, s.pos+3)
	default:
		s.problem(s.pos, BadTagStart)
		s.bogusComment(s.pos + 2)
	}
	return true
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// lower returns a name in lower case.
func (s *Scanner) lower(name []byte) []byte {
	for i, c := range name {
		if c < 'A' || c > 'Z' {
			continue
		}
		at := len(s.names)
		s.names = append(s.names, name...)
		low := s.names[at:len(s.names):len(s.names)]
		for j := i; j < len(low); j++ {
			if c := low[j]; c >= 'A' && c <= 'Z' {
				low[j] = c | 0x20
			}
		}
		return low
	}
	return name
}
