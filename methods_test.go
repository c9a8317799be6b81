package jam

import (
	"reflect"
	"slices"
	"testing"

	"github.com/jam-go/jam/internal/exec"
)

// TestTemplateMethods finds methods that templates call by reflection, though they need not.
func TestTemplateMethods(t *testing.T) {
	rare := map[reflect.Type][]string{
		reflect.TypeFor[*Page]():      {"BuildOptions", "Cascade", "Fragments", "Menus", "RenderShortcodes", "Sitemap"},
		reflect.TypeFor[Pages]():      nil,
		reflect.TypeFor[*Site]():      {"Handler", "Languages", "Redirects", "Sites", "Warnings"},
		reflect.TypeFor[*Pager]():     nil,
		reflect.TypeFor[*MenuItem]():  nil,
		reflect.TypeFor[*Shortcode](): {"Position"},
		reflect.TypeFor[*File]():      nil,
	}
	types := exec.NewTypes(templateMethods()...)
	for typ, want := range rare {
		var slow []string
		for m := range typ.Methods() {
			if m.Type.NumIn() == 1 && m.Type.NumOut() > 0 && !types.Direct(typ, m.Name) {
				slow = append(slow, m.Name)
			}
		}
		if !slices.Equal(slow, want) {
			t.Errorf("methods of %v that are called by reflection: %q, want %q", typ, slow, want)
		}
	}
}
