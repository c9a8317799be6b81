package highlight

import (
	"fmt"
	"testing"
)

func TestCacheIsBounded(t *testing.T) {
	const size, limit = 1000, 20 * (1000 + entryCost)
	c := &cache{limit: limit}
	made := 0
	get := func(i int) {
		html := c.get(cacheKey{byte(i), byte(i >> 8)}, func() []byte { made++; return fmt.Appendf(nil, "%*d", size, i) })
		if want := fmt.Sprintf("%*d", size, i); string(html) != want {
			t.Fatalf("entry %d is %s", i, html)
		}
	}
	for i := range 1000 {
		get(i)
		get(0) // always in use: it must stay
		if n := len(c.young) + len(c.old); n > 22 {
			t.Fatalf("%d entries", n)
		}
	}
	if made != 1000 {
		t.Errorf("%d made; want 1000", made)
	}
	get(1)
	if made != 1001 {
		t.Error("what was not in use for long is still there")
	}
}
