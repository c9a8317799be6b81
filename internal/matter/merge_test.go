package matter

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
)

func TestOffset(t *testing.T) {
	n := data(t, YAML, "a: 1\nb: {c: [x, {d: y}]}\n")
	got := n.Offset(10)
	if want := "a 11:1=11:4; b 12:1=12:4; c 12:5=12:8; 12:9; 12:12; d 12:13=12:16"; strings.Join(positions(got), "; ") != want {
		t.Errorf("got %v", positions(got))
	}
	if got.Line != 11 || n.Line != 1 || n.Get("b").Get("c").Items()[0].Line != 2 {
		t.Error("a line is wrong")
	}
	if !reflect.DeepEqual(got.Value(), n.Value()) {
		t.Errorf("got %v", got.Value())
	}
	plain, err := FromValue(values{"a": 1})
	if err != nil {
		t.Fatal(err)
	}
	if e, _ := plain.Offset(5).Lookup("a"); e.Line != 0 || e.Value.Line != 0 {
		t.Error("unknown lines were raised")
	}
	if (*Node)(nil).Offset(1) != nil {
		t.Error("a nil node became something")
	}
	if _, err := got.Get("b").Int(); err == nil || err.Error() != "12:4: b: want an integer, have a map" {
		t.Errorf("error %v", err)
	}
}

func TestMerge(t *testing.T) {
	tests := []struct {
		own  string
		from []string
		want string // keys in order, with values
	}{
		{"a: 1", []string{"b: 2"}, "a=1 b=2"},
		{"a: 1\nB: 2", []string{"b: 3\nA: 4\nc: 5", "C: 6\nd: 7"}, "a=1 B=2 c=5 d=7"},
		{"Title: 1\ntitle: 2", []string{"TITLE: 3"}, "Title=1 title=2"},
		{"a: ~", []string{"a: 1"}, "a=<nil>"},
		{"{}", []string{"x: 1\nX: 2"}, "x=1"},
		{"ſ: 1\nstraße: 2\nÉ: 3", []string{"S: 4\nSTRASSE: 5\né: 6\nK: 7", "k: 8"}, "ſ=1 straße=2 É=3 STRASSE=5 K=7"},
		{"Params: {a: 1, m: {x: 1}}", []string{"params: {A: 2, b: 3, m: {y: 2}}", "PARAMS: {b: 4, c: 5, params: {z: 1}}"}, "Params=map[a:1 b:3 c:5 m:map[x:1] params:map[z:1]]"},
		{"t: 1", []string{"params: {a: 1, params: {x: 1}}", "params: {a: 2, b: 3, params: {y: 1}}"}, "t=1 params=map[a:1 b:3 params:map[x:1]]"},
		{"params: 1", []string{"params: {a: 1}"}, "params=1"},
		{"params: {a: 1}", []string{"params: 1"}, "params=map[a:1]"},
		{"other: {a: 1}", []string{"other: {b: 1}"}, "other=map[a:1]"},
	}
	for _, c := range tests {
		nodes := []*Node{data(t, YAML, c.own)}
		for _, src := range c.from {
			nodes = append(nodes, data(t, YAML, src))
		}
		before := fmt.Sprint(nodes[0].Value(), nodes[1].Value())
		var got []string
		for _, e := range Merge(nodes[0], nodes[1:]...).Entries() {
			got = append(got, fmt.Sprintf("%s=%v", e.Key, e.Value.Value()))
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("%q from %q: %s, want %s", c.own, c.from, g, c.want)
		}
		if after := fmt.Sprint(nodes[0].Value(), nodes[1].Value()); after != before {
			t.Errorf("%q from %q: changed to %s", c.own, c.from, after)
		}
	}
}

func TestMergeOfNothing(t *testing.T) {
	own, text, from := data(t, YAML, "a: 1"), data(t, YAML, "x"), data(t, YAML, "\nb: 1")
	for _, inherited := range [][]*Node{nil, {nil}, {text}, {data(t, YAML, "{}")}} {
		if Merge(own, inherited...) != own || Merge(nil, inherited...) != nil {
			t.Errorf("%v gives more than there was", inherited)
		}
	}
	if Merge(text, from) != text {
		t.Error("text inherits")
	}
	n := Merge(nil, from)
	if e, _ := n.Lookup("b"); n.Line != 1 || n.Column != 1 || e.Line != 2 {
		t.Errorf("map at %d:%d, key on line %d", n.Line, n.Column, e.Line)
	}
	if n := Merge(from, own); n.Line != from.Line || n.Column != from.Column {
		t.Errorf("map at %d:%d", n.Line, n.Column)
	}
	if allocs := testing.AllocsPerRun(10, func() { Merge(own, nil, text) }); allocs > 0 {
		t.Errorf("%v allocations for nothing", allocs)
	}
}

func TestMergedNode(t *testing.T) {
	var own, from strings.Builder
	for i := range 40 {
		fmt.Fprintf(&own, "k%d: %d\n", i, i)
		fmt.Fprintf(&from, "K%d: x\nn%d: {a: %d}\n", i, i, i)
	}
	a := data(t, YAML, own.String()+"params:\n  one: 1\n  k1: x\n")
	b := data(t, YAML, from.String()+"Params: {two: 2, One: x}\n")
	var all sync.WaitGroup
	for range 4 { // the inputs are shared
		all.Go(func() {
			n := Merge(a, b)
			for i := range 40 {
				if v, _ := n.Get(fmt.Sprint("k", i)).Int(); v != i {
					t.Errorf("k%d is %d", i, v)
				}
				if v, _ := n.Get(fmt.Sprint("n", i)).Get("a").Int(); v != i {
					t.Errorf("n%d is %d", i, v)
				}
			}
			if e, ok := n.Lookup("PARAMS"); !ok || e.Key != "params" || e.Line != 41 || e.Value.Line != 42 {
				t.Errorf("params are %+v", e)
			}
			lifted := n.Lift("Params")
			if v := fmt.Sprint(lifted.Get("one").Value(), lifted.Get("two").Value(), lifted.Get("One").Value(), lifted.Get("k1").Value()); v != "1 2 <nil> 1" {
				t.Errorf("lifted %s", v)
			}
		})
	}
	all.Wait()
	if len(a.Get("params").Entries()) != 2 || len(b.Get("Params").Entries()) != 2 {
		t.Error("params were changed")
	}
}

func BenchmarkMerge(b *testing.B) {
	own := data(b, YAML, "title: x\ndate: 2024-05-06\ntags: [a, b]\nweight: 3\nlinkTitle: y\nparams: {author: z}\n")
	from := data(b, YAML, "type: blog\nparams: {banner: x.png, author: y}\n")
	b.ReportAllocs()
	for b.Loop() {
		Merge(own, from)
	}
}
