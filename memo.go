package jam

import (
	"encoding/binary"
	"math"
	"reflect"
	"time"

	"github.com/jam-go/jam/internal/funcs"
)

// A memo keeps what a view answered to questions about lists of pages, so that a query that the template of
// every page makes is worked out once per worker, and not once per page. A list is known by where it is in
// memory: one that the view made itself, or the memo, which nobody changes and which is not freed while it is known.
// Others, such as those that a template puts together, are not known, and neither is what is asked of them.
//
// Nothing is kept of what is asked of the view that Load returns, since it may be used concurrently and
// its callers expect lists of their own, nor while reads are recorded: they have to happen.
type memo struct {
	lists map[any]knownList // by the address of their first element
	made  uint64            // lists that were ever known

	// Answers move to young when they are asked for. When young is full it becomes old, and what was old is forgotten:
	// what is not asked again, as questions that name the page at hand, does not drive out the rest.
	young, old map[string]*answer
	held       int // size of young
	room       int // that young may have

	question []byte // under way
}

type knownList struct {
	id      uint64
	len     int
	answers int  // that it is part of
	fixed   bool // it belongs to the view, and is not forgotten
}

type answer struct {
	value  any
	read   *record
	source any // keeps alive what the question knows by its address
	size   int // in pointers, roughly
}

const (
	fewPages    = 8 // of which what is asked is worked out each time
	maxQuestion = 1 << 10

	// A memo holds this many times as many elements of lists as there are pages, at most.
	memoPerPage = 16
)

// remembered returns what compute does, or did when the same was asked of the list before. The arguments are all that the answer
// depends on, besides the site.
func remembered[T any](ps Pages, what string, args []any, compute func() (T, error)) (T, error) {
	if len(ps) < fewPages || ps[0] == nil {
		return compute()
	}
	return recalled(ps[0].v, &ps[0], len(ps), what, args, compute)
}

// asked is remembered for answers without errors and arguments.
func asked[T any](ps Pages, what string, compute func() T) T {
	if len(ps) < fewPages || ps[0] == nil {
		return compute()
	}
	return answered(ps[0].v, &ps[0], len(ps), what, compute)
}

// answered is asked for a list of any kind: first is the address of its first element.
func answered[T any](v *view, first any, n int, what string, compute func() T) T {
	got, _ := recalled(v, first, n, what, nil, func() (T, error) { return compute(), nil })
	return got
}

func recalled[T any](v *view, first any, n int, what string, args []any, compute func() (T, error)) (T, error) {
	if !v.remembers() || !v.memo.ask(v, first, n, what, args) {
		return compute()
	}
	return settled(v, nil, compute)
}

// settled answers the question that is written down.
func settled[T any](v *view, source any, compute func() (T, error)) (T, error) {
	if a := v.memo.recall(); a != nil && (v.recording.ledger == nil || a.read != nil) {
		if v.rec != nil {
			v.rec.part(a.read)
		}
		return a.value.(T), nil
	}
	question := string(v.memo.question)
	var got T
	var err error
	read := v.recorded("query", func() { got, err = compute() })
	if err == nil && v.remembers() {
		v.memo.keep(v, question, &answer{value: got, source: source, read: read})
	}
	return got, err
}

// copied returns what compute makes of a list of another view, or made of the same before.
func (v *view) copied(ps Pages, compute func() Pages) Pages {
	m := &v.memo
	m.question = m.question[:0]
	m.addNumber('c', uint64(reflect.ValueOf(ps).Pointer()))
	m.addNumber(' ', uint64(len(ps)))
	got, _ := settled(v, ps, func() (Pages, error) { return compute(), nil })
	return got
}

// remembers tells whether answers are remembered now: what fails has to fail each page that asks.
func (v *view) remembers() bool { return !v.shared && v.failure() == nil }

// isKnown tells whether what is asked of the list is remembered.
func (ps Pages) isKnown() bool {
	if len(ps) < fewPages || ps[0] == nil {
		return false
	}
	v := ps[0].v
	if !v.remembers() {
		return false
	}
	l, ok := v.memo.lists[&ps[0]]
	return ok && len(ps) <= l.len
}

// mayRememberContent tells whether what is made of the content of pages may be remembered: a body has to ask for that
// of others itself, since it may be a part of theirs.
func (ps Pages) mayRememberContent() bool { return len(ps) > 0 && ps[0] != nil && ps[0].v.run == nil }

// know makes a list one of which questions are remembered. It is never changed, and lives as long as the view.
func (v *view) know(first any, n int) {
	if !v.shared && n >= fewPages {
		v.memo.know(first, n, true)
	}
}

func (m *memo) know(first any, n int, fixed bool) {
	if m.lists == nil {
		m.lists = make(map[any]knownList)
	}
	l, ok := m.lists[first]
	if !ok {
		m.made++
		l.id = m.made
	}
	l.len, l.fixed = max(l.len, n), l.fixed || fixed
	if !fixed {
		l.answers++
	}
	m.lists[first] = l
}

// ask writes the question down; it is false for one that can't be remembered.
func (m *memo) ask(v *view, first any, n int, what string, args []any) bool {
	m.question = m.question[:0]
	if !m.addList(first, n) {
		return false
	}
	m.addText(what)
	for _, a := range args {
		if !m.add(v, a) || len(m.question) > maxQuestion {
			return false
		}
	}
	return true
}

// addList adds a list, which may be the beginning of one that is known.
func (m *memo) addList(first any, n int) bool {
	l, ok := m.lists[first]
	if !ok || n > l.len {
		return false
	}
	m.addNumber('l', l.id)
	m.addNumber(' ', uint64(n))
	return true
}

func (m *memo) addNumber(kind byte, n uint64) {
	m.question = binary.AppendUvarint(append(m.question, kind), n)
}

func (m *memo) addText(s string) {
	m.addNumber('s', uint64(len(s)))
	m.question = append(m.question, s...)
}

// add adds an argument by its value, if it is of a type that is known to have one.
func (m *memo) add(v *view, arg any) bool {
	switch a := arg.(type) {
	case nil:
		m.question = append(m.question, '0')
	case string:
		m.addText(a)
	case bool:
		m.addNumber('b', uint64(btoi(a)))
	case int:
		m.addNumber('i', uint64(a))
	case int64:
		m.addNumber('I', uint64(a))
	case float64:
		m.addNumber('f', math.Float64bits(a))
	case time.Time: // as queries compare it
		m.addNumber('t', uint64(a.Unix()))
		m.addNumber(' ', uint64(a.Nanosecond()))
	case *Page:
		if a == nil || a.v != v {
			return false
		}
		m.addNumber('p', uint64(a.d.id))
	case []string:
		m.addNumber('S', uint64(len(a)))
		for i := 0; i < len(a) && len(m.question) <= maxQuestion; i++ {
			m.addText(a[i])
		}
	case []any:
		m.addNumber('A', uint64(len(a)))
		for i := 0; i < len(a) && len(m.question) <= maxQuestion; i++ {
			if !m.add(v, a[i]) {
				return false
			}
		}
	case Pages:
		if len(a) > 0 && m.addList(&a[0], len(a)) {
			return true
		}
		m.addNumber('P', uint64(len(a)))
		for i := 0; i < len(a) && len(m.question) <= maxQuestion; i++ {
			if !m.add(v, a[i]) {
				return false
			}
		}
	default:
		return false
	}
	return true
}

func (m *memo) recall() *answer {
	if a, ok := m.young[string(m.question)]; ok {
		return a
	}
	a, ok := m.old[string(m.question)]
	if !ok {
		return nil
	}
	question := string(m.question)
	delete(m.old, question)
	m.insert(question, a)
	return a
}

func (m *memo) keep(v *view, question string, a *answer) {
	if m.young == nil {
		m.young = make(map[string]*answer)
		m.room = memoPerPage/2*len(v.pages) + 1<<10
	}
	a.size = len(question)/8 + 16
	eachList(a.value, func(first any, n, size int) { a.size += 4 + size })
	if !m.holds(a.size) {
		return
	}
	eachList(a.value, func(first any, n, size int) {
		if n >= fewPages {
			m.know(first, n, false)
		}
	})
	m.insert(question, a)
}

// holds tells whether there is room for an answer of that size.
func (m *memo) holds(size int) bool { return size <= m.room }

func (m *memo) insert(question string, a *answer) {
	if m.held+a.size > m.room {
		for _, gone := range m.old {
			eachList(gone.value, m.forget)
		}
		m.young, m.old, m.held = make(map[string]*answer), m.young, 0
	}
	m.young[question] = a
	m.held += a.size
}

func (m *memo) forget(first any, n, size int) {
	l, ok := m.lists[first]
	if !ok || n < fewPages {
		return
	}
	if l.answers--; l.answers == 0 && !l.fixed {
		delete(m.lists, first)
		return
	}
	m.lists[first] = l
}

// eachList calls do for the lists in an answer: with the address of their first element, their length and their size. What
// is no list has the length 0.
func eachList(value any, do func(first any, n, size int)) {
	switch list := value.(type) {
	case Pages:
		if len(list) > 0 {
			do(&list[0], len(list), len(list))
		}
	case PageGroups:
		for i := range list {
			if ps := list[i].Pages; len(ps) > 0 {
				do(&ps[0], len(ps), len(ps)+6)
			}
		}
	case TaxonomyEntries:
		if len(list) > 0 {
			do(&list[0], len(list), 5*len(list))
		}
	case []place:
		do(nil, 0, len(list))
	case map[string]string:
		do(nil, 0, 10*len(list))
	case []any:
		do(nil, 0, 2*len(list))
	case *funcs.Index:
		if list != nil {
			do(nil, 0, list.Len())
		}
	}
}
