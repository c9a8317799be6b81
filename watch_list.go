package jam

import (
	"strconv"
	"strings"

	"github.com/jam-go/jam/internal/exec"
)

// lentList is a list as a dep.
type lentList struct {
	kind depKind
	name string
	len  int
	deps map[string]depID // by the part that is used
}

// lend returns the view's pages of a list.
func (w *watcher) lend(l *pageList) Pages {
	if l == nil || len(l.ids) == 0 {
		return w.v.list(l)
	}
	if ps, ok := w.lent[l]; ok {
		return ps
	}
	ps := w.v.pagesOf(l)
	w.lent[l] = ps
	w.lists[&ps[0]] = &lentList{kind: depList, name: l.key(), len: len(ps)}
	return ps
}

func (w *watcher) useList(ps Pages, how exec.Use, n int) {
	l := w.lists[&ps[0]]
	if l == nil || len(ps) > l.len {
		return
	}
	part := usedPart(how, n, len(ps), l.len)
	id, ok := l.deps[part]
	if !ok {
		id = w.v.recording.ledger.table.id(depKey{l.kind, "", listPart(l.name, part)})
		if l.deps == nil {
			l.deps = make(map[string]depID)
		}
		l.deps[part] = id
	}
	w.v.rec.dep(id)
}

// usedPart names the part of a list of all members that is used when its first ones are, as many as have; see listPart.
func usedPart(how exec.Use, n, have, all int) string {
	if how == exec.UseSome {
		return "some"
	}
	if how != exec.UsePrefix {
		n = have
	}
	switch {
	case n < all:
		return listRange(0, n)
	case how == exec.UseLen:
		return "len"
	}
	return ""
}

// uses records that all of a list is used, which may be lent.
func (v *view) uses(ps Pages) {
	if v.rec != nil && v.recording.watcher != nil && len(ps) > 0 {
		v.recording.watcher.Use(ps, exec.UseAll, 0)
	}
}

// listPart names a part of a list: "len" for its length, "some" for whether it has any, or a range of its members.
func listPart(name, part string) string {
	if part == "" {
		return name
	}
	return name + "\x00" + part
}

func listRange(from, to int) string { return strconv.Itoa(from) + "-" + strconv.Itoa(to) }

// cutPart undoes listPart.
func cutPart(name string) (list, part string) {
	if i := strings.LastIndexByte(name, 0); i >= 0 {
		return name[:i], name[i+1:]
	}
	return name, ""
}

// partOf returns a range of the members of a list, as much as there is of it.
func partOf[T any](ids []T, part string) []T {
	a, b, _ := strings.Cut(part, "-")
	from, err1 := strconv.Atoi(a)
	to, err2 := strconv.Atoi(b)
	if err1 != nil || err2 != nil || from > to {
		return ids
	}
	return ids[min(from, len(ids)):min(to, len(ids))]
}
