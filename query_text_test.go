package jam

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

// text writes the query as a watcher does.
func (q *query) write(t testing.TB) string {
	b, ok := appendQuery(nil, q.op, q.lang), true
	var add func(b []byte, arg any) ([]byte, bool)
	add = func(b []byte, arg any) ([]byte, bool) {
		switch a := arg.(type) {
		case queriedList:
			return a.write(t, b), true
		case Pages:
			return (*watcher)(nil).appendList(b, a)
		case []any:
			return appendValues(append(b, 'A', '['), a, add)
		}
		return appendValue(b, arg)
	}
	for i, arg := range q.args {
		if i > 0 {
			b = append(b, ',')
		}
		if b, ok = add(b, arg); !ok {
			t.Fatalf("can't write %v", arg)
		}
	}
	return string(append(b, ')'))
}

func (l queriedList) write(t testing.TB, b []byte) []byte {
	if l.from != nil {
		return appendPrefix(append(append(b, 'Q'), l.from.write(t)...), l.n)
	}
	return appendPrefix(appendListName(b, l.name), l.n)
}

func TestQueryText(t *testing.T) {
	site := queriedList{name: "site:en", n: allPages}
	inner := &query{op: "ByDate", args: []any{queriedList{name: "pages:en:/a \"b\"", n: 20}}}
	for _, test := range []struct {
		query    *query
		text     string
		describe string
	}{
		{&query{op: "where", lang: "en", args: []any{site, "Section", "posts"}}, `where:en(L"site:en","Section","posts")`, "where Section = posts of the site's pages"},
		{&query{op: "Reverse", args: []any{queriedList{from: inner, n: allPages}}}, `Reverse:(QByDate:(L"pages:en:/a \"b\""~20))`, "Reverse of ByDate of first 20 of pages of /a \"b\""},
		{&query{op: "where", lang: "pt-BR", args: []any{site, "x", "in", []any{1, int64(-2), 0.5, true, nil}}}, `where:pt-BR(L"site:en","x","in",A[i1,I-2,f3fe0000000000000,b1,0])`, "where x in [1 -2 0.5 true nil] of the site's pages"},
		{&query{op: "where", lang: "en", args: []any{site, "x", "in", []string{"a", ","}}}, `where:en(L"site:en","x","in",S["a",","])`, "where x in [a ,] of the site's pages"},
		{&query{op: "where", lang: "en", args: []any{site, "Date", "lt", time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC)}}, `where:en(L"site:en","Date","lt",t1767323045.6)`, "where Date lt 2026-01-02 of the site's pages"},
		{&query{op: "where", lang: "en", args: []any{site, "Date", "ne", time.Time{}}}, `where:en(L"site:en","Date","ne",t-62135596800.0)`, "where Date ne 0001-01-01 of the site's pages"},
		{&query{op: "where", lang: "en", args: []any{site, "Parent", queriedPage(255)}}, `where:en(L"site:en","Parent",pff)`, "where Parent = a page of the site's pages"},
		{&query{op: "union", args: []any{site, Pages{}}}, `union:(L"site:en",E)`, "union no pages of the site's pages"},
		{&query{op: "union", args: []any{Pages(nil), site}}, `union:(e,L"site:en")`, "union no pages of the site's pages"},
	} {
		text := test.query.write(t)
		if text != test.text {
			t.Errorf("have %s, want %s", text, test.text)
		}
		got, err := parseQueryText(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got.text != text {
			t.Errorf("%s: text %s", text, got.text)
		}
		if have := got.describe(); have != test.describe {
			t.Errorf("%s: described as %q, want %q", text, have, test.describe)
		}
		got.text, inner.text = "", ""
		for _, arg := range got.args {
			if l, ok := arg.(queriedList); ok && l.from != nil {
				l.from.text = ""
			}
		}
		if !reflect.DeepEqual(got, test.query) {
			t.Errorf("%s: read as %+v, want %+v", text, got, test.query)
		}
	}
}

func TestQueryTextRefused(t *testing.T) {
	for _, text := range []string{
		"", "where", "where:", "where:en", "where:en(", "where:en()", "where:en(0", "where:en(0,)", "where:en(0))", "where:en(x)", "where:en(i)",
		"where:en(ix)", "where:en(i99999999999999999999)", "where:en(pxy)", `where:en(L"a)`, "where:en(Lx)", "where:en(t1)", "where:en(t1.)", "where:en(A[])",
		"where:en(A0)", "where:en(S[0])", "where:en(A[0)", "where:en(Qx)", "where:en(0)" + strings.Repeat(" ", maxQuestion), strings.Repeat("a:(Q", 200),
	} {
		if q, err := parseQueryText(text); err == nil {
			t.Errorf("%q: read as %+v", text, q)
		}
	}
}

func FuzzQueryText(f *testing.F) {
	for _, seed := range []string{`where:en(L"site:en","Section","posts")`, `Reverse:(QByDate:(L"pages:en:/a"~20))`, `where:en(e,"x","in",A[i1,I-2,f3fe0000000000000,b1,0,S["a"],t1.2,pff,E])`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := parseQueryText(text)
		if err != nil {
			return
		}
		q.describe()
		again, err := parseQueryText(q.write(t))
		if err != nil {
			t.Fatalf("%q: written as %q: %v", text, q.write(t), err)
		}
		if again.write(t) != q.write(t) {
			t.Fatalf("%q: written as %q and then as %q", text, q.write(t), again.write(t))
		}
	})
}

func TestQueriesOfDamagedCaches(t *testing.T) {
	site, err := Load(t.Context(), nil, &Config{Sources: []Source{Documents(&Document{Path: "a.md"}, &Document{Path: "b.md"})}})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		text string
		ok   bool
	}{
		{`where:en(L"site:en","Title","a")`, true},
		{`ByTitle:(L"site:en")`, true},
		{`ByParam:(L"site:en","x")`, true},
		{`where:de(L"site:en","Title","a")`, false},
		{`where:en(L"none:en","Title","a")`, false},
		{`where:en(L"site:en","Title")`, false},
		{`where:en(L"site:en","Content","a")`, false},
		{`where:en("x","Title","a")`, false},
		{`where:en(L"site:en","Parent",p1)`, false},
		{`nothing:en(L"site:en")`, false},
		{`ByTitle:(0)`, false},
		{`ByTitle:("x")`, false},
		{`ByParam:(L"site:en")`, false},
		{`ByParam:(L"site:en",i1)`, false},
		{`GroupBy:(L"site:en")`, false},
		{`ByTitle:(QGroupBy:(L"site:en","Title"))`, false},
		{`GroupByParamDate:(L"site:en","x","2006",i1)`, false},
		{`Limit:(L"site:en",i-5)`, true},
		{`ByTitle:(L"site:en"~-7)`, true},
		{`shuffle:(L"site:en",f` + "7ff8000000000001" + `)`, true},
	} {
		c := newDeps(site.v.snap, nil)
		r := c.queries.result(test.text)
		if (r != nil) != test.ok {
			t.Errorf("%s: have %+v", test.text, r)
		}
		if sum := c.sum(depKey{depQuery, "", test.text}); (sum != failedQuery) != test.ok {
			t.Errorf("%s: checksum %d", test.text, sum)
		}
	}
}
