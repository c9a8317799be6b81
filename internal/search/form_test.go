package search

import (
	"encoding/json"
	"html"
	"strings"
	"testing"
)

func TestForm(t *testing.T) {
	for _, c := range []struct {
		name      string
		opt       FormOptions
		want, not []string
	}{
		{
			"box", FormOptions{Index: "/s", Base: "/", Action: "/search/?a&b", Shortcuts: true},
			[]string{`data-index="/s/"`, `data-base="/"`, ` data-keys hidden>`, `action="/search/?a&amp;b"`, `<label for="jam-search-q">Search</label>`, `aria-keyshortcuts=`, `role="status"`, ">Close</button>"},
			[]string{"data-inline", "placeholder", "<noscript>", "onclick", "style="},
		},
		{
			"page", FormOptions{Index: "i/", Page: true, Action: "/search/", ID: "x"},
			[]string{`data-index="i/"`, "data-inline hidden>", `id="x-q"`, `for="x-q"`, ">More results</button>"},
			[]string{"action=", "aria-keyshortcuts", "jam-search-close"},
		},
		{
			"labels", FormOptions{Labels: Labels{Search: "<Suche>", Placeholder: `"x"`, More: "Mehr & mehr", NoScript: "Ohne <b>"}},
			[]string{"&lt;Suche&gt;</label>", `placeholder="&#34;x&#34;"`, ">Mehr &amp; mehr</button>", "<noscript><p>Ohne &lt;b&gt;</p></noscript>"},
			[]string{"<Suche>", "<b>"},
		},
	} {
		got := Form(c.opt)
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %s in %s", c.name, want, got)
			}
		}
		for _, not := range c.not {
			if strings.Contains(got, not) {
				t.Errorf("%s: %s in %s", c.name, not, got)
			}
		}
	}
}

func TestLabelsReachTheScript(t *testing.T) {
	form := Form(FormOptions{Labels: Labels{
		Results: map[string]string{"one": "%d výsledek", "few": "%d výsledky", "other": "%d výsledků"},
		None:    `Nic "zde"`, Hint: "<hint>",
	}})
	_, rest, _ := strings.Cut(form, `data-labels="`)
	value, _, _ := strings.Cut(rest, `"`)
	var got struct {
		Results map[string]string
		None, Partial, Searching,
		Hint, Failed string
	}
	if err := json.Unmarshal([]byte(html.UnescapeString(value)), &got); err != nil {
		t.Fatal(err)
	}
	if got.Results["few"] != "%d výsledky" || got.None != `Nic "zde"` || got.Hint != "<hint>" || got.Searching != "Searching…" || got.Partial == "" || got.Failed == "" {
		t.Errorf("%+v", got)
	}
}

func FuzzForm(f *testing.F) {
	f.Add("/search", `"><script>`, "%d")
	f.Fuzz(func(t *testing.T, index, label, results string) {
		form := Form(FormOptions{Index: index, Base: label, Action: results, ID: label, Shortcuts: true,
			Labels: Labels{Search: label, Placeholder: label, More: label, NoScript: label, None: label, Results: map[string]string{results: label}}})
		plain := Form(FormOptions{Index: "x", Base: "x", Action: "x", ID: "x", Shortcuts: true,
			Labels: Labels{Placeholder: "x", NoScript: "x"}})
		if results == "" || label == "" {
			return
		}
		if strings.Count(form, "<") != strings.Count(plain, "<") || strings.Count(form, `"`) != strings.Count(plain, `"`) {
			t.Fatalf("the values change the form: %s", form)
		}
	})
}

func FuzzRecord(f *testing.F) {
	f.Add("/a/", "Title", "text \xff\u2028 of a page", "id")
	f.Add("", strings.Repeat("é", 300), strings.Repeat("ab ", 200), "")
	f.Fuzz(func(t *testing.T, url, title, text, id string) {
		d := Doc{URL: url, Title: title, Text: text, Headings: []Heading{{id, title}}}
		r := record(&d)
		var fields []string
		if err := json.Unmarshal(r, &fields); err != nil || len(fields) != 4 && len(fields) != 6 {
			t.Fatalf("%s: %v", r, err)
		}
		if len(fields[1]) > titleLength+8 || len(fields[3]) > excerptLength+8 {
			t.Fatalf("too long: %s", r)
		}
		b := New(1, Options{})
		if err := b.Add(0, d); err != nil {
			t.Fatal(err)
		}
		index := openIndex(t, b.File)
		for _, term := range terms(title+" "+text, true, false) {
			if index.lookup(t, term).df != 1 && strings.ToValidUTF8(title+text, "") == title+text {
				t.Fatalf("%q is not found", term)
			}
		}
	})
}
