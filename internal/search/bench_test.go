package search

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// vocabulary invents words in an alphabet, the most frequent first.
func vocabulary(rnd *rand.Rand, alphabet string, n int) []string {
	letters := []rune(alphabet)
	words := make([]string, n)
	for i := range words {
		var b strings.Builder
		for range 3 + rnd.IntN(4) + i*4/n {
			b.WriteRune(letters[min(rnd.IntN(len(letters)), rnd.IntN(len(letters)))])
		}
		words[i] = b.String()
	}
	return words
}

// invented makes up a page of so many words, whose frequencies fall as they do in
// natural texts.
func invented(rnd *rand.Rand, zipf *rand.Zipf, words []string, i, length int) Doc {
	text := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(words[zipf.Uint64()])
			b.WriteByte(" \n.,"[min(rnd.IntN(20), 3)])
			b.WriteByte(' ')
		}
		return b.String()
	}
	d := Doc{
		URL: fmt.Sprintf("/section/page-%d/", i), Title: text(4), Section: "Section",
		Description: text(20), Keywords: strings.Fields(text(3)), Text: text(length),
	}
	for k := range 6 {
		d.Headings = append(d.Headings, Heading{ID: fmt.Sprint("h-", k), Text: text(4)})
	}
	return d
}

func inventedDocs(alphabet string, n, length int) []Doc {
	rnd := rand.New(rand.NewPCG(1, 2))
	words := vocabulary(rnd, alphabet, 60000)
	zipf := rand.NewZipf(rnd, 1.1, 8, uint64(len(words)-1))
	docs := make([]Doc, n)
	for i := range docs {
		docs[i] = invented(rnd, zipf, words, i, length)
	}
	return docs
}

const (
	latin    = "etaoinshrdlcumwfgypbvkjxqz"
	cyrillic = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъ"
	han      = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过"
)

func BenchmarkAdd(b *testing.B) {
	for _, c := range []struct{ name, alphabet, lang string }{
		{"latin", latin, "en"}, {"cyrillic", cyrillic, "ru"}, {"han", han, "zh"},
	} {
		docs := inventedDocs(c.alphabet, 200, 800)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			x := New(len(docs), Options{Language: language.Make(c.lang)})
			for i := 0; b.Loop(); i++ {
				if err := x.Add(i%len(docs), docs[i%len(docs)]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFiles(b *testing.B) {
	docs := inventedDocs(latin, 500, 800)
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		x := New(len(docs), Options{})
		for i, d := range docs {
			if err := x.Add(i, d); err != nil {
				b.Fatal(err)
			}
		}
		b.StartTimer()
		for _, name := range Names(len(docs)) {
			x.File(name)
		}
	}
}
