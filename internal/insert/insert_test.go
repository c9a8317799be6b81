package insert

import "testing"

func TestExpand(t *testing.T) {
	html := []string{"<a>", "<b>"}
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"x", "x"},
		{"x\x020\x03y\x021\x03", "x<a>y<b>"},
		{"\x02\x03\x02a\x03\x0212", "a12"},
		{"\x027\x03", ""},
		{"\x02\x020\x03\x03", "<a>"},
		{"\x0299999999999999999999\x03", "99999999999999999999"},
		{"\x02-1\x03", "-1"},
	} {
		if got := string(Expand(nil, []byte(tt.in), html)); got != tt.want {
			t.Errorf("Expand(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if got := ExpandString(tt.in, html); got != tt.want {
			t.Errorf("ExpandString(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestMarker(t *testing.T) {
	for _, n := range []int{0, 9, 10, 999_999_999} {
		m := Append(nil, n)
		i, length, ok := At(m)
		if i != n || length != len(m) || !ok {
			t.Errorf("At(%q) = %d, %d, %v", m, i, length, ok)
		}
	}
}

func TestReplace(t *testing.T) {
	by := func(i int) (string, bool) {
		switch i {
		case 0:
			return "<\x021\x03>", true // is not looked at again
		case 1:
			return "", true
		}
		return "", false
	}
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"x", "x"},
		{"\x020\x03", "<\x021\x03>"},
		{"a\x020\x03b\x021\x03c\x020\x03", "a<\x021\x03>bc<\x021\x03>"},
		{"a\x022\x03b\x020\x03\x022\x03", "a\x022\x03b<\x021\x03>\x022\x03"},
		{"\x02\x02x\x021\x03\x03\x02", "\x02\x02x\x03\x02"},
	} {
		if got := Replace(tt.in, by); got != tt.want {
			t.Errorf("Replace(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
