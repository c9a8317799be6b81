package exec

import (
	"strings"
	"testing"
)

// FuzzSame looks for templates that this package executes in another way than the standard library.
func FuzzSame(f *testing.F) {
	for i := 0; i < len(templates); i += 5 {
		f.Add(templates[i], uint8(0))
	}
	f.Fuzz(func(t *testing.T, text string, which uint8) {
		const long = 400
		if len(text) > long || endless(text) {
			t.Skip()
		}
		same(t, text, []func() any{
			func() any { return newWorld() },
			func() any { return *newWorld() },
			func() any { return newWorld().AnyMap },
			func() any { return newWorld().Anys },
			func() any { return "text" },
			func() any { return nil },
		}[which%6])
	})
}

// endless reports whether a template may take too long, with either of the two: recursion goes 100,000 deep,
// and a range may count far.
func endless(text string) bool {
	digits := 0
	for _, c := range text {
		if c >= '0' && c <= '9' || c == '_' || c == 'e' || c == 'E' || c == 'x' || c == 'X' || c == 'p' || c == 'P' {
			digits++
		} else {
			digits = 0
		}
		if digits > 4 {
			return true
		}
	}
	return strings.Count(text, "template") > 0 && strings.Count(text, "define")+strings.Count(text, "block") > 0 && strings.Contains(text, "range") ||
		strings.Count(text, "range") > 4 || strings.Contains(text, "Big") || strings.Contains(text, "'")
}
