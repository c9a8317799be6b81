package sitegen

import (
	"fmt"
	"path"
	"strings"
)

// makeContent fills the content folder.
func (s *Site) makeContent() {
	if !s.chance(4) {
		s.setDocument("content/_index.md", s.makeDocument("content/_index.md"))
	}
	for _, section := range sections {
		file := "content/" + section + "/_index.md"
		// The sections that references lead to are always there.
		if strings.Contains(section, "/") && s.chance(2) || section == "parts" {
			continue
		}
		s.setDocument(file, s.makeDocument(file))
	}
	for _, name := range names[:4] {
		file := "content/parts/" + name + ".md"
		s.setDocument(file, s.plainDocument(file))
	}
	low, high := 14, 40
	if s.small {
		low, high = 4, 9
	}
	for range s.between(low, high) {
		file := s.newPage()
		s.setDocument(file, s.makeDocument(file))
		s.addResources(file)
	}
	for _, lang := range s.langs[1:] {
		for _, file := range s.some(s.between(3, 12), s.documents()) {
			s.translate(file, lang)
		}
	}
	for range s.between(0, 3) {
		file := s.termFile()
		s.setDocument(file, s.makeDocument(file))
	}
}

// newPage returns the name of a file for a page: as a rule one whose place is not taken.
func (s *Site) newPage() string {
	file := s.anyPage()
	for !s.chance(100) && s.taken(logical(file)) {
		file = s.anyPage()
	}
	return file
}

func (s *Site) taken(path string) bool {
	for file := range s.docs {
		if logical(file) == path {
			return true
		}
	}
	return false
}

func (s *Site) anyPage() string {
	name := pick(s, names...)
	if s.chance(4) {
		name = fmt.Sprintf("%s-%d", name, s.names)
	}
	s.names++
	if s.chance(30) {
		name = "2025-02-03-" + name
	}
	dir := "content/" + pick(s, "", "posts/", "posts/", "docs/", "docs/guides/", "docs/guides/deep/", "news/", "news/")
	switch s.rand.IntN(8) {
	case 0, 1:
		return dir + name + "/index.md"
	case 2:
		return dir + name + ".html"
	case 3:
		return dir + name + "/_index.md"
	}
	return dir + name + ".md"
}

func (s *Site) termFile() string {
	return "content/" + pick(s, "tags/_index.md", "tags/red/_index.md", "tags/green-tea/_index.md", "categories/one/_index.md", "tags/unused/_index.md")
}

// translate adds a file in another language beside a file.
func (s *Site) translate(file, lang string) {
	ext := path.Ext(file)
	to := strings.TrimSuffix(file, ext) + "." + lang + ext
	if s.folders {
		to = langFolder(lang) + inContent(file)
	}
	if strings.Contains(strings.TrimSuffix(path.Base(file), ext), ".") {
		return
	}
	if isPart(file) {
		s.setDocument(to, s.plainDocument(to))
	} else {
		s.setDocument(to, s.makeDocument(to))
	}
}

// addResources adds files to the folder of a bundle.
func (s *Site) addResources(file string) {
	dir := path.Dir(file)
	if base := path.Base(file); base != "index.md" && base != "_index.md" {
		return
	}
	for _, name := range s.some(s.between(0, 3), []string{"pic.png", "art.png", "notes.txt", "data.json", "steps.md", "blob.bin", "style.css"}) {
		if name == "steps.md" && path.Base(file) != "index.md" {
			continue
		}
		s.set(dir+"/"+name, s.otherText(name))
	}
}

// otherText returns the text of a file that is no document.
func (s *Site) otherText(name string) string {
	w := strings.NewReplacer(`"`, "", "'", "").Replace(s.phrase(2, 6))
	switch path.Ext(name) {
	case ".md":
		return "---\ntitle: \"" + w + "\"\n---\n*Part* " + w + "\n"
	case ".json":
		return fmt.Sprintf("{\"title\": %q, \"count\": %d}\n", w, s.between(0, 9))
	case ".css":
		return fmt.Sprintf("body { color: %s; margin: %dpx }\n", pick(s, "red", "green"), s.between(0, 9))
	case ".js":
		return fmt.Sprintf("let x = %d;  console.log(x)\n", s.between(0, 9))
	case ".html":
		return "<!doctype html><title>" + w + "</title>\n"
	case ".svg":
		return fmt.Sprintf("<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0h%dv1z\"/></svg>\n", s.between(1, 9))
	case ".yaml":
		return fmt.Sprintf("title: \"%s\"\ncount: %d\nshops:\n  - {name: \"%s\", city: Kyoto}\n  - {name: Pot, city: \"%s\"}\nlabels: {a: \"%s\", b: 2}\n", w,
			s.between(0, 9), s.phrase(1, 1), pick(s, "London", "Paris"), pick(s, colors[:3]...))
	case ".toml":
		return fmt.Sprintf("title = '%s'\ncount = %d\n[labels]\na = %d\n", w, s.between(0, 9), s.between(0, 9))
	case ".csv":
		return fmt.Sprintf("name,count\n%s,%d\nlast,0\n", strings.ReplaceAll(w, ",", ""), s.between(0, 9))
	case ".xml":
		return fmt.Sprintf("<root><title>%s</title><item n=\"%d\"/></root>\n", w, s.between(0, 9))
	}
	return w + "\n"
}

// dataFiles and statics are other files that there may be.
var (
	dataFiles = []string{"data/shops.yaml", "data/deep/people.json", "data/rows.csv", "data/words.toml", "data/settings.yaml", "data/feed.xml"}
	statics   = []string{"static/style.css", "static/app.js", "static/img/logo.png", "static/robots-extra.txt", "static/.well-known/x.txt",
		"static/page.html", "static/icon.svg", "static/data.json", "static/blob.bin"}
)

// makeOthers fills the folders data, static, i18n and source.
func (s *Site) makeOthers() {
	for _, name := range dataFiles {
		if !s.chance(4) {
			s.set(name, s.otherText(name))
		}
	}
	for _, name := range s.some(s.between(2, 7), statics) {
		s.set(name, s.otherText(name))
	}
	for _, name := range sourceFiles {
		s.set(name, s.sourceText(name))
	}
	s.set(ClockFile, "2026-06-01\n")
	for _, lang := range s.langs {
		s.set("i18n/"+lang+".yaml", s.messages(lang))
	}
}

// sourceFiles are what some sites have for a source of documents.
var sourceFiles = []string{"source/first.md", "source/second/index.md", "source/third.json"}

func (s *Site) sourceText(name string) string {
	if path.Ext(name) == ".md" {
		return s.plainDocument(name).with("color", pick(s, colors...)).with("tags", list(s.some(1, tags))).text()
	}
	return s.otherText(name)
}

func (s *Site) messages(lang string) string {
	var b strings.Builder
	for _, id := range s.some(s.between(1, 3), []string{"hello", "more", "by"}) {
		fmt.Fprintf(&b, "%s: \"%s %s\"\n", id, lang, strings.ReplaceAll(s.phrase(1, 3), `"`, ""))
	}
	fmt.Fprintf(&b, "cups: {one: \"%s cup\", other: \"{{ .Count }} %s\"}\n", lang, pick(s, "cups", "bowls"))
	return b.String()
}
