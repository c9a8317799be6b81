package jam_test

import (
	"testing"

	"github.com/jam-go/jam"
)

// A page that leads elsewhere does so in HTML, whatever the formats of its kind.
func TestRedirectWithoutHTML(t *testing.T) {
	got := buildSoon(t, bodiesTree(map[string]string{"a.md": "---\nredirect: /b/\n---\n", "b.md": "b"}),
		&jam.Config{Now: now, Outputs: map[string][]string{"page": {"json"}}})
	if got["a/index.html"] == "" || got["a/index.json"] != "" || got["b/index.json"] == "" {
		t.Errorf("got %q", got)
	}
}
