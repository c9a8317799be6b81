package digest

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// TestDistinct adds many similar values, none of which may have the checksum of another.
func TestDistinct(t *testing.T) {
	seen := map[uint64]string{}
	note := func(what string, h Hash) {
		t.Helper()
		if other, ok := seen[h.Sum()]; ok {
			t.Errorf("%s and %s: the same checksum", other, what)
		}
		seen[h.Sum()] = what
	}
	note("nothing", 0)
	for n := range 200 {
		note(fmt.Sprint("number ", n), Hash(0).Int(n))
		note(fmt.Sprint("float ", n), Hash(0).Float(float64(n)+0.5))
		note(fmt.Sprint("zeros ", n), Hash(0).Bytes(make([]byte, n)))
		note(fmt.Sprint("text and zeros ", n), Hash(0).String("a").Bytes(make([]byte, n)))
	}
	long := []byte(strings.Repeat("0123456789abcdef", 6))
	for i := range long {
		for bit := range 8 {
			other := bytes.Clone(long)
			other[i] ^= 1 << bit
			note(fmt.Sprintf("bit %d of byte %d", bit, i), Hash(0).Bytes(other))
			if i+1 < len(other) {
				note(fmt.Sprintf("up to byte %d, bit %d", i, bit), Hash(0).Bytes(other[:i+1]))
			}
		}
	}
	note("ab c", Hash(0).String("ab").String("c"))
	note("a bc", Hash(0).String("a").String("bc"))
	note("abc", Hash(0).String("abc"))
	note("[a] []", Hash(0).Strings([]string{"a"}).Strings(nil))
	note("[] [a]", Hash(0).Strings(nil).Strings([]string{"a"}))
	note("true", Hash(0).Bool(true).Bool(false))
	note("false", Hash(0).Bool(false).Bool(true))
	note("now", Hash(0).Time(time.Unix(1, 0).UTC()))
	note("elsewhere", Hash(0).Time(time.Unix(1, 0).In(time.FixedZone("x", 3600))))
	note("NaN", Hash(0).Float(math.NaN()))
}

func TestBytesAndStrings(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 300 {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		if h := Hash(r.Uint64()); h.Bytes(b) != h.String(string(b)) {
			t.Fatalf("%d bytes: not what the string has", n)
		}
	}
}

// TestStable holds the checksums against those that caches have.
func TestStable(t *testing.T) {
	const stable = 0x4fb2f6035506b92f
	if got := Of([]byte(strings.Repeat("jam", 50))); got != stable {
		t.Errorf("%#x, want %#x: a change makes all caches useless", got, uint64(stable))
	}
}

// TestValue compares values that are the same, and that are not.
func TestValue(t *testing.T) {
	type inner struct {
		a int
		b []string
	}
	type outer struct {
		P *inner
		M map[string]any
		F func()
		I any
	}
	one := func() *outer {
		return &outer{&inner{1, []string{"x"}}, map[string]any{"k": 1, "l": map[string]any{"m": 2.5, "n": true}}, func() {}, time.Unix(5, 0).UTC()}
	}
	sum := func(v any) uint64 { return Hash(0).Value(v).Sum() }
	if a, b := sum(one()), sum(one()); a != b {
		t.Error("the same value has two checksums")
	}
	changes := []func(o *outer){
		func(o *outer) { o.P.a = 2 }, func(o *outer) { o.P.b[0] = "y" }, func(o *outer) { o.P.b = nil }, func(o *outer) { o.P = nil },
		func(o *outer) { o.M["k"] = "1" }, func(o *outer) { o.M["k"] = int64(1) }, func(o *outer) { delete(o.M, "k") }, func(o *outer) { o.M["l"].(map[string]any)["n"] = false },
		func(o *outer) { o.F = nil }, func(o *outer) { o.I = nil }, func(o *outer) { o.I = time.Unix(6, 0).UTC() }, func(o *outer) { o.I = o },
	}
	seen := map[uint64]int{sum(one()): -1}
	for i, change := range changes {
		o := one()
		change(o)
		if other, ok := seen[sum(o)]; ok {
			t.Errorf("changes %d and %d: the same checksum", other, i)
		}
		seen[sum(o)] = i
	}
	if sum(time.UTC) == sum(time.Local) && time.Local.String() != "UTC" {
		t.Error("the same checksum for two zones")
	}
	if sum(map[*inner]int{{1, nil}: 1, {2, nil}: 2}) != sum(map[*inner]int{{2, nil}: 2, {1, nil}: 1}) {
		t.Error("a map has no order")
	}
}

func TestKnownPointers(t *testing.T) {
	type node struct{ name string }
	known := func(p any) (uint64, bool) {
		n, ok := p.(*node)
		return 7, ok && n.name != ""
	}
	sum := func(n *node) uint64 {
		return Hash(0).ValueFunc(map[string]any{"a": []any{n}}, known).Sum()
	}
	if sum(&node{"x"}) != sum(&node{"y"}) || sum(&node{"x"}) == sum(&node{}) {
		t.Error("what is known of pointers makes no difference")
	}
}

func BenchmarkBytes(b *testing.B) {
	for _, n := range []int{16, 300, 4600} {
		text := make([]byte, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.SetBytes(int64(n))
			b.ReportAllocs()
			for b.Loop() {
				Of(text)
			}
		})
	}
}

type (
	pair  struct{ a, b any }
	named int
	ring  struct {
		name string
		next *ring
	}
)

// TestValues adds values of all kinds twice, made anew each time: those that are equal have one checksum, all others another one.
func TestValues(t *testing.T) {
	berlin := time.FixedZone("CET", 3600)
	values := func() []any {
		n := 1
		circle := &ring{name: "a"}
		circle.next = &ring{"b", circle}
		return []any{
			nil, "", "1", "1.5", true, false, 0, 1, -1, 1.5, float32(1.5), math.Inf(1), math.Inf(-1), named(1),
			int8(1), int16(1), int32(1), int64(1), uint(1), uint8(1), uint16(1), uint32(1), uint64(1), uint64(1) << 63, uintptr(1),
			complex(1, 0), complex(0, 1), complex64(1),
			time.Time{}, time.Unix(1, 0).UTC(), time.Unix(1, 1).UTC(), time.Unix(1, 0).In(berlin), time.UTC, berlin,
			[]int(nil), []int{}, []int{0}, []int{0, 0}, []int{1, 2}, []int{2, 1}, []any{1, 2}, []any{"1", 2}, []any{[]any{1}, 2}, []any{[]any{1, 2}},
			[0]int{}, [2]int{1, 2}, [2]int{2, 1}, [3]int{1, 2},
			map[string]any(nil), map[string]any{}, map[string]any{"a": 1}, map[string]any{"a": 1, "b": 2}, map[string]any{"a": 2, "b": 1},
			map[string]any{"a": map[string]any{"b": 2}}, map[any]any{"a": 1, 1: "a"}, map[int]string{1: "a"},
			pair{}, pair{1, nil}, pair{nil, 1}, pair{"a", time.Unix(1, 0).UTC()}, pair{1.5, uint8(2)}, &pair{1, nil}, (*pair)(nil), &n,
			circle, circle.next, func() {}, (func())(nil), make(chan int), (chan int)(nil), fmt.Errorf("a"), fmt.Errorf("b"),
		}
	}
	seen := map[uint64]any{}
	again := values()
	for i, v := range values() {
		sum := Hash(0).Value(v).Sum()
		if other, ok := seen[sum]; ok {
			t.Errorf("%T %v and %T %v: the same checksum", other, other, v, v)
		}
		seen[sum] = v
		if other := Hash(0).Value(again[i]).Sum(); other != sum {
			t.Errorf("%T %v: another checksum", v, v)
		}
	}
}
