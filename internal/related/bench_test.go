package related

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"
)

// bigSite returns n documents with 3 of 50 tags, which are Zipf-distributed,
// and 5 of 5,000 keywords each, newest first.
func bigSite(n int) (Config, []Document) {
	cfg := Config{
		Indices:   []Index{{Name: "keywords", Weight: 100}, {Name: "tags", Weight: 80}},
		Threshold: 80,
	}
	r := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(r, 1.1, 1, 49)
	tags, keywords := make([]string, 50), make([]string, 5000)
	for i := range tags {
		tags[i] = fmt.Sprint("tag", i)
	}
	for i := range keywords {
		keywords[i] = fmt.Sprint("keyword", i)
	}
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	docs := make([]Document, n)
	for i := range docs {
		docs[i].Date = start.Add(-time.Duration(i) * time.Hour)
		docs[i].Keywords = make([][]string, 2)
		for range 5 {
			docs[i].Keywords[0] = append(docs[i].Keywords[0], keywords[r.IntN(len(keywords))])
		}
		for range 3 {
			docs[i].Keywords[1] = append(docs[i].Keywords[1], tags[zipf.Uint64()])
		}
	}
	return cfg, docs
}

var sizes = []int{1_000, 10_000, 100_000}

func BenchmarkNew(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			cfg, docs := bigSite(n)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := New(cfg, docs); err != nil {
					b.Fatal(err)
				}
			}
			perDocument(b, n)
		})
	}
}

func BenchmarkFor(b *testing.B) {
	for _, newer := range []bool{false, true} {
		for _, n := range sizes {
			b.Run(fmt.Sprintf("newer=%t/%d", newer, n), func(b *testing.B) {
				cfg, docs := bigSite(n)
				cfg.IncludeNewer = newer
				f, err := New(cfg, docs)
				if err != nil {
					b.Fatal(err)
				}
				runtime.GC()
				b.ReportAllocs()
				for b.Loop() {
					for d := range docs {
						f.For(d)
					}
				}
				perDocument(b, n)
			})
		}
	}
}

func perDocument(b *testing.B, n int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/doc")
}
