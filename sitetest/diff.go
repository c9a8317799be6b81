package sitetest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"
)

// diff returns a unified diff of two texts. If there are long lines, as in minified HTML, all are broken before tags.
func diff(oldName, newName, old, new string) string {
	const context, most = 3, 200
	if hasLongLine(old) || hasLongLine(new) {
		before, after := breakLines(old), breakLines(new)
		if before != after {
			old, new = before, after
			newName += " (shown with lines broken before tags)"
		}
	}
	u, err := udiff.ToUnifiedDiff(oldName, newName, old, udiff.Lines(old, new), context)
	if err != nil {
		return fmt.Sprintf("--- %s\n%s+++ %s\n%s", oldName, old, newName, new)
	}
	number(u)
	d := u.String()
	lines := slices.Collect(strings.Lines(d))
	if len(lines) > most {
		rest := len(lines) - most
		d = strings.Join(lines[:most], "") + fmt.Sprintf("… and %d more lines\n", rest)
	}
	return d
}

// number sets where hunks begin in the new text, which v0.4.1 has wrong after a hunk of several edits
// (https://go.dev/issue/81453).
func number(u udiff.UnifiedDiff) {
	shift := 0
	for _, h := range u.Hunks {
		h.ToLine = h.FromLine + shift
		for _, l := range h.Lines {
			switch l.Kind {
			case udiff.Insert:
				shift++
			case udiff.Delete:
				shift--
			}
		}
	}
}

const longLine = 160

func hasLongLine(s string) bool {
	for l := range strings.Lines(s) {
		if len(l) > longLine {
			return true
		}
	}
	return false
}

var beforeTag = regexp.MustCompile(`([^\n])(<[A-Za-z!])`)

// breakLines breaks lines before each start tag.
func breakLines(s string) string { return beforeTag.ReplaceAllString(s, "$1\n$2") }
