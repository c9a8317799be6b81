package sitegen

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// kind is a kind of edits, and how often it is made compared with others. The edit returns what it
// does, or "" when there is nothing to do it with.
type kind struct {
	name  string
	share int
	edit  func(s *Site) string
}

var kinds = []kind{
	{"body", 18, (*Site).editBody},
	{"front matter", 18, (*Site).editMatter},
	{"create", 7, (*Site).createPage},
	{"delete", 5, (*Site).deletePage},
	{"rename", 4, (*Site).renamePage},
	{"move", 2, (*Site).moveSection},
	{"another section", 3, (*Site).movePage},
	{"section", 1, (*Site).editSection},
	{"bundle", 2, (*Site).editBundle},
	{"heading", 3, (*Site).editHeading},
	{"value", 5, (*Site).copyValue},
	{"translate", 2, (*Site).editTranslation},
	{"resource", 5, (*Site).editResource},
	{"rename resource", 2, (*Site).renameResource},
	{"template", 8, (*Site).editTemplate},
	{"partial", 6, (*Site).editPartial},
	{"add template", 3, (*Site).addTemplate},
	{"remove template", 2, (*Site).removeTemplate},
	{"move template", 2, (*Site).moveTemplate},
	{"data", 5, (*Site).editData},
	{"i18n", 2, (*Site).editMessages},
	{"message", 2, (*Site).editMessage},
	{"number in data", 3, (*Site).editNumber},
	{"static", 4, (*Site).editStatic},
	{"config", 5, (*Site).editConfig},
	{"source", 3, (*Site).editSource},
	{"clock", 2, (*Site).editClock},
	{"swap", 2, (*Site).swapPages},
	{"break", 2, (*Site).breakFile},
}

// Edit changes the site at random: as a rule one thing, now and then several at once, a return to an
// earlier state, or nothing but times of files.
func (s *Site) Edit() *Edit {
	before := maps.Clone(s.files)
	s.remember()
	switch s.rand.IntN(20) {
	case 0:
		return s.touch()
	case 1:
		past := s.history[s.rand.IntN(len(s.history))]
		s.restore(past)
		return difference("back to an earlier state", before, s.files)
	case 2:
		var did []string
		for range s.between(2, 5) {
			did = append(did, s.one())
		}
		return difference(strings.Join(did, "; "), before, s.files)
	}
	return difference(s.one(), before, s.files)
}

// Undo takes the site back to what it was before the last n edits, at most.
func (s *Site) Undo(n int) *Edit {
	before := maps.Clone(s.files)
	past := s.history[max(0, len(s.history)-n)]
	s.restore(past)
	s.history = s.history[:max(1, len(s.history)-n)]
	return difference(fmt.Sprintf("undo %d", n), before, s.files)
}

// one makes one edit.
func (s *Site) one() string {
	sum := 0
	for _, k := range kinds {
		sum += k.share
	}
	if s.restless && s.chance(2) {
		return "config: " + s.editConfig()
	}
	for {
		n := s.rand.IntN(sum)
		for _, k := range kinds {
			if n -= k.share; n < 0 {
				if did := k.edit(s); did != "" {
					return k.name + ": " + did
				}
				break
			}
		}
	}
}

func (s *Site) remember() {
	s.history = append(s.history, state{maps.Clone(s.files), maps.Clone(s.docs), maps.Clone(s.tpls), maps.Clone(s.config)})
	if len(s.history) > 20 {
		s.history = s.history[1:]
	}
}

func (s *Site) restore(past state) {
	s.files, s.docs, s.tpls, s.config = maps.Clone(past.files), maps.Clone(past.docs), maps.Clone(past.tpls), maps.Clone(past.config)
}

func difference(name string, before, after Files) *Edit {
	e := &Edit{Name: name, Set: map[string]string{}}
	for file, text := range after {
		if old, ok := before[file]; !ok || old != text {
			e.Set[file] = text
		}
	}
	for file := range before {
		if _, ok := after[file]; !ok {
			e.Removed = append(e.Removed, file)
		}
	}
	slices.Sort(e.Removed)
	return e
}

func (s *Site) touch() *Edit {
	all := slices.Sorted(maps.Keys(s.files))
	names := s.some(s.between(1, 4), slices.DeleteFunc(all, func(n string) bool { return n == ConfigFile || n == ClockFile }))
	slices.Sort(names)
	return &Edit{Name: "touch " + strings.Join(names, " "), Touched: names}
}
