package jam

import (
	"fmt"
	"reflect"
	"testing"
	"testing/fstest"
)

// TestOwnView shows that all that leads to pages leads to those of the view that asks.
func TestOwnView(t *testing.T) {
	s, err := load(t.Context(), fstest.MapFS{
		"content/s/_index.md":    {Data: []byte("---\nmenus: main\n---\n")},
		"content/s/a/index.md":   {Data: []byte("---\ntags: [x]\nmenus: {main: {parent: S}}\n---\n")},
		"content/s/a/pic.png":    {},
		"content/s/b.md":         {Data: []byte("---\ntags: [x]\n---\n")},
		"content/tags/_index.md": {},
	}, &Config{Pagination: map[string]Pagination{"section": {Size: 1}}})
	if err != nil {
		t.Fatal(err)
	}
	first, own := newView(s), newView(s)
	site := first.site(s.main)
	page := site.GetPage("/s/a")
	groups, err := site.Pages().GroupBy("Section")
	if err != nil || page == nil {
		t.Fatal(err)
	}
	entry := site.Menus()["main"][0].Children()[0]
	for _, x := range []any{
		page, site, site.Pages(), page.Resources(), page.Resources()[0], []any{page}, map[string]any{"x": page},
		groups, groups[0], site.Taxonomies(), site.Taxonomies()["tags"], site.Taxonomies()["tags"].ByCount(),
		site.Taxonomies()["tags"].Get("x"), page.Parent().Paginator(), site.Menus(), site.Menus()["main"], entry,
		page.OutputFormats(), page.OutputFormats()[0],
	} {
		got := own.own(x)
		if reflect.TypeOf(got) != reflect.TypeOf(x) || fmt.Sprint(got) != fmt.Sprint(x) {
			t.Errorf("%T: got %v, want %v", x, got, x)
		}
		if reaches(reflect.ValueOf(got), first, map[any]bool{}) {
			t.Errorf("%T leads to the view that it was made in", x)
		}
		if !reaches(reflect.ValueOf(got), own, map[any]bool{}) {
			t.Errorf("%T leads to no view", x)
		}
	}
	if e := own.ownItem(entry); e.Parent().Name() != "S" || e.Page().v != own {
		t.Error("an entry has lost its place")
	}
}

// reaches tells whether a value leads to a view.
func reaches(x reflect.Value, v *view, seen map[any]bool) bool {
	switch x.Kind() {
	case reflect.Interface:
		return reaches(x.Elem(), v, seen)
	case reflect.Pointer:
		if x.IsNil() || seen[x.Pointer()] {
			return false
		}
		seen[x.Pointer()] = true
		if x.Type() == reflect.TypeFor[*view]() {
			return x.Pointer() == reflect.ValueOf(v).Pointer()
		}
		if x.Type() == reflect.TypeFor[*pageData]() || x.Type() == reflect.TypeFor[*local]() || x.Type() == reflect.TypeFor[*menuNode]() {
			return false // what views share
		}
		return reaches(x.Elem(), v, seen)
	case reflect.Struct:
		for i := range x.NumField() {
			if reaches(x.Field(i), v, seen) {
				return true
			}
		}
	case reflect.Slice:
		for i := range x.Len() {
			if reaches(x.Index(i), v, seen) {
				return true
			}
		}
	case reflect.Map:
		for it := x.MapRange(); it.Next(); {
			if reaches(it.Value(), v, seen) {
				return true
			}
		}
	}
	return false
}
