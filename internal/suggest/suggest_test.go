package suggest

import "testing"

func TestName(t *testing.T) {
	keys := []string{"author", "title", "date", "linkTitle", "draft"}
	for in, want := range map[string]string{
		"auther": "author", "Title": "title", "titel": "title", "dat": "date",
		"linktitel": "linkTitle", "zzz": "", "x": "", "": "",
	} {
		if got := Name(in, keys); got != want {
			t.Errorf("Name(%q) = %q, want %q", in, got, want)
		}
	}
	if got := DidYouMean("auther", keys); got != ` (did you mean "author"?)` {
		t.Errorf("DidYouMean = %q", got)
	}
	if got := Name("ab", []string{"ac", "aa"}); got != "aa" {
		t.Errorf("tie went to %q", got)
	}
}
