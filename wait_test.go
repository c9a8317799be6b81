package jam_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam"
)

// TestNobodyWaitsForever renders pages whose contents and cached partials need each other.
func TestNobodyWaitsForever(t *testing.T) {
	var b strings.Builder
	b.WriteString("-- layouts/all.html --\n{{ partialCached \"all.html\" . .Section }}{{ .Content }}\n" +
		"-- layouts/_partials/all.html --\n{{ range site.Pages }}{{ len .Content }} {{ end }}\n" +
		"-- layouts/_shortcodes/next.html --\n{{ with .Page.NextInSection }}{{ len .Content }}{{ end }}\n" +
		"-- layouts/_shortcodes/cached.html --\n{{ partialCached \"all.html\" . .Page.Section }}\n")
	for i := range 40 {
		fmt.Fprintf(&b, "-- content/s%d/p%d.md --\n{{< next >}} text\n", i%3, i)
	}
	for _, tt := range []struct{ more, want string }{
		{"", ""},
		{"-- content/s1/q.md --\n{{< cached >}}\n", "needs"},
	} {
		for i := range 30 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			site := mustLoad(t, archive(t, b.String()+tt.more), &jam.Config{Now: now, Workers: 1 + i%8})
			_, err := site.Build(ctx, jam.Memory())
			switch {
			case ctx.Err() != nil:
				t.Fatalf("%d workers wait for each other", 1+i%8)
			case tt.want == "" && err != nil:
				t.Fatal(err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Fatalf("have %v", err)
			}
			cancel()
		}
	}
}
