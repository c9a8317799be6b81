package suggest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestName(t *testing.T) {
	keys := []string{"author", "title", "date", "linkTitle", "draft"}
	for in, want := range map[string]string{
		"auther": "author", "Title": "title", "titel": "title", "dat": "date",
		"linktitel": "linkTitle", "zzz": "", "x": "", "": "",
	} {
		if got := Name(in, keys); got != want {
			t.Errorf("Name(%q) = %q, want %q", in, got, want)
		}
	}
	if got := DidYouMean("auther", keys); got != ` (did you mean "author"?)` {
		t.Errorf("DidYouMean = %q", got)
	}
	if got := Name("ab", []string{"ac", "aa"}); got != "aa" {
		t.Errorf("tie went to %q", got)
	}
}

// sorted is what Name is by its definition: the first of the sorted candidates that none
// is nearer than.
func sorted(name string, candidates []string) string {
	limit := 1 + len([]rune(name))/4
	best, bestDist := "", limit+1
	low := []rune(strings.ToLower(name))
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if d := distance(low, []rune(strings.ToLower(c)), limit); d < bestDist {
			best, bestDist = c, d
		}
	}
	return best
}

func check(t *testing.T, name string, candidates []string) {
	t.Helper()
	if got, want := Name(name, candidates), sorted(name, candidates); got != want {
		t.Errorf("Name(%q, %q) = %q, want %q", name, candidates, got, want)
	}
}

func TestNameLong(t *testing.T) {
	for _, size := range []int{1, 2, 63, 64, 65, 200} {
		name := strings.Repeat("añb", size)[:size]
		var list []string
		for i := range size {
			list = append(list, name[:i]+"x"+name[i+1:], name[:i]+name[i+1:], name[:i]+"yy"+name[i:])
		}
		check(t, name, list)
		for _, c := range list {
			check(t, name, []string{c})
		}
	}
}

// TestNameRandom compares words of few letters, which are near to each other.
func TestNameRandom(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		letters := []rune("aAbcéÉİ\xff")
		w := make([]rune, rnd.IntN(12))
		for i := range w {
			w[i] = letters[rnd.IntN(len(letters))]
		}
		return string(w)
	}
	for range 20_000 {
		list := make([]string, rnd.IntN(8))
		for i := range list {
			list[i] = word()
		}
		check(t, word(), list)
	}
}

func FuzzName(f *testing.F) {
	f.Add("getting-started", "geting-started getting_started stop")
	f.Add(strings.Repeat("a", 65), strings.Repeat("a", 64))
	f.Add("\xffé", "É é \xff")
	f.Fuzz(func(t *testing.T, name, candidates string) {
		check(t, name, strings.Split(candidates, " "))
	})
}

func BenchmarkName(b *testing.B) {
	var list []string
	for i := range 200 {
		list = append(list, fmt.Sprintf("page-%d-%s", i, strings.Repeat("abc", i%5)))
	}
	b.ReportAllocs()
	for b.Loop() {
		Name("gettign-started", list)
	}
}
