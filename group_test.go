package jam_test

import (
	"fmt"
	"html/template"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

// groupSite has pages that differ in what they can be grouped by.
func groupSite(t testing.TB) jam.Pages {
	t.Helper()
	tree := fstest.MapFS{}
	for name, front := range map[string]string{
		"posts/a": "title: Delta\ndate: 2026-01-03\nauthor: bob\nrank: 2\nevent: 2020-03-01\nseen: 2020-01-01T12:00:00Z",
		"posts/b": "title: Alpha\ndate: 2026-01-01\nweight: 2\nauthor: Ann\nrank: 10\nevent: 2 March 2020\nseen: 2020-01-01T13:00:00+01:00",
		"posts/c": "title: Charlie\ndate: 2025-01-02\nexpiryDate: 2030-01-01\nauthor: Cy\nrank: 2.0\nevent: 2021-03-05",
		"docs/d":  "title: Bravo\ndate: 2026-02-02\nlastmod: 2026-03-01\nparams: {author: bob, deep: {er: x}}\nrank: first\nevent: ''\nbad: soon\nbig: 9007199254740993",
		"e":       "type: odd\ntags: [x]\nmap: {a: 1}\nrank: true\nbig: 9007199254740992",
	} {
		tree["content/"+name+".md"] = &fstest.MapFile{Data: []byte("---\n" + front + "\n---\n")}
	}
	site, err := jam.Load(t.Context(), tree, &jam.Config{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return site.RegularPages().ByTitle() // Alpha Bravo Charlie Delta E
}

func groupText(gs jam.PageGroups) string {
	var out []string
	for _, g := range gs {
		var names []string
		for _, p := range g.Pages {
			names = append(names, p.Path()[strings.LastIndex(p.Path(), "/")+1:])
		}
		out = append(out, fmt.Sprintf("%v: %s", g.Key, strings.Join(names, " ")))
	}
	return strings.Join(out, "; ")
}

func TestGroups(t *testing.T) {
	ps := groupSite(t)
	type call = func(jam.Pages) (jam.PageGroups, error)
	by := func(key string, order ...string) call {
		return func(ps jam.Pages) (jam.PageGroups, error) { return ps.GroupBy(key, order...) }
	}
	param := func(key string, order ...string) call {
		return func(ps jam.Pages) (jam.PageGroups, error) { return ps.GroupByParam(key, order...) }
	}
	date := func(key, layout string, order ...string) call {
		return func(ps jam.Pages) (jam.PageGroups, error) { return ps.GroupByParamDate(key, layout, order...) }
	}
	for _, tt := range []struct {
		name string
		call call
		want string
	}{
		{"section", by("Section"), ": e; docs: d; posts: b c a"},
		{"section, desc", by("Section", "DESC"), "posts: b c a; docs: d; : e"},
		{"section, reverse", by("Section", "reverse"), "posts: b c a; docs: d; : e"},
		{"type", by("Type", "asc"), "docs: d; odd: e; posts: b c a"},
		{"kind", by("Kind"), "page: b d c a e"},
		{"language", by("Lang"), "en: b d c a e"},
		{"weight", by("Weight"), "0: d c a e; 2: b"},
		{"draft", by("Draft"), "false: b d c a e"},
		{"date", by("Date", "desc"), "2026-02-02 00:00:00 +0000 UTC: d; 2026-01-03 00:00:00 +0000 UTC: a; 2026-01-01 00:00:00 +0000 UTC: b; 2025-01-02 00:00:00 +0000 UTC: c; 0001-01-01 00:00:00 +0000 UTC: e"},
		{"dotted param", by("Params.deep.er"), "x: d"},
		{"param", param("Author"), "Ann: b; bob: d a; Cy: c"},
		{"param, desc", param("author", "desc"), "Cy: c; bob: d a; Ann: b"},
		{"params of all types", param("rank"), "true: e; 2: c a; 10: b; first: d"},
		{"big numbers", param("big"), "9007199254740992: e; 9007199254740993: d"},
		{"one instant", param("seen"), "2020-01-01 13:00:00 +0100 +0100: b a"},
		{"param that no page has", param("none"), ""},
		{"by date", func(ps jam.Pages) (jam.PageGroups, error) { return ps.GroupByDate("2006") }, "2026: d a b; 2025: c; 0001: e"},
		{"by date, asc", func(ps jam.Pages) (jam.PageGroups, error) { return ps.GroupByDate("2006-01", "asc") }, "0001-01: e; 2025-01: c; 2026-01: b a; 2026-02: d"},
		{"by date, rev", func(ps jam.Pages) (jam.PageGroups, error) { return ps.GroupByDate("2006", "rev") }, "0001: e; 2025: c; 2026: b a d"},
		{"by publish date", func(ps jam.Pages) (jam.PageGroups, error) { return ps[:2].GroupByPublishDate("Jan 2006") }, "Feb 2026: d; Jan 2026: b"},
		{"by lastmod", func(ps jam.Pages) (jam.PageGroups, error) { return ps[:2].GroupByLastmod("Jan 2006") }, "Mar 2026: d; Jan 2026: b"},
		{"by expiry date", func(ps jam.Pages) (jam.PageGroups, error) { return ps.GroupByExpiryDate("2006") }, "2030: c; 0001: b a e d"},
		{"by param date", date("event", "2006"), "2021: c; 2020: b a"},
		{"by param date, asc", date("Event", "2006", "asc"), "2020: a b; 2021: c"},
		{"by month alone", date("event", "January"), "March: c b a"},
		{"none", func(jam.Pages) (jam.PageGroups, error) { return jam.Pages(nil).GroupByDate("2006") }, ""},
	} {
		before := fmt.Sprint(ps)
		gs, err := tt.call(ps)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := groupText(gs); got != tt.want {
			t.Errorf("%s: got  %s\nwant %s", tt.name, got, tt.want)
		}
		if after := fmt.Sprint(ps); after != before {
			t.Errorf("%s: the list was changed to %s", tt.name, after)
		}
	}
	months, err := ps.GroupByDate("January")
	if want := "February: d; January: a b c e"; err != nil || groupText(months) != want {
		t.Errorf("months: %s, %v", groupText(months), err)
	}
}

func TestGroupMistakes(t *testing.T) {
	ps := groupSite(t)
	for want, call := range map[string]func() (jam.PageGroups, error){
		`pages can't be grouped by "section" (did you mean "Section"?); parameters are like "Params.author"`: func() (jam.PageGroups, error) { return ps.GroupBy("section") },
		`unknown order "dsc": want asc or desc (did you mean "asc"?)`:                                        func() (jam.PageGroups, error) { return ps.GroupBy("Section", "dsc") },
		`unknown order "up": want asc or desc`:                                                               func() (jam.PageGroups, error) { return ps.GroupByDate("2006", "up") },
		`want one order, have 2`:                                                                             func() (jam.PageGroups, error) { return ps.GroupByDate("2006", "asc", "desc") },
		`parameter "tags": /e: a list can't be the key of a group`:                                           func() (jam.PageGroups, error) { return ps.GroupByParam("tags") },
		`parameter "map": /e: a map can't be the key of a group`:                                             func() (jam.PageGroups, error) { return ps.GroupBy("Params.map") },
		`parameter "rank": /posts/b: 10 is not a date`:                                                       func() (jam.PageGroups, error) { return ps.GroupByParamDate("rank", "2006") },
		`parameter "bad": /docs/d: invalid date "soon"`:                                                      func() (jam.PageGroups, error) { return ps.GroupByParamDate("bad", "2006") },
	} {
		if gs, err := call(); gs != nil || err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, error %v, want %s", gs, err, want)
		}
	}
}

func TestGroupLists(t *testing.T) {
	gs, err := groupSite(t).GroupBy("Section")
	if err != nil {
		t.Fatal(err)
	}
	if r := gs.Reverse(); groupText(r) != "posts: b c a; docs: d; : e" || gs[0].Key != "" || gs.Len() != 5 {
		t.Errorf("reversed %s, of %d pages", groupText(r), gs.Len())
	}
	// A group's pages have no room in common with the next group's.
	dates, err := groupSite(t).GroupByDate("2006")
	if err != nil {
		t.Fatal(err)
	}
	_ = append(dates[0].Pages, nil)
	if dates[1].Pages[0] == nil {
		t.Error("appending to a group changes the next one")
	}
}

func TestGroupsInTemplates(t *testing.T) {
	tmpl := template.Must(template.New("").Parse(`{{ range .GroupByDate "2006" "asc" }}{{ .Key }}:{{ range .Pages.ByTitle.Reverse }} {{ .Title }}{{ end }}; {{ end }}{{ len (.GroupBy "Section") }}`))
	var b strings.Builder
	if err := tmpl.Execute(&b, groupSite(t).Limit(4)); err != nil {
		t.Fatal(err)
	}
	if want := "2025: Charlie; 2026: Delta Bravo Alpha; 2"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

func BenchmarkGroup(b *testing.B) {
	tree := fstest.MapFS{}
	for i := range 2000 {
		tree[fmt.Sprintf("content/s%d/p%d.md", i%20, i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ndate: 20%02d-01-02\nauthor: a%d\n---\n", i%26, i%30)}
	}
	site, err := jam.Load(b.Context(), tree, &jam.Config{Now: now})
	if err != nil {
		b.Fatal(err)
	}
	ps := site.RegularPages()
	for name, group := range map[string]func() (jam.PageGroups, error){
		"section": func() (jam.PageGroups, error) { return ps.GroupBy("Section") },
		"param":   func() (jam.PageGroups, error) { return ps.GroupByParam("author") },
		"date":    func() (jam.PageGroups, error) { return ps.GroupByDate("2006") },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := group(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
