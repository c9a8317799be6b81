package check

import (
	"bytes"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jam-go/jam/internal/htmlscan"
)

// mutes is a set of rules that report nothing.
type mutes uint64

// mostOfRule is how many findings of a rule are listed for one page.
const mostOfRule = 1000

const muteAttr = "data-check-ignore"

// facts are what is kept of a page when it was read.
type facts struct {
	title     string
	lang      string
	titleAt   position
	redirect  target // of a redirect page
	redirects bool
	redirAt   position
	noindex   bool
	copy      bool // another page is its canonical one
	canonical target
	canonAt   position
	fragment  bool // a part of a page
	partial   bool // the page wasn't read to its end
	ids       []uint64
	anchors   []anchor
	loads     []int32 // files that it loads
}

// position is a place in a file.
type position struct{ line, column int32 }

// anchor is a link to a part of another page.
type anchor struct {
	to       int32
	at       position
	fragment string
	link     string
}

// reader reads pages, one after another.
type reader struct {
	*run
	file         int32
	name         string // of the file
	path         string // of its URL
	src          []byte
	scan         htmlscan.Scanner
	places       htmlscan.Places
	tree         tree
	known        map[string]elem
	obsolete     map[string][]elem
	cache        map[string]target
	strings      map[string]string
	out          []Finding
	facts        *facts
	links, pages int

	muted       mutes // rules that are off for the current element
	seenTags    int
	headEndedBy []byte
	headEndedAt int
	headBroken  bool // that was reported
	tooDeep     bool // the elements are, and the rest isn't read

	inTemplate, inCode, inHeading, inTitle, inAnchor int

	head     head
	refs     []reference
	ids      []id
	idRefs   []idRef
	headings headings
	leftover bool // the file has something that may be left over
	local    localLink

	many [ruleCount]int // findings of each rule

	jsonScript bool // the script that was opened last is JSON
}

type id struct {
	hash uint64
	at   int
	mute mutes
	id   bool // not a name
	name []byte
}

// idRef is a reference to an id of the same page.
type idRef struct {
	attr, id []byte
	at       int
	mute     mutes
}

func newReader(run *run) *reader {
	return &reader{run: run, known: elementsByName(), obsolete: obsoleteAttributes(), cache: make(map[string]target), strings: make(map[string]string)}
}

// read checks a page and returns what is to be known of it later.
func (r *reader) read(file int32, src []byte) ([]Finding, *facts) {
	f := &r.site.files[file]
	r.file, r.name, r.path, r.src = file, f.name, r.site.urlPath(f.name), src
	r.scan.Reset(src)
	r.places.Reset(src)
	r.tree.reset()
	r.out, r.facts = nil, &facts{}
	r.muted, r.seenTags, r.headEndedBy, r.headBroken = 0, 0, nil, false
	r.tooDeep, r.many = false, [ruleCount]int{}
	r.inTemplate, r.inCode, r.inHeading, r.inTitle, r.inAnchor = 0, 0, 0, 0, 0
	r.head.reset()
	r.refs, r.ids, r.idRefs = r.refs[:0], r.ids[:0], r.idRefs[:0]
	r.headings = headings{}
	r.local = localLink{}
	r.leftover = mayHaveLeftovers(src)
	r.encoding()
	r.tokens()
	r.finish()
	return r.out, r.facts
}

func (r *reader) tokens() {
	for !r.tooDeep {
		tok := r.scan.Next()
		if len(r.scan.Problems) > 0 {
			r.parseErrors()
		}
		switch tok.Kind {
		case htmlscan.EOF:
			r.popAll(tok)
			return
		case htmlscan.Text:
			r.text(tok)
		case htmlscan.StartTag:
			r.startTag(tok)
			r.scan.Foreign(r.tree.inForeign())
			r.seenTags++
		case htmlscan.EndTag:
			r.endTag(tok)
			r.scan.Foreign(r.tree.inForeign())
		case htmlscan.Doctype:
			r.doctype(tok)
		}
		if n := r.tree.top(); n != nil {
			r.muted = n.muted
		} else {
			r.muted = 0
		}
	}
}

// lookup returns the element of a name.
func (r *reader) lookup(name []byte) elem { return r.known[string(name)] }

// found reports a finding at an offset.
func (r *reader) found(rule ruleID, offset int, about, format string, args ...any) {
	r.findMuted(r.muted, rule, offset, about, format, args...)
}

func (r *reader) findMuted(muted mutes, rule ruleID, offset int, about, format string, args ...any) {
	if r.severity[rule] == Off || muted&(1<<rule) != 0 {
		return
	}
	if r.many[rule]++; r.many[rule] > mostOfRule {
		return
	}
	line, column := r.places.Of(offset)
	r.out = append(r.out, r.finding(rule, r.name, line, column, about, fmt.Sprintf(format, args...)))
}

// whole reports a finding that is about the whole page, at its beginning or the
// element that should have it.
func (r *reader) whole(rule ruleID, offset int, format string, args ...any) {
	r.findMuted(r.head.muted, rule, offset, "", format, args...)
}

// mute reads which rules an element and what is in it are to be left alone with.
func (r *reader) mute(tok *htmlscan.Token) {
	a, ok := tok.Attr(muteAttr)
	if !ok {
		return
	}
	names := strings.Fields(string(a.Value))
	if len(names) == 0 {
		r.muted = ^mutes(0)
	}
	for _, name := range names {
		for i := range rules {
			if wild(name, rules[i].Name) {
				r.muted |= 1 << i
			}
		}
	}
}

// opened takes note of an element that was opened.
func (r *reader) opened(n *node) {
	if n.foreign {
		return
	}
	switch n.id {
	case eTemplate:
		r.inTemplate++
	case ePre, eCode, eKbd, eSamp, eVar, eTextarea, eScript, eStyle:
		r.inCode++
	case eTitle:
		r.inTitle++
	case eA:
		r.inAnchor++
	}
	if n.id.is(heading) && n.id != eHgroup {
		r.inHeading++
		r.heading(n)
	}
}

// closed takes note of one that was closed.
func (r *reader) closed(n *node) {
	if n.foreign {
		return
	}
	switch n.id {
	case eTemplate:
		r.inTemplate--
	case ePre, eCode, eKbd, eSamp, eVar, eTextarea, eScript, eStyle:
		r.inCode--
	case eTitle:
		r.inTitle--
	case eA:
		r.inAnchor--
		r.endLocalLink()
	}
	if n.id.is(heading) && n.id != eHgroup {
		r.inHeading--
		r.endHeadingText(n)
	}
}

// text checks a text.
func (r *reader) text(tok *htmlscan.Token) {
	text := r.src[tok.Start:tok.End]
	n := r.tree.top()
	blank := isBlank(text)
	switch {
	case r.inTemplate > 0:
	case n == nil:
		if !blank {
			r.bareText(tok)
		}
	case n.foreign:
	case n.id == eTitle:
		r.titleText(text, tok.Start)
	case n.id == eScript:
		r.script(tok)
	case !blank && textless(n.id):
		r.found(htmlNesting, tok.Start+leading(text), "", "text can't be in <%s>%s", n.name, because(eNone, n.id))
	}
	if blank {
		return
	}
	if r.inHeading > 0 {
		r.headings.text = true
	}
	if r.local.open && isLocalText(text) {
		r.local.shown = true
	}
	if r.leftover && r.inTemplate == 0 {
		r.leftovers(tok)
	}
}

// textless tells whether an element of tables or lists can hold no text.
func textless(e elem) bool {
	switch elements[e].model {
	case holdsItems, holdsTerms, holdsTable, holdsRows, holdsCells, holdsColumns:
		return true
	}
	return false
}

// bareText checks a text that is in no element but html, head or body.
func (r *reader) bareText(tok *htmlscan.Token) {
	t := &r.tree
	switch t.stage {
	case inHead:
		if t.headTag {
			r.headEndedBy, r.headEndedAt = []byte("text"), tok.Start
		}
		t.stage = inBody
	case afterBody:
		r.found(tagStray, tok.Start+leading(r.src[tok.Start:tok.End]), "", "text after the end of the body")
		t.stage = inBody
	}
}

func isBlank(text []byte) bool { return leading(text) == len(text) }

// leading returns the number of white space characters that a text begins with.
func leading(text []byte) int {
	for i, c := range text {
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' && c != '\f' {
			return i
		}
	}
	return len(text)
}

// encoding checks that the file is UTF-8.
func (r *reader) encoding() {
	if i := bytes.IndexByte(r.src, 0); i >= 0 {
		r.found(encodingInvalid, i, "", "a NUL character")
	}
	if utf8.Valid(r.src) {
		return
	}
	for i := 0; i < len(r.src); {
		c, size := utf8.DecodeRune(r.src[i:])
		if c == utf8.RuneError && size == 1 {
			r.found(encodingInvalid, i, "", "the byte %#x is not UTF-8", r.src[i])
			return
		}
		i += size
	}
}

// finish checks what can be told at the end of a page only.
func (r *reader) finish() {
	if r.facts.partial = r.tooDeep; !r.tooDeep {
		r.finishHead()
	}
	r.finishIDs()
	for i := range r.refs {
		r.resolve(&r.refs[i])
	}
	r.tooMany()
	slices.SortStableFunc(r.out, compareFindings)
}

// tooMany says of which rules there is more than is listed.
func (r *reader) tooMany() {
	for rule, n := range r.many {
		if n > mostOfRule {
			r.out = append(r.out, r.finding(ruleID(rule), r.name, 0, 0, "", fmt.Sprintf("%d findings of this rule in the page, of which the first %d are listed", n, mostOfRule)))
		}
	}
}

// addID takes note of an id or, with unique unset, of an anchor's name.
func (r *reader) addID(name []byte, at int, unique bool) {
	if r.inTemplate == 0 && len(name) > 0 {
		r.ids = append(r.ids, id{r.hash(name), at, r.muted, unique, name})
	}
}

func (r *reader) hash(name []byte) uint64 {
	if bytes.IndexByte(name, '&') >= 0 {
		return maphash.String(r.seed, htmlscan.UnescapeAttr(name))
	}
	return maphash.Bytes(r.seed, name)
}

func (r *reader) finishIDs() {
	slices.SortStableFunc(r.ids, func(a, b id) int {
		switch {
		case a.hash < b.hash:
			return -1
		case a.hash > b.hash:
			return 1
		}
		return 0
	})
	hashes := make([]uint64, 0, len(r.ids))
	var first *id
	for i := range r.ids {
		d := &r.ids[i]
		if i > 0 && r.ids[i-1].hash == d.hash {
			if d.id && first != nil {
				line, column := r.places.Of(first.at)
				r.findMuted(d.mute, idDuplicate, d.at, string(d.name), "the id %q is already that of an element at %d:%d", d.name, line, column)
			}
		} else {
			first = nil
			hashes = append(hashes, d.hash)
		}
		if d.id && first == nil {
			first = d
		}
	}
	r.facts.ids = hashes
	for _, ref := range r.idRefs {
		if !r.facts.has(r.hash(ref.id)) {
			r.findMuted(ref.mute, referenceBroken, ref.at, string(ref.id), "%s names the id %q, which the page doesn't have", ref.attr, ref.id)
		}
	}
}

// has tells whether a page has an id.
func (f *facts) has(hash uint64) bool {
	if f.partial {
		return true // for all that is known
	}
	_, ok := slices.BinarySearch(f.ids, hash)
	return ok
}

// position returns the place of an offset.
func (r *reader) position(offset int) position {
	line, column := r.places.Of(offset)
	return position{int32(line), int32(column)}
}
