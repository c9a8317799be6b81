package layouts

import "testing"

func TestInWords(t *testing.T) {
	for in, want := range map[string]string{
		"wrong type for value; expected string; got map[string]interface {}": "want string, have map[string]any",
		"expected integer; found \"x\"":                                      `want integer, have "x"`,
		"can't handle 5 for arg of type *jam.Page":                           "want *jam.Page, have 5",
		"cannot assign nil to int":                                           "want int, have nil",
		"invalid value; expected string":                                     "want string, have nothing",
		"range can't iterate over {0xc000012345}":                            "range can't iterate over this: want a list, a map or a number",
		"expected what": "expected what",
		"wrong number of args for upper: want 1 got 0": "wrong number of args for upper: want 1 got 0",
	} {
		if got := inWords(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestIsNameSpace(t *testing.T) {
	for typ, want := range map[string]bool{
		"funcs.Strings": true, "jam.pageURLs": true, "*jam.Page": false, "jam.Pages": false, "time.Time": false, "string": false,
		"map[string]any": false, "[]funcs.Strings": false, "struct { Name string }": false, "": false,
	} {
		if got := isNameSpace(typ); got != want {
			t.Errorf("%q: got %t", typ, got)
		}
	}
}

// FuzzPlaces looks for places in any source, as a message may have any.
func FuzzPlaces(f *testing.F) {
	f.Add("{{ f (dict \"a\" 1) }}", 15, "1", "Nix")
	f.Add("{{ (.Get 0).Nix }}", 9, "0", "Nix")
	f.Add("{{ site.Home.Nix }}", 3, "site", "Nix")
	f.Add("{{ `(", 3, "`", "x")
	f.Fuzz(func(t *testing.T, src string, offset int, context, field string) {
		if start, expr := enclosing(src, offset, context); start != offset && (start < 0 || start+len(expr) > len(src)) {
			t.Errorf("enclosing: %d, %q", start, expr)
		}
		if at, chain := fieldAfter(src, offset, context, field); at != offset && src[at:at+1] != "." {
			t.Errorf("fieldAfter: %d, %q", at, chain)
		}
		if chain := wholeChain(src, offset, context); len(chain) < len(context) {
			t.Errorf("wholeChain: %q of %q", chain, context)
		}
		if i := (&file{src: src}).last(context); i > len(src) {
			t.Errorf("last: %d", i)
		}
	})
}
