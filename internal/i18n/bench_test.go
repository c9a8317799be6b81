package i18n

import (
	"strings"
	"testing"

	"github.com/jam-go/jam/internal/matter"
	"golang.org/x/text/language"
)

func BenchmarkTranslate(b *testing.B) {
	c := Chain{
		mustParse(b, "de", matter.TOML, "x = 'x'"),
		mustParse(b, "ru", matter.TOML, russian),
	}
	data := map[string]any{"Count": 5}
	for _, bench := range []struct {
		name, id string
		data     any
	}{
		{"plain", "plain", nil},
		{"plural", "some", 5},
		{"template", "minutes", 5},
		{"template of map", "minutes", data},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, found, err := c.Translate(bench.id, bench.data); !found || err != nil {
					b.Fatal(found, err)
				}
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	const message = "[m#]\none = '{{ .Count }} a'\nother = '{{ .Count }} b'\n"
	var all []byte
	for i := range 200 {
		name := "m" + strings.Repeat("x", i)
		all = append(all, strings.Replace(message, "m#", name, 1)...)
	}
	b.SetBytes(int64(len(all)))
	b.ReportAllocs()
	for b.Loop() {
		if _, errs, _ := Parse(language.English, matter.TOML, all); errs != nil {
			b.Fatal(errs)
		}
	}
}

func TestTranslateAllocates(t *testing.T) {
	c := Chain{mustParse(t, "en", matter.TOML, "x = 'x'"), mustParse(t, "ru", matter.TOML, russian)}
	var data any = 5
	for _, id := range []string{"plain", "some", "none"} {
		if n := testing.AllocsPerRun(100, func() {
			if _, _, err := c.Translate(id, data); err != nil {
				t.Fatal(err)
			}
		}); n != 0 {
			t.Errorf("%s: %v allocations, want none", id, n)
		}
	}
}
