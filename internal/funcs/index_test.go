package funcs

import (
	"html/template"
	"reflect"
	"testing"
	"time"
)

type indexed struct{ K any }

// always equals everything.
type always struct{}

func (always) Eq(any) bool { return true }

func TestIndexAnswersAsWhere(t *testing.T) {
	c := Collections{newLibrary(Options{})}
	p, q := &indexed{}, &indexed{}
	text, when := "a", time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	values := []any{nil, "a", "b", "a", "", 1, int64(1), 1.0, 1.5, uint8(1), uint64(1 << 63), true, false, template.HTML("a"),
		[]string{"a", "b", "a"}, []any{"b", 1, nil, template.HTML("c")}, []int{1}, map[string]any{"a": 1}, p, q, (*indexed)(nil), when, &when,
		indexed{1}, time.Second, [2]string{"x", "b"}}
	matches := append([]any{2, int64(-1), "c", []string{}, []string{"b", "a"}, []any{"a", "x", "a"}, []any{"a", 1}, []any{}, template.HTML("b"), always{}, int64(1 << 60)}, values...)
	answered := 0
	for name, more := range map[string][]any{"all": nil, "equal to all": {always{}}, "a pointer to text": {&text}, "a large number": {1e300}, "a larger one": {int64(1)<<53 + 1}} {
		var list []*indexed
		for _, v := range append(more, values...) {
			list = append(list, &indexed{v})
		}
		ix := NewIndex(c, list, "K")
		if (ix == nil) != (more != nil) {
			t.Errorf("%s: index %v", name, ix)
		}
		for _, m := range matches {
			for _, op := range []string{"eq", "in", "intersect", "ne", "not in", "gt", "nix"} {
				args := []any{op, m}
				if op == "eq" {
					args = args[1:]
				}
				want, err := c.Where(list, "K", args...)
				if ix == nil {
					continue
				}
				got, ok := ix.Where(c, args...)
				switch {
				case !ok:
				case err != nil || !reflect.DeepEqual(got, want):
					t.Errorf("%s: where K %s %#v: %v, want %v, error %v", name, op, m, got, want, err)
				default:
					answered++
				}
			}
		}
	}
	if answered < 20 {
		t.Errorf("only %d conditions were answered", answered)
	}
	if ix := NewIndex(c, []*indexed{{1}}, "Nix"); ix != nil {
		t.Error("there is an index by a key that is missing")
	}
	if ix := NewIndex(c, "text", "K"); ix != nil {
		t.Error("there is an index of text")
	}
}

func BenchmarkIndex(b *testing.B) {
	c := Collections{newLibrary(Options{})}
	list := make([]*indexed, 10_000)
	for i := range list {
		list[i] = &indexed{string(rune('a' + i%20))}
	}
	b.Run("new", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			NewIndex(c, list, "K")
		}
	})
	ix := NewIndex(c, list, "K")
	b.Run("where", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			ix.Where(c, "b")
		}
	})
}
