package sitegen

import (
	"path"
	"strings"
)

// Edits of where files of the content are.

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

// movePage moves a page, and its files, to another section, as what it was called.
func (s *Site) movePage() string {
	name, d := s.anyDocument()
	base := path.Base(name)
	if d == nil || strings.HasPrefix(base, "_index.") || isPart(name) {
		return ""
	}
	dir := strings.TrimSuffix(name, inContent(name)) + pick(s, "posts", "docs", "docs/guides", "news")
	if strings.HasPrefix(base, "index.") {
		from := path.Dir(name)
		to := dir + "/" + path.Base(from)
		if len(s.filesIn(to)) > 0 || strings.HasPrefix(to+"/", from+"/") {
			return ""
		}
		s.moveFolder(from, to)
		return from + " to " + to
	}
	if s.files[dir+"/"+base] != "" {
		return ""
	}
	s.move(name, dir+"/"+base)
	return name + " to " + dir
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

// editSection removes a section with all in it, or makes one.
func (s *Site) editSection() string {
	if dir := "content/" + pick(s, "news", "docs/guides/deep", "extra", "posts/inner"); len(s.filesIn(dir)) > 0 {
		for _, name := range s.filesIn(dir) {
			s.remove(name)
		}
		return "without " + dir
	}
	dir := "content/" + pick(s, "extra", "posts/inner", "docs/guides/deep")
	for _, name := range append([]string{"_index"}, s.some(s.between(1, 3), names)...) {
		file := dir + "/" + name + ".md"
		s.setDocument(file, s.makeDocument(file))
	}
	return dir
}

// editBundle makes a page of a file one of a folder, or the other way round, or a section of the page.
func (s *Site) editBundle() string {
	name, d := s.anyDocument()
	base, dir := path.Base(name), path.Dir(name)
	to := ""
	switch {
	case d == nil || path.Ext(name) != ".md" || isPart(name) || inContent(dir+"/") == "":
		return ""
	case strings.HasPrefix(base, "index."):
		if to = dir + strings.TrimPrefix(base, "index"); s.chance(2) {
			to = dir + "/_" + base
		}
	case strings.HasPrefix(base, "_index."):
		to = dir + "/" + strings.TrimPrefix(base, "_")
	default:
		stem, ext, _ := strings.Cut(base, ".")
		to = dir + "/" + stem + "/index." + ext
	}
	if s.files[to] != "" {
		return ""
	}
	s.move(name, to)
	return name + " to " + to
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
		name := pick(s, dirs...) + "/" + pick(s, "pic.png", "art.png", "notes.txt", "more.txt", "data.json", "style.css", "x.html")
		s.set(name, s.otherText(name))
		return name
	}
	return ""
}

// renameResource gives a file in the folder of a page another name.
func (s *Site) renameResource() string {
	for _, name := range s.some(100, s.filesIn("content")) {
		if s.docs[name] != nil {
			continue
		}
		to := path.Dir(name) + "/" + pick(s, "a", "m", "z") + path.Ext(name)
		if s.files[to] != "" {
			return ""
		}
		s.move(name, to)
		return name + " to " + to
	}
	return ""
}
