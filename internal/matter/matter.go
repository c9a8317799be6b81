// Package matter reads the front matter of content files, and data files, into
// one tree of nodes that know their positions, whatever the format, and
// decodes such a tree into Go values.
//
// # Which files have front matter
//
// A byte order mark and blank lines at the start of a file are skipped. The
// next line, from its first column, decides; white space at its end is ignored:
//
//	---          YAML up to a line --- or ... (also ---yaml)
//	+++          TOML up to a line +++ outside a multi-line string
//	---toml      TOML up to a line --- outside a multi-line string
//	---json      JSON up to a line ---
//	;;;          JSON up to a line ;;;
//	{            JSON up to its closing brace, if the next character that is
//	             not white space is " or }; the body may follow on the same line
//
// Anything else is a file without front matter. A closing fence stands at the
// first column; an indented one, inside a block scalar say, closes nothing. A
// fence that is never closed is an error, as is a line such as ---- or ---1
// where the closing fence should be. Lines end with LF or CRLF.
//
// In Markdown --- is a thematic break as well, so the block after it counts
// as front matter only if it looks like it. A key line is a line that begins,
// at the first column, with a single word or a quoted string, then a colon,
// then white space or the end of the line. With a closing fence:
//
//   - an empty block, or one of comments right after the fence, is empty
//     front matter;
//   - if a blank line follows the opening fence, and the first line that is
//     neither blank nor a comment is not a key line, the file begins with a
//     thematic break and has no front matter;
//   - a YAML mapping is front matter;
//   - what is not a mapping, or not YAML, is an error if it holds a key line
//     or begins with something like key:value or key = value, and otherwise
//     text after a thematic break.
//
// Without a closing fence it is an unclosed fence, and so an error, if a key
// line follows the opening fence (comments may stand between), and otherwise
// a thematic break.
//
// # Meaning
//
// Front matter is a mapping. YAML has the types of the YAML 1.2 core schema
// and dates (yes and on are strings, 010 is ten); TOML is TOML 1.1, JSON is
// RFC 8259. Keys are unique in every mapping. YAML anchors, aliases and merge
// keys work, within [Limits].
//
// Data files may also be CSV (RFC 4180) or TSV, a list of rows that are lists
// of strings, and XML 1.0 in UTF-8. Of XML the root element is left out. An
// element with neither attributes nor elements is its text; others are maps of
// elements by name, a repeated one as a list, of attributes by name with a
// hyphen before it, and of the text beside them, under "#text". Prefixes of
// name spaces are dropped; of two attributes that become one, the last counts.
// Entities that a document declares are not expanded but an error.
//
// All functions may be called concurrently. A [Node] does not change once it
// was returned, and shares no memory with the file.
package matter

import (
	"bytes"

	"github.com/jam-go/jam/internal/diag"
)

// Format is the notation of front matter or of a data file.
type Format string

// The formats. None is that of a file without front matter.
const (
	None Format = ""
	YAML Format = "yaml"
	TOML Format = "toml"
	JSON Format = "json"

	// Of data files only; all their values are strings.
	CSV Format = "csv" // comma-separated values
	TSV Format = "tsv" // the same with tabs
	XML Format = "xml"
)

// Document is a content file, split.
type Document struct {
	Format Format

	// Root is the front matter, a Map at the position of its opening fence
	// or brace; nil when the file has none.
	Root *Node

	// Body is the rest of the file: a subslice of what was parsed. Without
	// front matter it is the whole file less a byte order mark.
	Body []byte

	BodyLine   int // line of the file on which Body starts, from 1
	BodyOffset int // offset of Body in the file, in bytes; to parse what is before it gives the same Root again
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// Parse splits a content file and reads its front matter within the default
// [Limits]. The error is a [diag.List] with positions in the file. Beside an
// error the document is as complete as possible: Body is right whenever the
// end of the front matter was found.
func Parse(src []byte) (*Document, error) { return Limits{}.Parse(src) }

// Parse is like the function [Parse] with other limits.
func (l Limits) Parse(src []byte) (*Document, error) {
	l = l.or(frontMatterLimits)
	h, ok := findHead(src)
	if !ok || h.thematicBreak(src) {
		return bodyFrom(src), nil
	}
	doc := &Document{Format: h.format, Body: src[h.body:], BodyOffset: h.body}
	doc.BodyLine = 1 + bytes.Count(src[:h.body], newline)
	if !h.closed {
		return doc, diag.List{h.unclosed(src)}
	}
	if size := h.end - h.start; size > l.MaxBytes {
		return doc, diag.List{{Line: h.line, Column: 1, Err: beyond("MaxBytes", "%d bytes are more than the limit of %d", size, l.MaxBytes)}}
	}
	block, err := h.extract(src)
	if err != nil {
		return doc, diag.List{diag.At(h.line, 1, "%w", err)}
	}
	if root := l.flat(h.format, block, h.blockLine()); root != nil && root.Kind == Map {
		root.Line, root.Column = h.line, 1
		doc.Root = root
		return doc, nil
	}
	root, errs := l.decode(h.format, block, h.blockLine())
	if root != nil && root.Kind == Null {
		root = &Node{Kind: Map}
	}
	if h.open == "---" && (root == nil || root.Kind != Map) && !meantAsMapping(block) {
		return bodyFrom(src), nil
	}
	if errs = h.check(src, block, root, errs); len(errs) > 0 {
		return doc, errs
	}
	root.Line, root.Column = h.line, 1
	doc.Root = root
	return doc, nil
}

func bodyFrom(src []byte) *Document {
	body := bytes.TrimPrefix(src, byteOrderMark)
	return &Document{Body: body, BodyLine: 1, BodyOffset: len(src) - len(body)}
}

// check returns what is wrong with a block, as the errors to report.
func (h *head) check(src, block []byte, root *Node, errs diag.List) diag.List {
	if len(errs) > 0 && !h.near.indented {
		if slip := h.slip(src); slip != nil {
			return diag.List{slip}
		}
	}
	if len(errs) > 0 || root.Kind == Map {
		return errs
	}
	return diag.List{diag.At(root.Line, root.Column,
		"front matter must be a mapping of keys to values, not %s%s", root.Kind.Article(), mappingHint(block))}
}

// ParseData reads a whole data file within the default [Limits] for data. An
// empty YAML file is a Null node, an empty TOML file an empty Map, an empty CSV
// file an empty List. The error is a [diag.List].
func ParseData(format Format, src []byte) (*Node, error) {
	return Limits{}.ParseData(format, src)
}

// ParseData is like the function [ParseData] with other limits.
func (l Limits) ParseData(format Format, src []byte) (*Node, error) {
	l = l.or(dataLimits)
	root, errs := l.read(format, bytes.TrimPrefix(src, byteOrderMark), 1)
	if len(errs) > 0 {
		return nil, errs.Err()
	}
	return root, nil
}
