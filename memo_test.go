package jam

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/fstest"
)

func memoSite(t *testing.T, n int) (*snapshot, *view) {
	t.Helper()
	tree := fstest.MapFS{}
	for i := range n {
		tree[fmt.Sprintf("content/s/p%03d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil,
			"---\ntitle: T%03d\ndate: 2020-01-%02d\ntags: [all, t%d]\nn: %d\n---\n", i*7%n, 1+i%28, i%10, i)}
	}
	s, err := load(t.Context(), tree, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s, newView(s)
}

func same(a, b Pages) bool { return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0]) }

func TestMemoKnowsLists(t *testing.T) {
	s, v := memoSite(t, 40)
	all := v.site(s.main).Pages()
	term := v.site(s.main).Taxonomies()["tags"]["all"]
	for name, ask := range map[string]func() Pages{
		"site's":           func() Pages { return all.ByTitle() },
		"by parameter":     func() Pages { return all.ByParam("n") },
		"of an answer":     func() Pages { return all.ByDate().Reverse() },
		"the beginning":    func() Pages { return all.Limit(20).ByTitle() },
		"of a group":       func() Pages { g, _ := all.GroupBy("Section"); return g[0].Pages.ByTitle() },
		"of a term":        func() Pages { return term.Pages().ByTitle() },
		"of another view":  func() Pages { return v.ownPages(s.base.site(s.main).Pages()) },
		"by content":       func() Pages { return all.ByLength() },
		"groups by a date": func() Pages { g, _ := all.GroupByParamDate("date", "2006"); return g[0].Pages },
	} {
		if !same(ask(), ask()) {
			t.Errorf("%s: the answer is made again", name)
		}
	}
	for name, lists := range map[string][2]Pages{
		"a part":                      {all.ByTitle(), all.Limit(20).ByTitle()},
		"another beginning":           {all.Limit(21).ByTitle(), all.Limit(20).ByTitle()},
		"another order":               {all.ByTitle(), all.ByLinkTitle()},
		"another parameter":           {all.ByParam("n"), all.ByParam("m")},
		"a caller's list":             {slices.Clone(all).ByTitle(), slices.Clone(all).ByTitle()},
		"the Site that Load returned": {s.base.site(s.main).Pages().ByTitle(), s.base.site(s.main).Pages().ByTitle()},
	} {
		if same(lists[0], lists[1]) {
			t.Errorf("%s: has the same answer", name)
		}
	}
	own := slices.Clone(all)
	first := own.ByTitle()[0]
	own[slices.Index(own, first)] = own[len(own)-1]
	if own.ByTitle()[0] == first || own.index(first) >= 0 {
		t.Error("what was asked of a list that has changed is remembered")
	}
	for i, p := range all.ByTitle() {
		if got := all.ByTitle().index(p); got != i {
			t.Errorf("%s is at %d, not at %d", p, i, got)
		}
	}
	if all.Limit(10).index(all[10]) >= 0 {
		t.Error("a page behind the end is found")
	}
}

// TestMemoIsBounded asks more than a memo has room for.
func TestMemoIsBounded(t *testing.T) {
	s, v := memoSite(t, 50)
	all, whole := v.site(s.main).Pages(), s.base.site(s.main).Pages()
	often := 0
	for i := range 2000 {
		key := fmt.Sprintf("key %d", i)
		if got := all.ByParam(key).Reverse(); len(got) != len(all) {
			t.Fatal(got)
		}
		before := v.memo.made
		if got := all.ByTitle(); fmt.Sprint(got) != fmt.Sprint(whole.ByTitle()) {
			t.Fatal(got)
		}
		if v.memo.made == before {
			often++
		}
		size := 0
		for _, answers := range []map[string]*answer{v.memo.young, v.memo.old} {
			for _, a := range answers {
				size += a.size
			}
		}
		if most := memoPerPage*len(v.pages) + 1<<11; size > most || v.memo.held > most/2 || len(v.memo.lists) > most/fewPages {
			t.Fatalf("after %d questions: answers of the size %d (young: %d), %d lists", i, size, v.memo.held, len(v.memo.lists))
		}
	}
	if often != 1999 {
		t.Errorf("what each asks was remembered %d times of 1999", often)
	}
	for a := range v.memo.lists {
		if l := v.memo.lists[a]; !l.fixed && l.answers < 1 {
			t.Error("a list is known that belongs to no answer")
		}
	}
}

// TestMemoIsRecorded shows that a recorder sees what an answer depends on each time.
func TestMemoIsRecorded(t *testing.T) {
	s, v := memoSite(t, 30)
	var seen []int
	for range 3 {
		v.startRecording(newLedger(s, s.table))
		outer := v.begin()
		v.site(s.main).Pages().ByTitle()
		rec := v.end(outer)
		n := len(rec.pages)
		for _, part := range rec.parts {
			n += len(part.pages)
		}
		seen = append(seen, n)
		v.recording = recording{}
		v.site(s.main).Pages().ByTitle()
	}
	if seen[0] < 30 || seen[1] != seen[0] || seen[2] != seen[0] {
		t.Errorf("%v reads are recorded", seen)
	}
}

// TestMemoAndFailures shows that what fails, fails for each page that asks.
func TestMemoAndFailures(t *testing.T) {
	s, v := memoSite(t, 30)
	all, broken := v.site(s.main).Pages(), errors.New("broken")
	ask := func() (failed error) {
		v.failed = &failed
		defer func() { v.failed = nil }()
		orderedBy(all, "test", func(p *Page) int { p.v.fail(broken); return 0 }, func(a, b int) int { return 0 })
		return failed
	}
	if first, second := ask(), ask(); first != broken || second != broken {
		t.Errorf("failed with %v and %v", first, second)
	}
	for range 2 {
		if _, err := all.GroupBy("Section", "up"); err == nil {
			t.Error("a wrong order is no error")
		}
	}
}
