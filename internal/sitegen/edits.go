package sitegen

import (
	"fmt"
	"maps"
	"path"
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
	{"translate", 2, (*Site).editTranslation},
	{"resource", 5, (*Site).editResource},
	{"template", 8, (*Site).editTemplate},
	{"partial", 6, (*Site).editPartial},
	{"add template", 3, (*Site).addTemplate},
	{"remove template", 2, (*Site).removeTemplate},
	{"data", 5, (*Site).editData},
	{"i18n", 3, (*Site).editMessages},
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

func (s *Site) editData() string {
	return s.editOther(append([]string{"data/deep/more.yaml"}, dataFiles...))
}

func (s *Site) editStatic() string { return s.editOther(statics) }

// editOther writes or removes one of the files of a list.
func (s *Site) editOther(list []string) string {
	name := pick(s, list...)
	if _, ok := s.files[name]; ok && s.chance(3) {
		s.remove(name)
		return "without " + name
	}
	s.set(name, s.otherText(name))
	return name
}

// editSource edits what is a source of some sites.
func (s *Site) editSource() string {
	name := pick(s, append([]string{"source/fourth.md"}, sourceFiles...)...)
	if _, ok := s.files[name]; ok && name != sourceFiles[0] && s.chance(4) {
		s.remove(name)
		return "without " + name
	}
	s.set(name, s.sourceText(name))
	return name
}

// editClock lets the clock go on, or back.
func (s *Site) editClock() string {
	day := pick(s, "2026-06-01", "2026-05-30", "2027-02-03", "2031-01-02")
	s.set(ClockFile, day+"\n")
	return day
}

func (s *Site) editMessages() string {
	lang := pick(s, s.langs...)
	s.set("i18n/"+lang+".yaml", s.messages(lang))
	return lang
}

// editConfig gives an option another value, or its default.
func (s *Site) editConfig() string {
	o := pick(s, options...)
	if s.chance(6) {
		o = option{"Title", 1, func(s *Site) any { return s.phrase(1, 3) }}
	} else if s.chance(6) {
		o = option{"BaseURL", 1, func(s *Site) any { return pick(s, "https://example.org/", "https://example.org/sub/", "") }}
	}
	if _, ok := s.config[o.name]; ok && o.name != "Go" && s.chance(2) {
		delete(s.config, o.name)
	} else {
		s.config[o.name] = o.value(s)
	}
	s.writeConfig()
	return o.name
}

// breakFile makes a mistake in a file, which keeps the site from being loaded or built.
func (s *Site) breakFile() string {
	name, d := s.anyDocument()
	if d == nil {
		return ""
	}
	switch s.rand.IntN(6) {
	case 0:
		s.setDocument(name, d.with("date", "not a date"))
	case 1:
		s.setDocument(name, d.withBlocks(append(slices.Clone(d.blocks), "{{< unknown >}}")))
	case 2:
		s.setDocument(name, d.withBlocks(append(slices.Clone(d.blocks), "{{< relref \"/not/there\" >}}")))
	case 3:
		name = pick(s, s.templates("layouts/", true)...)
		l := *s.tpls[name]
		l.tail += "{{ .Nothing.Of.This }}"
		s.setLayout(name, &l)
	case 4:
		name = pick(s, s.templates("layouts/", true)...)
		l := *s.tpls[name]
		l.tail += "{{ end }}"
		s.setLayout(name, &l)
	case 5:
		name = "data/settings.yaml"
		s.set(name, "a: [")
	}
	return name
}
