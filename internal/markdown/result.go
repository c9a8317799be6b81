package markdown

import (
	"github.com/jam-go/jam/internal/diag"
)

// Result is a rendered document. It does not change after it was returned;
// the slices must not be modified.
type Result struct {
	// HTML is the whole document.
	HTML []byte

	// Summary is the rendering of the first blocks, as HTML that is complete
	// in itself. As it is meant for other pages, beside other summaries, it
	// has no footnote references and no ids.
	Summary     []byte
	SummaryKind SummaryKind
	SummaryEnd  int  // where the summary ends in HTML
	Truncated   bool // the document goes on after the summary

	// Headings are the headings of the document as a tree: each is below the
	// nearest heading before it that has a lower level.
	Headings []*Heading

	// Words is the number of words, as CountWords counts them, of the text
	// that a reader sees, without footnote references. CJK reports whether
	// most of them are Chinese, Japanese or Korean characters.
	Words int
	CJK   bool

	// Problems are sorted by position.
	Problems []Problem

	anchors []string
	notes   []span
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

// Plain returns the text of the document: without markup and footnote
// references, blocks separated by line breaks. It is computed by each call.
func (r *Result) Plain() string { return plainText(without(r.HTML, 0, r.notes)) }

// Anchors returns the ids that links into the document can use: of headings,
// and others that the author wrote as an attribute or, with Config.Unsafe, in raw
// HTML.
func (r *Result) Anchors() []string {
	var list []string
	var collect func([]*Heading)
	collect = func(headings []*Heading) {
		for _, h := range headings {
			if h.ID != "" {
				list = append(list, h.ID)
			}
			collect(h.Children)
		}
	}
	collect(r.Headings)
	return append(list, r.anchors...)
}

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
