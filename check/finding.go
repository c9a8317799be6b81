package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says how bad what a rule finds is. The zero value turns a rule off.
type Severity uint8

// The severities.
const (
	Off     Severity = iota
	Warning          // worth a look: visitors or search engines are served worse than they could be
	Error            // broken
)

// String returns off, warning or error.
func (s Severity) String() string {
	switch s {
	case Off:
		return "off"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return fmt.Sprintf("Severity(%d)", uint8(s))
}

// MarshalText returns the name, so that findings are readable as JSON.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a name.
func (s *Severity) UnmarshalText(text []byte) error {
	for _, known := range []Severity{Off, Warning, Error} {
		if string(text) == known.String() {
			*s = known
			return nil
		}
	}
	return fmt.Errorf("unknown severity %q: want off, warning or error", text)
}

// Finding is what a rule found at a place.
type Finding struct {
	File     string   `json:"file"`             // slash-separated, as in the file system
	Line     int      `json:"line,omitempty"`   // from 1; 0 when it is about the whole file
	Column   int      `json:"column,omitempty"` // from 1, in characters
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	Message  string   `json:"message"`         // what is wrong
	Fix      string   `json:"fix"`             // what to do about it
	About    string   `json:"about,omitempty"` // the link, id, title or element in question
}

// String returns the finding in the form file:line:column: message (rule). Fix.
func (f Finding) String() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d", f.Line)
		if f.Column > 0 {
			fmt.Fprintf(&b, ":%d", f.Column)
		}
	}
	fmt.Fprintf(&b, ": %s: %s [%s]", f.Severity, f.Message, f.Rule)
	if f.Fix != "" {
		b.WriteString("; " + f.Fix)
	}
	return b.String()
}

func compareFindings(a, b Finding) int {
	return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
		strings.Compare(a.Rule, b.Rule), strings.Compare(a.Message, b.Message))
}

// Report is what [Run] found.
type Report struct {
	Findings []Finding   // by file, line and column
	Ignored  int         // findings that [Options.Ignore] took out
	Unused   []Exception // of those, the ones that took out none, and can go
	Files    int         // files there are
	Pages    int         // HTML files that were read
	Links    int         // links and references to files, in HTML
	External int         // different external URLs, asked for or not
}

// Count returns the number of findings of a severity.
func (r *Report) Count(s Severity) int {
	n := 0
	for _, f := range r.Findings {
		if f.Severity == s {
			n++
		}
	}
	return n
}

// Err returns nil if no finding is an error, and else one that lists all
// findings, warnings too. Its type is [*FindingsError].
func (r *Report) Err() error {
	if r.Count(Error) == 0 {
		return nil
	}
	return &FindingsError{slices.Clone(r.Findings)}
}

// FindingsError is findings as an error.
type FindingsError struct{ Findings []Finding }

// Error lists the findings, a line each. Of what is found alike in many files,
// such as a mistake in a footer, it shows a few places and counts the others.
func (e *FindingsError) Error() string { return list(e.Findings) }

// list returns the findings as text, a line each.
func list(findings []Finding) string {
	const alike = 5 // are shown of one kind
	type kind struct{ rule, message string }
	count := make(map[kind]int)
	for _, f := range findings {
		count[kind{f.Rule, f.Message}]++
	}
	seen := make(map[kind]int)
	var b strings.Builder
	for _, f := range findings {
		k := kind{f.Rule, f.Message}
		seen[k]++
		if count[k] > alike+1 && seen[k] > alike {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(f.String())
		if seen[k] == alike && count[k] > alike+1 {
			fmt.Fprintf(&b, "\n\t… and %d more like this one", count[k]-alike)
		}
	}
	return b.String()
}
