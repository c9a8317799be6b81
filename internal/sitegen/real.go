package sitegen

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Tree is a real tree, whose texts are edited at random without knowing what they mean.
type Tree struct {
	Site // for its random numbers and words
	past []Files
}

// Open returns a tree with the given files.
func Open(seed uint64, files Files) *Tree {
	t := &Tree{Site: Site{rand: rand.New(rand.NewPCG(seed, seed+1)), files: maps.Clone(files), langs: []string{"en"}}}
	return t
}

// Edit changes the tree at random, as [Site.Edit] does.
func (t *Tree) Edit() *Edit {
	before := maps.Clone(t.files)
	if t.past = append(t.past, before); len(t.past) > 20 {
		t.past = t.past[1:]
	}
	switch t.rand.IntN(20) {
	case 0:
		return t.touch()
	case 1:
		t.files = maps.Clone(t.past[t.rand.IntN(len(t.past))])
		return difference("back to an earlier state", before, t.files)
	case 2:
		var did []string
		for range t.between(2, 4) {
			did = append(did, t.one())
		}
		return difference(strings.Join(did, "; "), before, t.files)
	}
	return difference(t.one(), before, t.files)
}

// Undo takes the tree back to what it was before the last n edits, at most.
func (t *Tree) Undo(n int) *Edit {
	before := t.files
	n = min(n, len(t.past))
	t.files = maps.Clone(t.past[len(t.past)-n])
	t.past = t.past[:len(t.past)-n]
	return difference(fmt.Sprintf("undo %d", n), before, t.files)
}

// one makes one edit of a file.
func (t *Tree) one() string {
	for {
		dir := pick(&t.Site, "content", "content", "content", "content", "content", "layouts", "data", "i18n", "static")
		list := t.filesIn(dir)
		if len(list) == 0 {
			continue
		}
		name := pick(&t.Site, list...)
		var did string
		switch {
		case dir == "content" && path.Ext(name) == ".md":
			did = t.editText(name)
		case dir == "layouts" && path.Ext(name) == ".html":
			did = t.editHTML(name)
		case dir == "data", dir == "i18n":
			did = t.editWord(name)
		case dir == "static", dir == "content":
			did = t.editFile(name)
		}
		if did != "" {
			return did
		}
	}
}

// editText edits a text with front matter, or its place in the tree.
func (t *Tree) editText(name string) string {
	head, body, fence := splitMatter(t.files[name])
	switch n := t.rand.IntN(20); {
	case n < 7:
		blocks := strings.Split(body, "\n\n")
		i := t.rand.IntN(len(blocks) + 1)
		switch t.rand.IntN(3) {
		case 0:
			if i < len(blocks) {
				blocks = slices.Delete(blocks, i, i+1)
			}
		case 1:
			if i < len(blocks) {
				blocks[i] += " " + pick(&t.Site, words...)
			}
		default:
			blocks = slices.Insert(blocks, i, pick(&t.Site, t.paragraph(), t.heading(), "See [this]("+t.anyPage()+")."))
		}
		t.set(name, head+strings.Join(blocks, "\n\n"))
		return "body of " + name
	case n < 14:
		if fence == "" {
			return ""
		}
		t.set(name, t.editLines(head, fence)+body)
		return "front matter of " + name
	case n < 15:
		delete(t.files, name)
		return "without " + name
	case n < 17:
		to := path.Join(path.Dir(name), fmt.Sprintf("new-%d.md", t.rand.IntN(100)))
		t.set(to, t.files[name])
		return "copy of " + name + " at " + to
	case n < 18 && !strings.Contains(path.Base(name), "index"):
		to := path.Join(path.Dir(name), fmt.Sprintf("moved-%d.md", t.rand.IntN(100)))
		t.set(to, t.files[name])
		delete(t.files, name)
		return "rename " + name
	case n < 19:
		other := pick(&t.Site, t.filesIn("content")...)
		if path.Ext(other) != ".md" {
			return ""
		}
		t.files[name], t.files[other] = t.files[other], t.files[name]
		return "swap " + name + " and " + other
	default:
		dir := path.Dir(name)
		if strings.Count(dir, "/") < 2 || len(t.filesIn(dir)) > 60 {
			return ""
		}
		for _, file := range t.filesIn(dir) {
			t.set(dir+"-moved"+strings.TrimPrefix(file, dir), t.files[file])
			delete(t.files, file)
		}
		return "move " + dir
	}
}

// anyPage returns a link to a file of the content.
func (t *Tree) anyPage() string {
	return "/" + strings.TrimPrefix(pick(&t.Site, t.filesIn("content")...), "content/")
}

// splitMatter divides a text after its front matter.
func splitMatter(text string) (head, body, fence string) {
	for _, fence := range []string{"---\n", "+++\n"} {
		if rest, ok := strings.CutPrefix(text, fence); ok {
			if i := strings.Index(rest, "\n"+fence); i >= 0 {
				end := 2*len(fence) + i + 1
				return text[:end], text[end:], fence
			}
		}
	}
	return "", text, ""
}

// editLines removes a key of front matter or sets one.
func (t *Tree) editLines(head, fence string) string {
	lines := strings.Split(strings.TrimSuffix(head, "\n"), "\n")
	between := ": "
	if fence == "+++\n" {
		between = " = "
	}
	key, value := "title", fmt.Sprintf("%q", t.phrase(1, 4))
	switch t.rand.IntN(6) {
	case 0:
		key, value = "weight", fmt.Sprint(t.between(1, 50))
	case 1:
		key, value = "date", pick(&t.Site, dates...)
	case 2:
		key, value = "description", fmt.Sprintf("%q", t.phrase(2, 8))
	case 3:
		key, value = "draft", "true"
	case 4:
		key, value = "linkTitle", fmt.Sprintf("%q", t.phrase(1, 2))
	}
	line := key + between + value
	if i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, key+":") || strings.HasPrefix(l, key+" ") }); i >= 0 {
		lines[i] = line
	} else {
		lines = slices.Insert(lines, 1, line)
	}
	return strings.Join(lines, "\n") + "\n"
}

// editHTML adds to a template, or takes it away.
func (t *Tree) editHTML(name string) string {
	text := t.files[name]
	switch n := t.rand.IntN(12); {
	case n == 0:
		delete(t.files, name)
		return "without " + name
	case n < 4:
		t.set(name, text+"{{/* "+t.phrase(1, 2)+" */}}")
		return "comment in " + name
	}
	// Before the first closing tag, something is written as a rule.
	i := strings.Index(text, "</")
	if i < 0 {
		i = len(text)
	}
	t.set(name, text[:i]+"<i>"+pick(&t.Site, names...)+"</i>"+text[i:])
	return "text in " + name
}

var wordPattern = regexp.MustCompile(`: "?[A-Z][a-z]+`)

// editWord gives a value of a table another first word.
func (t *Tree) editWord(name string) string {
	text := t.files[name]
	all := wordPattern.FindAllStringIndex(text, -1)
	if all == nil {
		return ""
	}
	at := pick(&t.Site, all...)
	t.set(name, text[:at[1]]+pick(&t.Site, names...)+text[at[1]:])
	return "a word in " + name
}

// editFile edits a file that is copied.
func (t *Tree) editFile(name string) string {
	switch t.rand.IntN(4) {
	case 0:
		delete(t.files, name)
		return "without " + name
	case 1:
		to := path.Join(path.Dir(name), fmt.Sprintf("other-%d.txt", t.rand.IntN(100)))
		t.set(to, t.phrase(2, 9))
		return "new " + to
	}
	if slices.Contains([]string{".css", ".txt", ".js"}, path.Ext(name)) {
		t.set(name, t.files[name]+"\n")
	} else {
		t.set(name, t.files[name]+" ")
	}
	return "contents of " + name
}
