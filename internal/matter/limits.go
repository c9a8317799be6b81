package matter

import (
	"fmt"
	"unicode/utf8"

	"github.com/jam-go/jam/internal/diag"
)

// Limits bounds what reading one file may cost, whatever the file holds. A
// field that is zero or less has its default.
type Limits struct {
	// MaxBytes is the size of the front matter (default 1 MiB) or of the data
	// file (default 64 MiB).
	MaxBytes int

	// MaxDepth is the depth to which lists and maps may be nested (default 64).
	MaxDepth int

	// MaxNodes is the number of values, counted as if each YAML alias were
	// written out (default 100,000, and 5,000,000 in a data file).
	MaxNodes int
}

// LimitError is the cause of an error about a limit.
type LimitError struct {
	Field string // of Limits
	text  string
}

func (e *LimitError) Error() string { return e.text }

func beyond(field, format string, args ...any) error {
	return &LimitError{field, fmt.Sprintf(format, args...)}
}

var (
	frontMatterLimits = Limits{MaxBytes: 1 << 20, MaxDepth: 64, MaxNodes: 100_000}
	dataLimits        = Limits{MaxBytes: 64 << 20, MaxDepth: 64, MaxNodes: 5_000_000}
)

func (l Limits) or(def Limits) Limits {
	pick := func(v, def int) int {
		if v > 0 {
			return v
		}
		return def
	}
	return Limits{
		MaxBytes: pick(l.MaxBytes, def.MaxBytes),
		MaxDepth: pick(l.MaxDepth, def.MaxDepth),
		MaxNodes: pick(l.MaxNodes, def.MaxNodes),
	}
}

// read reads a block like decode, at less cost where that is possible.
func (l Limits) read(format Format, block []byte, line int) (*Node, diag.List) {
	if root := l.flat(format, block, line); root != nil {
		return root, nil
	}
	return l.decode(format, block, line)
}

// decode reads a block whose first byte is at the first column of line. The
// node is nil if and only if there are errors.
func (l Limits) decode(format Format, block []byte, line int) (root *Node, errs diag.List) {
	defer func() {
		if r := recover(); r != nil {
			root, errs = nil, diag.List{diag.At(line, 1, "the %s decoder failed: %v", format, r)}
		}
	}()
	if len(block) > l.MaxBytes {
		return nil, diag.List{{Line: line, Column: 1, Err: beyond("MaxBytes", "%d bytes of %s are more than the limit of %d", len(block), format, l.MaxBytes)}}
	}
	loc := locator{src: block, base: line - 1}
	if !utf8.Valid(block) {
		line, column := loc.at(firstInvalid(block))
		return nil, diag.List{diag.At(line, column, "invalid UTF-8")}
	}
	b := builder{limits: l}
	switch format {
	case YAML:
		root = b.yaml(block, loc)
	case TOML:
		root = b.toml(block, loc)
	case JSON:
		root = b.json(block, loc)
	case CSV:
		root = b.csv(block, loc, ',')
	case TSV:
		root = b.csv(block, loc, '\t')
	case XML:
		root = b.xml(block, loc)
	default:
		b.errs.Add(0, 0, "unknown data format %q", format)
	}
	if len(b.errs) > 0 {
		b.errs.Sort()
		return nil, b.errs
	}
	return root, nil
}

func firstInvalid(b []byte) int {
	off := 0
	for off < len(b) {
		r, n := utf8.DecodeRune(b[off:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		off += n
	}
	return off
}
