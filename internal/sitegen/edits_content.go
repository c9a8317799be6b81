package sitegen

import (
	"path"
	"slices"
	"strings"
)

func (s *Site) anyDocument() (string, *document) {
	list := s.documents()
	if len(list) == 0 {
		return "", nil
	}
	name := pick(s, list...)
	return name, s.docs[name]
}

func (s *Site) newBlock(file string) string {
	if strings.HasPrefix(file, "content/parts/") {
		return s.paragraph()
	}
	return s.block(file)
}

// editBody changes, adds, removes or moves a block.
func (s *Site) editBody() string {
	name, d := s.anyDocument()
	if d == nil {
		return ""
	}
	blocks := slices.Clone(d.blocks)
	i := s.rand.IntN(len(blocks) + 1)
	switch n := s.rand.IntN(6); {
	case n < 2 || i == len(blocks):
		blocks = slices.Insert(blocks, i, s.newBlock(name))
	case n == 2:
		blocks = slices.Delete(blocks, i, i+1)
	case n == 3:
		blocks[i] += " " + pick(s, words...) // a word more
	case n == 4:
		blocks = slices.Insert(blocks, i, "<!--more-->")
	default:
		blocks[i] = s.newBlock(name)
	}
	s.setDocument(name, d.withBlocks(blocks))
	return name
}

// editMatter gives a key another value, or removes it.
func (s *Site) editMatter() string {
	name, d := s.anyDocument()
	if d == nil {
		return ""
	}
	if len(d.keys) > 0 && s.chance(4) {
		key := pick(s, d.keys...).key
		s.setDocument(name, d.without(key))
		return name + " without " + key
	}
	k := pick(s, keysOf(name)...)
	s.setDocument(name, d.with(k.name, k.value(s, name)))
	return name + " " + k.name
}

func (s *Site) createPage() string {
	name := s.newPage()
	if s.chance(6) {
		name = s.termFile()
	}
	if s.docs[name] != nil {
		return ""
	}
	s.setDocument(name, s.makeDocument(name))
	s.addResources(name)
	return name
}

func (s *Site) deletePage() string {
	name, d := s.anyDocument()
	if d == nil {
		return ""
	}
	s.remove(name)
	if path.Base(name) == "index.md" || s.chance(10) { // the whole folder
		for _, file := range s.filesIn(path.Dir(name)) {
			s.remove(file)
		}
	}
	return name
}

func (s *Site) renamePage() string {
	name, d := s.anyDocument()
	if d == nil {
		return ""
	}
	to := s.newPage()
	switch base := path.Base(name); {
	case base == "index.md":
		s.moveFolder(path.Dir(name), path.Dir(to))
	case strings.HasPrefix(base, "_index."):
		return ""
	default:
		s.move(name, to)
	}
	return name + " to " + to
}

func (s *Site) moveFolder(from, to string) {
	for _, file := range s.filesIn(from) {
		s.move(file, to+strings.TrimPrefix(file, from))
	}
}

// moveSection moves a section to another place.
func (s *Site) moveSection() string {
	from := "content/" + pick(s, sections...)
	to := "content/" + pick(s, "posts/moved", "other", "docs/moved", "news/inner", "docs/guides")
	if len(s.filesIn(from)) == 0 || strings.HasPrefix(to+"/", from+"/") {
		return ""
	}
	if s.chance(2) && len(s.filesIn(to)) > 0 {
		from, to = to, from
	}
	if strings.HasPrefix(to+"/", from+"/") {
		return ""
	}
	s.moveFolder(from, to)
	return from + " to " + to
}

func (s *Site) editTranslation() string {
	if len(s.langs) == 1 {
		return ""
	}
	name, d := s.anyDocument()
	if d == nil {
		return ""
	}
	s.translate(name, pick(s, s.langs[1:]...))
	return name
}

// editResource adds, changes or removes a file in the folder of a page.
func (s *Site) editResource() string {
	var there, dirs []string
	for _, name := range s.filesIn("content") {
		switch base := path.Base(name); {
		case s.docs[name] == nil:
			there = append(there, name)
		case base == "index.md" || base == "_index.md":
			dirs = append(dirs, path.Dir(name))
		}
	}
	switch n := s.rand.IntN(3); {
	case n == 0 && len(there) > 0:
		name := pick(s, there...)
		s.remove(name)
		return "without " + name
	case n == 1 && len(there) > 0:
		name := pick(s, there...)
		s.set(name, s.otherText(name))
		return name
	case len(dirs) > 0:
		name := pick(s, dirs...) + "/" + pick(s, "pic.png", "notes.txt", "more.txt", "data.json", "style.css", "x.html")
		s.set(name, s.otherText(name))
		return name
	}
	return ""
}

// swapPages exchanges the texts of two pages.
func (s *Site) swapPages() string {
	a, d := s.anyDocument()
	b, e := s.anyDocument()
	if a == b || path.Ext(a) != path.Ext(b) || strings.HasPrefix(a, "content/parts") != strings.HasPrefix(b, "content/parts") {
		return ""
	}
	s.setDocument(a, e)
	s.setDocument(b, d)
	return a + " and " + b
}
