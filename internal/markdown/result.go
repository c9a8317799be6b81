package markdown

import (
	"iter"
	"unsafe"

	"github.com/jam-go/jam/internal/diag"
)

// Result is a rendered document. It does not change after it was returned;
// the slices must not be modified. What is not asked of every document is a
// method, which computes it by each call.
type Result struct {
	// HTML is the whole document.
	HTML string

	SummaryKind SummaryKind
	SummaryEnd  int  // where the summary ends in HTML
	Truncated   bool // the document goes on after the summary

	// Words is the number of words, as CountWords counts them, of the text
	// that a reader sees, without footnote references. CJK reports whether
	// most of them are Chinese, Japanese or Korean characters.
	Words int
	CJK   bool

	// Problems are sorted by position.
	Problems []Problem

	headings []headingNote
	names    string // what headings refer to
	anchors  []string
	notes    []span // footnote references and back references in HTML
	ids      []span // id attributes in HTML
}

// SummaryKind says how a summary ends.
type SummaryKind int

// A summary ends at the divider that the author set, or after the block with
// which it is long enough.
const (
	AutoSummary SummaryKind = iota
	ManualSummary
)

func (k SummaryKind) String() string {
	if k == ManualSummary {
		return "manual"
	}
	return "auto"
}

// Size returns roughly how many bytes of memory the result takes.
func (r *Result) Size() int {
	const own, problem, text = 256, 160, 16 // with what they refer to
	size := own + len(r.HTML) + len(r.names) + int(unsafe.Sizeof(headingNote{}))*len(r.headings) +
		int(unsafe.Sizeof(span{}))*(len(r.notes)+len(r.ids)) + problem*len(r.Problems)
	for _, a := range r.anchors {
		size += text + len(a)
	}
	return size
}

// Summary returns the rendering of the first blocks, as HTML that is complete
// in itself. As it is meant for other pages, beside other summaries, it
// has no footnote references and no ids. It can be kept without HTML.
func (r *Result) Summary() string {
	html, local := r.HTML[:r.SummaryEnd], r.local()
	if len(html) == len(r.HTML) && len(local) == 0 {
		return html
	}
	return string(appendWithout(nil, html, 0, local))
}

// SummaryParts yields the parts of which Summary is put together.
func (r *Result) SummaryParts() iter.Seq[string] {
	return func(yield func(string) bool) { partsWithout(r.HTML[:r.SummaryEnd], 0, r.local(), yield) }
}

// Plain returns the text of the document: without markup and footnote
// references, blocks separated by line breaks.
func (r *Result) Plain() string { return plainText(appendWithout(nil, r.HTML, 0, r.notes)) }

// Anchors returns the ids that links into the document can use: of headings, of terms,
// and others that the author wrote as an attribute or, with Config.Unsafe, in raw
// HTML.
func (r *Result) Anchors() []string {
	var list []string
	for i := range r.headings {
		if h := r.heading(i); h.ID != "" {
			list = append(list, h.ID)
		}
	}
	return append(list, r.anchors...)
}

// local returns what makes sense on the page alone.
func (r *Result) local() []span { return merge(r.notes, r.ids) }

// Heading is a heading of a document.
type Heading struct {
	ID       string
	Title    string // plain text
	HTML     string // the content as HTML, without links and footnote references
	Level    int    // 1 to 6
	Children []*Heading
}

// Problem is something in a document that its author should know of. It did
// not stop the rendering.
type Problem struct {
	Kind ProblemKind
	diag.Error
}

// ProblemKind sorts problems, so that a caller can decide which are errors.
type ProblemKind int

// Kinds of problems.
const (
	RawHTML         ProblemKind = iota + 1 // raw HTML was left out
	UnsafeAttribute                        // an attribute was left out
	UnsafeURL                              // the address of a link or an image was left out
	BrokenLink                             // Source.Resolve returned an error
	DuplicateID                            // two elements were given the same id
	BadOption                              // an extension can't use an option, see Report
)

func (k ProblemKind) String() string {
	switch k {
	case RawHTML:
		return "raw HTML"
	case UnsafeAttribute:
		return "unsafe attribute"
	case UnsafeURL:
		return "unsafe URL"
	case BrokenLink:
		return "broken link"
	case DuplicateID:
		return "duplicate id"
	case BadOption:
		return "bad option"
	}
	return "unknown"
}
