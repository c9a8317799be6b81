package sitegen

import (
	"maps"
	"slices"
	"strings"
)

func (s *Site) templates(dir string, in bool) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(s.tpls)) {
		if strings.HasPrefix(name, dir) == in {
			out = append(out, name)
		}
	}
	return out
}

func (s *Site) editTemplate() string {
	return s.editLayout(s.templates("layouts/_partials/", false))
}

func (s *Site) editPartial() string { return s.editLayout(s.templates("layouts/_partials/", true)) }

// editLayout adds, removes or replaces a piece of a template.
func (s *Site) editLayout(list []string) string {
	if len(list) == 0 {
		return ""
	}
	name := pick(s, list...)
	l := s.tpls[name]
	if len(l.sort) == 0 {
		s.setLayout(name, &layout{head: l.head + "<i>" + pick(s, words...) + "</i>", tail: l.tail})
		return name
	}
	piece := s.fill(pick(s, l.sort...), l.level)
	pieces := slices.Clone(l.pieces)
	i := s.rand.IntN(len(pieces) + 1)
	switch {
	case strings.Contains(piece, "return"):
		pieces = []string{piece}
	case i == len(pieces):
		pieces = append(pieces, piece)
	case s.chance(3):
		pieces = slices.Delete(pieces, i, i+1)
	default:
		pieces[i] = piece
	}
	s.setLayout(name, l.withPieces(pieces))
	return name + " " + piece
}

func (s *Site) addTemplate() string {
	f := pick(s, frames...)
	name := "layouts/" + f.name
	if s.tpls[name] != nil {
		return ""
	}
	s.setLayout(name, s.makeFrame(f))
	return name
}

// removeTemplate removes one of those that sites can do without, as a rule.
func (s *Site) removeTemplate() string {
	var list []string
	for _, f := range frames {
		if s.tpls["layouts/"+f.name] != nil && (f.often > 1 || s.chance(20)) {
			list = append(list, "layouts/"+f.name)
		}
	}
	if len(list) == 0 {
		return ""
	}
	name := pick(s, list...)
	s.remove(name)
	return name
}

// moveTemplate gives a template another name, by which it is for other pages.
func (s *Site) moveTemplate() string {
	name := pick(s, s.templates("layouts/_partials/", false)...)
	to := "layouts/" + pick(s, "", "docs/", "posts/", "docs/guides/", "_default/") + strings.TrimPrefix(name, "layouts/")
	if s.files[to] != "" || name == "layouts/baseof.html" || strings.Contains(name, "_default/") {
		return ""
	}
	if l := s.tpls[name]; s.chance(2) {
		s.setLayout(to, l)
		return name + " copied to " + to
	}
	s.move(name, to)
	return name + " to " + to
}
