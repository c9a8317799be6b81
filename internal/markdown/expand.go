package markdown

import (
	"bytes"
	"cmp"
	"slices"
	"sort"

	"github.com/jam-go/jam/internal/insert"
)

// hasMarkers reports whether text has a control character of a marker.
func hasMarkers(text []byte) bool {
	return bytes.IndexByte(text, insert.Open) >= 0 || bytes.IndexByte(text, insert.Close) >= 0
}

// expand replaces the markers in the output from an offset on, where HTML begins. In
// attribute values an insert is its plain text, elsewhere its HTML. It is done here, once,
// rather than by each renderer, so that it also holds for what extensions write.
func (o *output) expand(from int) {
	if o.run == nil || !o.run.marked || !hasMarkers(o.buf[from:]) {
		return
	}
	x := expander{run: o.run, src: o.buf[from:]}
	x.scan()
	for _, spans := range [...][]span{since(o.notes, from), since(o.ids, from)} {
		for i, s := range spans {
			spans[i] = span{from + x.moved(s.start-from), from + x.moved(s.end-from)}
		}
	}
	o.buf = append(o.buf[:from], x.out...)
}

// expander replaces markers in HTML.
type expander struct {
	run   *run
	src   []byte
	out   []byte
	done  int // what of src is in out, or replaced
	moves []move

	state htmlState
	raw   []byte // the name of the element whose text is no HTML
}

// move says that what stood at offset from, and all behind it, is by other bytes further on.
type move struct{ from, by int }

// htmlState is where in HTML a byte is.
type htmlState uint8

const (
	inText htmlState = iota
	inTag
	inDoubleQuotes
	inSingleQuotes
	inComment
	inRaw // a script or a style sheet
)

func (x *expander) scan() {
	for i := 0; i < len(x.src); {
		if c := x.src[i]; c == insert.Open || c == insert.Close {
			i += x.control(i)
			continue
		}
		x.next(i)
		i++
	}
	x.out = append(x.out, x.src[x.done:]...)
}

// next sets the state behind the byte at i.
func (x *expander) next(i int) {
	c, rest := x.src[i], x.src[i:]
	switch x.state {
	case inText:
		switch {
		case c != '<' || len(rest) < 2:
		case bytes.HasPrefix(rest, []byte("<!--")):
			x.state = inComment
		case rest[1] == '/' || isLetter(rest[1]):
			x.state, x.raw = inTag, nil
			if name := string(tagName(rest)); rest[1] != '/' && (name == "script" || name == "style") {
				x.raw = []byte("</" + name)
			}
		}
	case inTag:
		switch c {
		case '"':
			x.state = inDoubleQuotes
		case '\'':
			x.state = inSingleQuotes
		case '>':
			x.state = inText
			if x.raw != nil {
				x.state = inRaw
			}
		}
	case inDoubleQuotes:
		if c == '"' {
			x.state = inTag
		}
	case inSingleQuotes:
		if c == '\'' {
			x.state = inTag
		}
	case inComment:
		if c == '>' && bytes.HasSuffix(x.src[:i], []byte("--")) {
			x.state = inText
		}
	case inRaw:
		if c == '<' && hasPrefixFold(rest, string(x.raw)) {
			x.state, x.raw = inTag, nil
		}
	}
}

// control replaces the marker at i, or drops a control character that stands alone, and
// returns the length of what it dealt with.
func (x *expander) control(i int) int {
	number, length, ok := insert.At(x.src[i:])
	switch {
	case ok:
		x.replace(i, i+length, number)
		return length
	case x.state == inText && x.src[i] == insert.Open:
		if length = x.split(i); length > 0 {
			return length
		}
	}
	x.replace(i, i+1, -1)
	return 1
}

// split replaces a marker that has tags among its parts, as highlighters leave it, and
// keeps the tags but for elements that are empty then. It returns the length, 0 if there is no
// marker.
func (x *expander) split(i int) (length int) {
	const most = 512 // bytes of a marker with its tags
	number, digits := 0, 0
	drop := []span{{i, i + 1}}
	open := span{}
	for j := i + 1; j < min(len(x.src), i+most); j++ {
		switch c := x.src[j]; {
		case c >= '0' && c <= '9' && digits < 9:
			number = 10*number + int(c-'0')
			digits++
			drop = append(drop, span{j, j + 1})
		case c == '<':
			tag := span{j, j + tagEnd(x.src[j:])}
			switch {
			case hasMarkers(x.src[tag.start:tag.end]):
				return 0
			case tag.end-j < 2 || x.src[j+1] != '/':
				open = tag
			case open.end > 0:
				drop = append(drop, open, tag)
				fallthrough
			default:
				open = span{}
			}
			j = tag.end - 1
		case c == insert.Close && digits > 0:
			slices.SortFunc(drop, func(a, b span) int { return cmp.Compare(a.start, b.start) })
			for _, d := range drop {
				x.replace(d.start, d.end, -1)
			}
			x.replace(j, j+1, number)
			return j + 1 - i
		default:
			return 0
		}
	}
	return 0
}

// replace puts insert number, or nothing, in the place of a part of src.
func (x *expander) replace(from, to, number int) {
	x.out = append(x.out, x.src[x.done:from]...)
	x.done = to
	switch x.state {
	case inDoubleQuotes, inSingleQuotes:
		start := len(x.out)
		x.out = appendEscaped(x.out, x.run.plainInsert(number))
		if x.state == inSingleQuotes {
			x.out = append(x.out[:start], bytes.ReplaceAll(x.out[start:], []byte("'"), []byte("&#39;"))...)
		}
	default:
		x.out = append(x.out, x.run.use(number)...)
	}
	x.moves = append(x.moves, move{to, len(x.out) - to})
}

// moved returns where what stands at an offset of src is in out.
func (x *expander) moved(offset int) int {
	i := sort.Search(len(x.moves), func(i int) bool { return x.moves[i].from > offset })
	if i == 0 {
		return offset
	}
	return offset + x.moves[i-1].by
}
