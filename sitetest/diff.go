package sitetest

import (
	"fmt"
	"strings"

	"github.com/aymanbagabas/go-udiff"
)

// diff returns a unified diff of two texts. Where lines are long, as those of minified HTML, they are broken before tags.
func diff(oldName, newName, old, new string) string {
	const context, most = 3, 200
	if hasLongLine(old) || hasLongLine(new) {
		before, after := breakLines(old), breakLines(new)
		if before != after {
			old, new = before, after
			newName += " (shown with lines broken before tags)"
		}
	}
	d, err := udiff.ToUnified(oldName, newName, old, udiff.Lines(old, new), context)
	if err != nil {
		return fmt.Sprintf("--- %s\n%s+++ %s\n%s", oldName, old, newName, new)
	}
	lines := strings.SplitAfter(d, "\n")
	if len(lines) > most {
		rest := len(lines) - most
		d = strings.Join(lines[:most], "") + fmt.Sprintf("… and %d more lines\n", rest)
	}
	return d
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

// breakLines breaks long lines before each tag.
func breakLines(s string) string {
	var b strings.Builder
	for l := range strings.Lines(s) {
		if len(l) > longLine {
			l = strings.TrimPrefix(strings.ReplaceAll(l, "<", "\n<"), "\n")
		}
		b.WriteString(l)
	}
	return b.String()
}
