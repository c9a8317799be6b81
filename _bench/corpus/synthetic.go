package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Synthetic returns made-up texts, which are alike to real ones in length, some 3.6 KB, and in what they
// consist of.
func Synthetic() Texts {
	return func(k int) Text {
		w := &writer{r: rand.New(rand.NewPCG(uint64(k), 2))}
		title := w.capital(w.words(3 + w.r.IntN(4)))
		// Most texts are short, and a few are long.
		for left := 2 + w.r.ExpFloat64()*7; left > 0; left-- {
			w.block()
		}
		return Text{Title: title, Body: w.b.String()}
	}
}

// writer makes up a text.
type writer struct {
	r *rand.Rand
	b strings.Builder
}

// block writes a block: for the most part paragraphs.
func (w *writer) block() {
	switch n := w.r.IntN(100); {
	case n < 55:
		fmt.Fprintf(&w.b, "%s\n\n", w.paragraph())
	case n < 72:
		fmt.Fprintf(&w.b, "%s %s\n\n%s\n\n", strings.Repeat("#", 2+w.r.IntN(2)), w.capital(w.words(2+w.r.IntN(4))), w.paragraph())
	case n < 84:
		w.list()
	case n < 94:
		w.code()
	case n < 97:
		fmt.Fprintf(&w.b, "> %s\n\n", w.paragraph())
	default:
		w.table()
	}
}

func (w *writer) list() {
	for range 3 + w.r.IntN(6) {
		fmt.Fprintf(&w.b, "- %s\n", w.sentence())
	}
	w.b.WriteByte('\n')
}

func (w *writer) code() {
	w.b.WriteString("```sh\n")
	for range 2 + w.r.IntN(12) {
		fmt.Fprintf(&w.b, "%s --%s=%d < %q\n", w.word(), w.word(), w.r.IntN(1000), w.words(2))
	}
	w.b.WriteString("```\n\n")
}

func (w *writer) table() {
	fmt.Fprintf(&w.b, "| %s | %s | %s |\n| --- | --- | ---: |\n", w.word(), w.word(), w.word())
	for range 3 + w.r.IntN(8) {
		fmt.Fprintf(&w.b, "| `%s` | %s | %d |\n", w.word(), w.words(1+w.r.IntN(5)), w.r.IntN(10_000))
	}
	w.b.WriteByte('\n')
}

func (w *writer) paragraph() string {
	sentences := make([]string, 2+w.r.IntN(5))
	for i := range sentences {
		sentences[i] = w.sentence()
	}
	return strings.Join(sentences, "\n")
}

// sentence makes a sentence with, now and then, what Markdown has for lines.
func (w *writer) sentence() string {
	list := strings.Fields(w.words(6 + w.r.IntN(14)))
	at := w.r.IntN(len(list))
	switch n := w.r.IntN(100); {
	case n < 12:
		list[at] = fmt.Sprintf("[%s](https://example.com/%s/%s)", w.words(2), w.word(), w.word())
	case n < 22:
		list[at] = "`" + list[at] + "`"
	case n < 30:
		list[at] = "**" + list[at] + "**"
	case n < 36:
		list[at] = "*" + list[at] + "*"
	case n < 40:
		list[at] = `"` + list[at] + `"`
	case n < 42:
		list[at] += " -- " + w.word()
	}
	return w.capital(strings.Join(list, " ")) + "."
}

func (w *writer) words(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = w.word()
	}
	return strings.Join(list, " ")
}

var (
	onsets = strings.Fields("b br c ch d dr f g gr h k l m n p pl r s sh st t tr v w")
	nuclei = strings.Fields("a e i o u ai ea ou")
	codas  = strings.Fields("n r l s t nd rs ck m")
)

// word makes a word of one to three syllables.
func (w *writer) word() string {
	var b strings.Builder
	for range 1 + w.r.IntN(3) {
		b.WriteString(onsets[w.r.IntN(len(onsets))])
		b.WriteString(nuclei[w.r.IntN(len(nuclei))])
	}
	if w.r.IntN(2) == 0 {
		b.WriteString(codas[w.r.IntN(len(codas))])
	}
	return b.String()
}

func (w *writer) capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
