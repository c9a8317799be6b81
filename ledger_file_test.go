package jam

import (
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam/internal/pack"
)

// builtLedger returns the ledger of a small site.
func builtLedger(t testing.TB) *ledger {
	t.Helper()
	tree := fstest.MapFS{
		"content/a.md":               {Data: []byte("---\ntitle: A\n---\n[b](b.md) {{< x >}}")},
		"content/b.md":               {Data: []byte("---\ntags: [t]\n---\n# B\n\ntext [broken](c.md)")},
		"static/s.css":               {Data: []byte("a{}")},
		"layouts/all.html":           {Data: []byte(`{{ range site.RegularPages.ByTitle }}{{ .Title }}{{ .Summary }}{{ end }}{{ partialCached "p" . }}{{ warnf "careful" }}`)},
		"layouts/_partials/p.html":   {Data: []byte(`{{ range site.Pages }}{{ .RelPermalink }}{{ end }}`)},
		"layouts/_shortcodes/x.html": {Data: []byte("x")},
	}
	s, err := load(t.Context(), tree, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.base.site(s.main).Build(t.Context(), Memory()); err != nil {
		t.Fatal(err)
	}
	return s.last.Load()
}

// encoded returns the bytes of a ledger, with its packs.
func encoded(l *ledger, n *numbering) []byte {
	var w pack.Writer
	l.encode(&w, n)
	return w.B
}

// TestLedgerFile writes a ledger, reads it, and writes it again.
func TestLedgerFile(t *testing.T) {
	l, n := builtLedger(t), new(numbering)
	n.add(l, nil)
	first := encoded(l, n)
	r, again := pack.Of(first), &numbering{packs: n.packs}
	read, err := decodeLedger(r, newDepTable(), again)
	if err != nil || r.Err() != nil {
		t.Fatal(err, r.Err())
	}
	if len(again.deps) != len(n.deps) || len(again.parts) != len(n.parts) || len(n.parts) == 0 {
		t.Errorf("%d deps and %d parts of %d and %d", len(again.deps), len(again.parts), len(n.deps), len(n.parts))
	}
	if string(encoded(read, again)) != string(first) {
		t.Error("what is written of what was read is something else")
	}
	if len(read.warnings()) == 0 || len(read.warnings()) != len(l.warnings()) {
		t.Errorf("%d warnings of %d", len(read.warnings()), len(l.warnings()))
	}
}

// FuzzLedgerFile reads what may be anything.
func FuzzLedgerFile(f *testing.F) {
	l, n := builtLedger(f), new(numbering)
	n.add(l, nil)
	f.Add(encoded(l, n))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		n := new(numbering)
		l, err := decodeLedger(pack.Of(b), newDepTable(), n)
		if err != nil {
			return
		}
		l.warnings()
		for i := range l.files {
			if l.routes[i] != nil {
				l.explain(i)
			}
		}
		encoded(l, n)
	})
}
