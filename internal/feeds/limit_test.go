package feeds

import "testing"

func TestSitemapIsTooLarge(t *testing.T) {
	dst := make([]byte, 7+MaxSitemapBytes+1)
	list := locs{file: "sitemap"}
	if _, err := list.finish(dst[:len(dst)-1], 7); err != nil {
		t.Error(err)
	}
	got, err := list.finish(dst, 7)
	const want = "a sitemap has up to 52428800 bytes, not 52428801"
	if err == nil || err.Error() != want || len(got) != 7 {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
}
