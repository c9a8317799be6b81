package matter

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/jam-go/jam/internal/diag"
	"github.com/pelletier/go-toml/v2"
)

func FuzzParse(f *testing.F) {
	for _, c := range splitCases {
		f.Add([]byte(c.src))
	}
	for _, c := range errorCases {
		f.Add([]byte(c.src))
	}
	for _, src := range threeFormats {
		f.Add([]byte("---\n" + src + "---\nBody"))
		f.Add([]byte("+++\n" + src + "+++\nBody"))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		before := bytes.Clone(src)
		doc, err := Parse(src)
		if !bytes.Equal(src, before) {
			t.Fatal("the source was changed")
		}
		if !bytes.Equal(doc.Body, src[doc.BodyOffset:]) {
			t.Fatalf("the body %q is not what follows offset %d", doc.Body, doc.BodyOffset)
		}
		if line := 1 + bytes.Count(src[:doc.BodyOffset], newline); doc.BodyLine != line {
			t.Fatalf("body on line %d, want %d", doc.BodyLine, line)
		}
		checkPlaces(t, src, diag.Of(err))
		again, err2 := Parse(src)
		if (err == nil) != (err2 == nil) || err != nil && err.Error() != err2.Error() {
			t.Fatalf("errors %v, then %v", err, err2)
		}
		if err != nil {
			return
		}
		sameTree(t, doc.Root, again.Root)
		if doc.Root == nil {
			if doc.Format != None || len(bytes.TrimPrefix(src, byteOrderMark)) != len(doc.Body) {
				t.Fatalf("no front matter, but %+v", doc)
			}
			return
		}
		checkTree(t, src, doc.Root)
		h, _ := findHead(src)
		if block, err := h.extract(src); err != nil || !bytes.Equal(bytes.TrimSuffix(block, newline), bytes.TrimSuffix(src[h.start:h.end], newline)) {
			t.Fatalf("extracted %q, %v", block, err)
		}
		head, err := Parse(src[:doc.BodyOffset])
		if err != nil || len(head.Body) > 0 {
			t.Fatalf("the head alone gives %+v, %v", head, err)
		}
		sameTree(t, doc.Root, head.Root)
	})
}

func FuzzParseData(f *testing.F) {
	for format, src := range threeFormats {
		f.Add(string(format), []byte(src))
	}
	f.Add("json", []byte(`[1, {"a": [], "b": "\ud800"}]`))
	f.Add("yaml", []byte("a: &x [1, 2]\nb: {<<: {c: *x}, d: !!int 1}\n"))
	f.Add("toml", []byte("[[a]]\nb.c = [{d = 1}, # ]\n]\n[a.e]\n"))
	for _, src := range []string{
		"a.b = 1\n[a.b.c]\n", "[a.b]\n[a]\nb.c = 1\n", "a = {b = {}}\n[a.c]\n", "a = []\n[[a]]\n", "a = {b.c = 1}\na.b.d = 2\n",
		"[[a]]\n[a.b]\n[[a]]\n[a.b]\n[a.b]\n", "a.b.c = 1\na.b.d = 2\n[x]\na.b = 1\n[a]\n", "[a]\nb.c = 1\n[a.b]\n", "[[a.b]]\n[a]\n[[a]]\n",
	} {
		f.Add("toml", []byte(src))
	}
	for _, c := range tableCases {
		f.Add(string(c.format), []byte(c.src))
	}
	f.Fuzz(func(t *testing.T, format string, src []byte) {
		n, err := ParseData(Format(format), src)
		checkPlaces(t, src, diag.Of(err))
		switch Format(format) {
		case CSV:
			rows, err2 := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(src, byteOrderMark))).ReadAll()
			if utf8.Valid(src) && (err == nil) != (err2 == nil) {
				t.Fatalf("our verdict %v, the decoder's %v", err, err2)
			}
			if got, want := fmt.Sprint(n.Value()), fmt.Sprint(rows); err == nil && got != want {
				t.Fatalf("got %s, want %s", got, want)
			}
		case JSON:
			if valid := json.Valid(bytes.TrimPrefix(src, byteOrderMark)); err == nil && !valid {
				t.Fatal("JSON that is not valid was read")
			}
		case TOML:
			var v map[string]any
			verdict := toml.Unmarshal(bytes.TrimPrefix(src, byteOrderMark), &v)
			checkTOMLRules(t, src, verdict)
			if err != nil || bytes.IndexByte(src, ':') >= 0 { // times of day are strings for us
				break
			}
			if verdict != nil {
				t.Fatalf("TOML that is not valid was read: %v", verdict)
			}
			if got, want := fmt.Sprint(n.Value()), fmt.Sprint(plain(v)); got != want {
				t.Fatalf("got %s, want %s", got, want)
			}
		}
		if err == nil {
			checkTree(t, src, n)
		}
	})
}

// checkTOMLRules checks that our rules for keys and tables alone come to the
// decoder's verdict.
func checkTOMLRules(t *testing.T, src []byte, verdict error) {
	block := bytes.TrimPrefix(src, byteOrderMark)
	b := builder{limits: dataLimits}
	r := tomlReader{builder: &b, loc: locator{src: block}, tables: map[*Node]tableState{}}
	r.read(block)
	ours := b.errs
	if r.conflict != nil {
		ours = append(ours, r.conflict)
	}
	isDate := bytes.Count(src, []byte("-")) > 1 || bytes.IndexByte(src, ':') >= 0 // we are more lenient with dates
	if utf8.Valid(src) && !b.failed && !isDate && (verdict == nil) != (len(ours) == 0) {
		t.Fatalf("our verdict %v, the decoder's %v", ours, verdict)
	}
}

// checkPlaces checks that positions are in the file and messages are text.
func checkPlaces(t *testing.T, src []byte, errs diag.List) {
	lines := bytes.Split(src, newline)
	for _, e := range errs {
		if e.Line < 0 || e.Line > len(lines) || e.Line == 0 && e.Err.Error() == "" || e.Line > 0 && e.Column < 1 {
			t.Fatalf("position outside of the file: %v", e)
		}
		if e.Line > 0 && e.Column > utf8.RuneCount(lines[e.Line-1])+1 {
			t.Fatalf("column outside of the line %q: %v", lines[e.Line-1], e)
		}
	}
}

// checkTree checks that a tree's positions are in the file, and that its values
// can be had in every way.
func checkTree(t *testing.T, src []byte, n *Node) {
	lines := bytes.Split(src, newline)
	var walk func(line, column int, n *Node)
	walk = func(line, column int, n *Node) {
		for _, at := range [][2]int{{line, column}, {n.Line, n.Column}} {
			if at[0] < 1 || at[0] > len(lines) || at[1] < 1 || at[1] > utf8.RuneCount(lines[at[0]-1])+1 {
				t.Fatalf("position %v outside of the file", at)
			}
		}
		_, _ = n.String()
		_, _ = n.Bool()
		_, _ = n.Int()
		_, _ = n.Time(time.UTC)
		_, _ = n.Strings()
		for _, e := range n.Entries() {
			if n.Get(e.Key) != e.Value {
				t.Fatalf("Get(%q) is not the entry's value", e.Key)
			}
			walk(e.Line, e.Column, e.Value)
		}
		for _, item := range n.Items() {
			walk(item.Line, item.Column, item)
		}
	}
	walk(n.Line, n.Column, n)
	back, err := FromValue(n.Value())
	if err != nil {
		t.Fatal(err)
	}
	sameKinds(t, n, back)
	n.yamlNode()
}

// sameKinds compares a tree with one made from its value.
func sameKinds(t *testing.T, a, b *Node) {
	if a.Kind != b.Kind || len(a.Entries()) != len(b.Entries()) || len(a.Items()) != len(b.Items()) {
		t.Fatalf("%v becomes %v", a.Value(), b.Value())
	}
	for _, e := range a.Entries() {
		sameKinds(t, e.Value, b.Get(e.Key))
	}
	for i := range a.Items() {
		sameKinds(t, a.Items()[i], b.Items()[i])
	}
}

// sameTree compares trees to the last position.
func sameTree(t *testing.T, a, b *Node) {
	if a == nil || b == nil {
		if a != b {
			t.Fatalf("trees %v and %v", a, b)
		}
		return
	}
	if a.Kind != b.Kind || a.text != b.text || a.Line != b.Line || a.Column != b.Column || len(a.Entries()) != len(b.Entries()) || len(a.Items()) != len(b.Items()) {
		t.Fatalf("%v at %d:%d, %v at %d:%d", a.Value(), a.Line, a.Column, b.Value(), b.Line, b.Column)
	}
	for i, e := range a.Entries() {
		sameTree(t, e.Value, b.Entries()[i].Value)
	}
	for i := range a.Items() {
		sameTree(t, a.Items()[i], b.Items()[i])
	}
}

func FuzzDecode(f *testing.F) {
	for format, src := range threeFormats {
		f.Add(string(format), []byte(src))
	}
	f.Add("yaml", []byte("title: [1]\nrating: -1\ntook: x\nlinks: {a: b}\nany: .nan\npair: .inf\nplace: {a: b}\nsize: 1\n"))
	d, err := NewDecoder(reflect.TypeFor[*post](), DecodeOptions{Strict: true})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, format string, src []byte) {
		n, err := ParseData(Format(format), src)
		if err != nil {
			return
		}
		var a, b post
		first := d.Decode(n, &a)
		checkPlaces(t, src, first)
		for _, e := range first {
			if bytes.Contains([]byte(e.Error()), []byte("panicked")) {
				t.Fatal(e)
			}
		}
		if second := d.Decode(n, &b); first.Error() != second.Error() {
			t.Fatalf("errors %v, then %v", first, second)
		}
	})
}

func FuzzMerge(f *testing.F) {
	f.Add([]byte("a: 1\nParams: {x: 1}\n"), []byte("A: 2\nb: 3\nparams: {X: 2, y: 3}\n"))
	f.Add([]byte("ſ: 1\n"), []byte("s: 2\nK: 3\nk: 4\n"))
	f.Fuzz(func(t *testing.T, own, inherited []byte) {
		a, errA := ParseData(YAML, own)
		b, errB := ParseData(YAML, inherited)
		if errA != nil || errB != nil || a.Kind != Map || b.Kind != Map || len(b.Entries()) == 0 {
			return
		}
		before, _ := json.Marshal(fmt.Sprint(a.Value(), b.Value()))
		m := Merge(a, b)
		if after, _ := json.Marshal(fmt.Sprint(a.Value(), b.Value())); !bytes.Equal(before, after) {
			t.Fatal("an input was changed")
		}
		for i, e := range m.Entries() {
			if m.Get(e.Key) != e.Value {
				t.Fatalf("Get(%q) is not the entry's value", e.Key)
			}
			if i >= len(a.Entries()) && !slices.ContainsFunc(b.Entries(), func(o Entry) bool { return o == e }) {
				t.Fatalf("%q comes from nowhere", e.Key)
			}
		}
		for _, e := range b.Entries() {
			n := 0
			for _, o := range m.Entries()[len(a.Entries()):] {
				if strings.EqualFold(o.Key, e.Key) {
					n++
				}
			}
			if _, ok := a.Lookup(e.Key); ok != (n == 0) || n > 1 {
				t.Fatalf("%d entries of %q", n, e.Key)
			}
		}
	})
}
