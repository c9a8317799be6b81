package jam

import (
	"strings"
	"sync"

	"github.com/jam-go/jam/internal/exec"
)

// queryTable has the queries of a build by their texts, and bounds what it may cost to ask them again.
type queryTable struct {
	mu    sync.Mutex
	room  int
	known map[string]*queryResult
	kept  map[string]bool // that the build before had
}

// queriesPerPage is how many pages all queries may look at, for each page of the site.
const queriesPerPage = 16

func newQueryTable(pages int) queryTable {
	return queryTable{room: queriesPerPage*pages + 1<<12, known: make(map[string]*queryResult)}
}

// find returns what is known of a query, and whether it may be added if it is not.
func (t *queryTable) find(text []byte) (r *queryResult, may bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r = t.known[string(text)]
	return r, t.room > 0 || t.kept[string(text)]
}

// get returns what is known of a query, or nil.
func (t *queryTable) get(text string) *queryResult {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.known[text]
}

// forget has the table know no more than a new one.
func (t *queryTable) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.known, t.kept = make(map[string]*queryResult), nil
}

// add returns what is known of a query now.
func (t *queryTable) add(text string, r *queryResult) *queryResult {
	t.mu.Lock()
	defer t.mu.Unlock()
	if known := t.known[text]; known != nil {
		return known
	}
	if !t.kept[text] {
		t.room -= r.cost
	}
	t.known[text] = r
	return r
}

// takeOver has a table know what the build before had, and what has been asked since.
func (t *queryTable) takeOver(c *comparison) {
	t.kept = make(map[string]bool)
	for id, d := range c.old.deps {
		if d.cost == 0 {
			continue
		}
		if text, _ := cutPart(c.keys[id].name); !t.kept[text] {
			t.kept[text] = true
			t.room -= int(d.cost)
		}
	}
	t.known = c.values.queries.all()
}

// Ask implements [exec.Watcher].
func (w *watcher) Ask(name string, args []any) (any, bool) {
	if w.v.rec == nil || !w.v.remembers() || w.v.state == nil {
		return nil, false
	}
	if rs, ok := args[0].(Resources); ok && len(rs) > 0 {
		return w.askResources(rs, name, args[1:])
	}
	if rs, ok := args[len(args)-1].(Resources); ok && len(rs) > 0 && name == "first" {
		w.firstResources(args[0], rs)
		return nil, false
	}
	if _, ok := args[0].(pageCollections); ok {
		name, args = strings.ToLower(name), args[1:]
	}
	op, ok := queryOps[name]
	if !ok || op.asked != nil && !op.asked(args) {
		return nil, false
	}
	got, ok := w.askQuery(op, name, args)
	if !ok && op.costs == 0 { // it may return the list, without being known to use it
		for _, arg := range args {
			w.Use(arg, exec.UseAll, 0)
		}
	}
	return got, ok
}

func (w *watcher) askQuery(op queryOp, name string, args []any) (any, bool) {
	page, ok := w.v.state.Page.(*Page)
	if !ok {
		return nil, false
	}
	lang := ""
	if op.local {
		lang = page.d.local.Code
	}
	if w.text, ok = w.appendArgs(appendQuery(w.text[:0], name, lang), args); !ok || len(w.text) > maxQuestion {
		return nil, false
	}
	a := w.answers[string(w.text)]
	if a == nil {
		if a = w.answer(op, page.d.local, args); a == nil {
			return nil, false
		}
	}
	if a.whole {
		w.v.rec.dep(a.dep)
	}
	return a.value, true
}

// lentAnswer is an answer to a query that is lent.
type lentAnswer struct {
	value any
	whole bool // it is no list of which parts may be used
	dep   depID
}

// answer asks the query whose text has been written. It returns nil if it is to be recorded by what it reads.
func (w *watcher) answer(op queryOp, lc *local, args []any) *lentAnswer {
	table := &w.v.recording.ledger.queries
	r, may := table.find(w.text)
	if r == nil && !may {
		return nil
	}
	text := string(w.text)
	if r == nil {
		if w.funcs == nil {
			w.funcs = make(queryFuncs)
		}
		var err error
		if r, err = w.funcs.ask(w.v, op, lc, text, args); err != nil {
			return nil
		}
		r = table.add(text, r)
	}
	a := &lentAnswer{value: r.pages(w.v), whole: true}
	if ps, ok := a.value.(Pages); ok && len(ps) > 0 {
		w.lists[&ps[0]] = &lentList{kind: depQuery, name: text, len: len(ps)}
		a.whole = false
	} else {
		a.dep = w.v.recording.ledger.table.id(depKey{depQuery, "", text})
	}
	if w.answers == nil {
		w.answers = make(map[string]*lentAnswer)
	}
	w.answers[text] = a
	return a
}

// appendArgs ends the text of a query. It is false for arguments that another version of the site may not have.
func (w *watcher) appendArgs(b []byte, args []any) (_ []byte, ok bool) {
	lists := false
	for i, arg := range args {
		if i > 0 {
			b = append(b, ',')
		}
		if ps, isList := arg.(Pages); isList {
			lists = lists || len(ps) > 0
		}
		if b, ok = w.appendArg(b, arg); !ok || len(b) > maxQuestion {
			return b, false
		}
	}
	return append(b, ')'), lists
}

func (w *watcher) appendArg(b []byte, arg any) ([]byte, bool) {
	switch a := arg.(type) {
	case Pages:
		return w.appendList(b, a)
	case *Page:
		if a == nil || a.v != w.v {
			return b, false
		}
		return appendValue(b, queriedPage(w.v.snap.identity(a.d)))
	case []any:
		return appendValues(append(b, 'A', '['), a, w.appendArg)
	}
	return appendValue(b, arg)
}

// appendList adds a list that is lent, or its beginning.
func (w *watcher) appendList(b []byte, ps Pages) ([]byte, bool) {
	switch {
	case ps == nil:
		return append(b, 'e'), true
	case len(ps) == 0:
		return append(b, 'E'), true
	}
	l := w.lists[&ps[0]]
	if l == nil || len(ps) > l.len {
		return b, false
	}
	if l.kind == depQuery {
		b = append(append(b, 'Q'), l.name...)
	} else {
		b = appendListName(b, l.name)
	}
	if len(ps) < l.len {
		b = appendPrefix(b, len(ps))
	}
	return b, true
}
