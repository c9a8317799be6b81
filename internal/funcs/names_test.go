package funcs

import (
	"slices"
	"strings"
	"testing"
	"time"
)

type siteSpace struct{ Lang }

func (siteSpace) Translate(string) string { return "" }

func TestNames(t *testing.T) {
	m := map[string]any{
		"where": func(any) any { panic("called") },
		"site":  func() *page { panic("called") },
		"now":   func() time.Time { panic("called") },
		"lang":  func() siteSpace { panic("called") },
		"time":  Time{}.namespace,
		"odd":   5,
	}
	want := strings.Fields(`lang.FormatAccounting lang.FormatCurrency lang.FormatNumber lang.FormatNumberCustom lang.FormatPercent
		lang.Translate now odd site time time.AsTime time.Duration time.Format time.In time.Now time.ParseDuration where`)
	if got := Names(m); !slices.Equal(got, want) {
		t.Errorf("the names are\n%v\nwant\n%v", got, want)
	}
	var all []string
	for _, f := range allFuncs() {
		if f.name == "time" || namespaceOf(f.name, f.fn.Interface()) == nil {
			all = append(all, f.name)
		}
	}
	if got := Names(Map(Options{})); !slices.Equal(got, all) {
		t.Errorf("the names are\n%v\nwant\n%v", got, all)
	}
}
