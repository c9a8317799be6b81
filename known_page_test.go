package jam

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jam-go/jam/internal/pack"
)

// fillFields sets every field below v to something, so that one that is not written is missed.
func fillFields(v reflect.Value, r *rand.Rand) {
	v = reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem() // fields that are not exported, too
	switch v.Interface().(type) {
	case time.Time:
		zones := []*time.Location{time.UTC, time.FixedZone("", 7200), time.FixedZone("XYZ", -1800)}
		v.Set(reflect.ValueOf(time.Unix(r.Int64N(4e9), r.Int64N(1e9)).In(zones[r.IntN(len(zones))])))
		return
	case map[string]any, []map[string]any: // which are not written
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("text %d", r.IntN(1000)))
	case reflect.Int:
		v.SetInt(r.Int64() - r.Int64())
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(r.Float64())
	case reflect.Struct:
		for i := range v.NumField() {
			fillFields(v.Field(i), r)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1+r.IntN(3), 3))
		for i := range v.Len() {
			fillFields(v.Index(i), r)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 3 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fillFields(key, r)
			fillFields(value, r)
			v.SetMapIndex(key, value)
		}
	case reflect.Pointer:
		if v.Type() == reflect.TypeFor[*termTexts]() && r.IntN(2) == 0 {
			return // the end of the list
		}
		v.Set(reflect.New(v.Type().Elem()))
		fillFields(v.Elem(), r)
	default:
		panic("no value for " + v.Type().String())
	}
}

// TestEveryFieldIsKnown writes and reads what front matter can say, with all fields set: one that is added must be written, too.
func TestEveryFieldIsKnown(t *testing.T) {
	set, _ := (&Config{}).settle()
	rule := &cascadeRule{}
	for seed := range uint64(50) {
		d := newPage(nil, KindPage, "/a")
		fillFields(reflect.ValueOf(&d.meta).Elem(), rand.New(rand.NewPCG(seed, 0)))
		*d.own() = pageMore{undated: "a", rules: []*cascadeRule{rule}}
		e := documentEncoder{set: set, texts: make(map[string]int)}
		b, ok := e.page(d)
		if !ok {
			t.Fatal("something can't be written")
		}
		got := newPage(nil, KindPage, "/a")
		dec := documentDecoder{Reader: pack.Of(b), set: set, texts: e.list, rules: []*cascadeRule{rule}}
		if dec.page(got); dec.Err() != nil {
			t.Fatal(dec.Err())
		}
		if !reflect.DeepEqual(got.meta, d.meta) || !reflect.DeepEqual(got.pageMore, d.pageMore) {
			t.Fatalf("seed %d: read\n%+v\n%+v, written\n%+v\n%+v", seed, got.meta, got.meta.metaMore, d.meta, d.meta.metaMore)
		}
	}
}

// TestKnownTimes writes times of every kind of zone.
func TestKnownTimes(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip(err)
	}
	for _, test := range []struct {
		time time.Time
		lost bool
	}{
		{time: time.Time{}},
		{time: time.Date(2024, 1, 2, 3, 4, 5, 6, time.UTC)},
		{time: time.Date(-5, 1, 2, 3, 4, 5, 6, time.UTC)},
		{time: time.Date(2024, 7, 2, 3, 4, 5, 6, berlin)},
		{time: time.Date(2024, 1, 2, 3, 4, 5, 6, time.FixedZone("", 3600))},
		{time: time.Date(2024, 1, 2, 3, 4, 5, 6, time.FixedZone("CET", 3600))},
		{time: time.Date(2024, 1, 2, 3, 4, 5, 6, must(time.LoadLocation("Asia/Tokyo"))), lost: true},
		// The hour that there is twice: only one of the two can be meant by what clocks show.
		{time: time.Date(2024, 10, 27, 0, 30, 0, 0, time.UTC).In(berlin), lost: true},
		{time: time.Date(2024, 10, 27, 1, 30, 0, 0, time.UTC).In(berlin)},
	} {
		set := &settings{Config: Config{Location: berlin}}
		e := documentEncoder{Writer: new(pack.Writer), set: set}
		e.time(&test.time)
		if e.lost != test.lost {
			t.Errorf("%v: lost is %v", test.time, e.lost)
		}
		if test.lost {
			continue
		}
		var got time.Time
		d := documentDecoder{Reader: pack.Of(e.B), set: set}
		if d.time(&got); d.Err() != nil || !reflect.DeepEqual(got, test.time) {
			t.Errorf("%#v is read as %#v, %v", test.time, got, d.Err())
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// FuzzKnownDocuments reads what may be anything.
func FuzzKnownDocuments(f *testing.F) {
	set, _ := (&Config{Title: "T"}).settle()
	tree := fstest.MapFS{
		"content/a.md":       {Data: []byte("---\ntitle: A\ntags: [x, y]\nmenus: main\nkeywords: [k]\n---\n{{< ref \"b.md\" >}}")},
		"content/b/index.md": {Data: []byte("---\ndate: 2024-01-02T03:04:05+07:00\n---\n# B")},
		"content/b/c.md":     {Data: []byte("text")},
		"content/d.html":     {Data: []byte("<!doctype html>")},
	}
	s, err := load(f.Context(), tree, nil)
	if err != nil {
		f.Fatal(err)
	}
	for i := range s.made {
		if d := s.made[i]; d != nil {
			f.Add(must(encodedPage(set, d)), []byte("list"))
		}
	}
	for id := range s.texts {
		s.texts[id].stamp = 1
	}
	var w pack.Writer
	writeDocuments(&w, s)
	f.Add([]byte{}, w.B)
	f.Fuzz(func(t *testing.T, page, list []byte) {
		dec := documentDecoder{Reader: pack.Of(page), set: set, texts: []string{"x", "y"}, rules: []*cascadeRule{{}}}
		d := newPage(nil, KindPage, "/a")
		if dec.page(d); dec.Err() == nil {
			if _, err := encodedPage(set, d); err != nil {
				t.Error(err)
			}
		}
		k, err := readDocuments(pack.Of(list))
		if err != nil {
			return
		}
		for i := range k.list {
			_ = k.list[i].path()
		}
	})
}

func encodedPage(set *settings, d *pageData) ([]byte, error) {
	e := documentEncoder{set: set, texts: map[string]int{"x": 0, "y": 1}}
	b, ok := e.page(d)
	if !ok {
		return nil, fmt.Errorf("%s can't be written", d.path)
	}
	return b, nil
}
