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
	if isPart(file) {
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

// editHeading gives a heading another text, or another name.
func (s *Site) editHeading() string {
	name, d := s.anyDocument()
	if d == nil {
		return ""
	}
	blocks := slices.Clone(d.blocks)
	for i, b := range blocks {
		if !strings.HasPrefix(b, "##") {
			continue
		}
		if blocks[i] = s.heading(); s.chance(2) {
			text, _, _ := strings.Cut(b, " {#")
			blocks[i] = text + " {#" + pick(s, anchors[:4]...) + "}"
		}
		s.setDocument(name, d.withBlocks(blocks))
		return name + " " + blocks[i]
	}
	return ""
}

// copyValue gives a page the value that another one has for a key, such as its date.
func (s *Site) copyValue() string {
	name, d := s.anyDocument()
	from, other := s.anyDocument()
	if d == nil || len(other.keys) == 0 {
		return ""
	}
	p := pick(s, other.keys...)
	if name == from || slices.Contains([]string{"url", "slug", "aliases", "translationKey", "cascade", "paginate"}, p.key) {
		return ""
	}
	s.setDocument(name, d.with(p.key, p.value))
	return name + " " + p.key + " of " + from
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

// swapPages exchanges the texts of two pages.
func (s *Site) swapPages() string {
	a, d := s.anyDocument()
	b, e := s.anyDocument()
	if a == b || path.Ext(a) != path.Ext(b) || isPart(a) != isPart(b) {
		return ""
	}
	s.setDocument(a, e)
	s.setDocument(b, d)
	return a + " and " + b
}
