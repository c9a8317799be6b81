// Package sitegen makes random sites, and random edits of them, for tests: small trees that use
// every feature of the content model and of templates. What it makes depends on the seed alone.
package sitegen

import (
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
)

// ConfigFile is the file of a tree that stands for the configuration. Load does not read
// it; see [Config].
const ConfigFile = "config.json"

// ClockFile is the file of a tree that has the date on which it is loaded.
const ClockFile = "clock.txt"

// Files are a tree: its files' texts by their names.
type Files map[string]string

// Edit is what becomes of a tree in one step.
type Edit struct {
	Name    string            // what was done, for people
	Set     map[string]string // new and changed files
	Removed []string          // sorted
	Touched []string          // files that have another time, but the text that they had
}

// Changed returns the names of all files that an edit concerns, sorted.
func (e *Edit) Changed() []string {
	return slices.Sorted(maps.Keys(e.changed()))
}

func (e *Edit) changed() map[string]bool {
	names := make(map[string]bool, len(e.Set)+len(e.Removed)+len(e.Touched))
	for name := range e.Set {
		names[name] = true
	}
	for _, list := range [][]string{e.Removed, e.Touched} {
		for _, name := range list {
			names[name] = true
		}
	}
	return names
}

// Apply makes an edit. A tree that lacks what the edit removes is left without it.
func (e *Edit) Apply(f Files) {
	maps.Copy(f, e.Set)
	for _, name := range e.Removed {
		delete(f, name)
	}
}

// Site is a tree that grows by random edits.
type Site struct {
	rand     *rand.Rand
	files    Files
	docs     map[string]*document // those of the files that are documents
	tpls     map[string]*layout   // those that are templates
	config   map[string]any
	langs    []string // the site's own first; one for most sites
	folders  bool     // each language has a folder for its content
	history  []state
	names    int // of pages that were made
	small    bool
	restless bool // half of its edits are of the configuration
	dense    int  // how many pieces templates have at most: where there are few, one change stands out
}

// state is a site at an earlier time. Documents and templates are replaced, never changed.
type state struct {
	files  Files
	docs   map[string]*document
	tpls   map[string]*layout
	config map[string]any
}

// New makes a site.
func New(seed uint64) *Site {
	s := newSite(seed)
	s.dense = pick(s, 1, 1, 2, 3, 6)
	s.makeConfig()
	s.makeContent()
	s.makeLayouts()
	s.makeOthers()
	return s
}

// NewSmall makes a small site, all of whose templates but one say nothing, so that nothing else makes a page
// change with what that one reads. Seeds that follow each other try one piece of a template after another.
func NewSmall(seed uint64) *Site {
	s := newSite(seed)
	s.small = true
	s.makeConfig()
	s.makeContent()
	s.makeSmallLayouts(int(seed % uint64(SmallSites())))
	s.makeOthers()
	return s
}

// NewRestless makes a site, small or not, half of whose edits are of its configuration.
func NewRestless(seed uint64) *Site {
	s := New
	if seed%2 == 0 {
		s = NewSmall
	}
	site := s(seed / 2)
	site.restless = true
	return site
}

func newSite(seed uint64) *Site {
	s := &Site{
		rand: rand.New(rand.NewPCG(seed, seed^0x9e3779b97f4a7c15)), files: Files{},
		docs: map[string]*document{}, tpls: map[string]*layout{}, langs: []string{"en"},
	}
	if s.chance(3) {
		s.langs = append(s.langs, "de")
		if s.chance(2) {
			s.langs = append(s.langs, "pt-br")
		}
		s.folders = s.chance(4)
	}
	return s
}

// Files returns a copy of the tree as it is now.
func (s *Site) Files() Files { return maps.Clone(s.files) }

// chance is true once in n times.
func (s *Site) chance(n int) bool { return s.rand.IntN(n) == 0 }

// between returns a number from low to high.
func (s *Site) between(low, high int) int { return low + s.rand.IntN(high-low+1) }

// pick returns one of several values.
func pick[T any](s *Site, list ...T) T { return list[s.rand.IntN(len(list))] }

// some returns up to n different words of a list, in random order.
func (s *Site) some(n int, list []string) []string {
	out := slices.Clone(list)
	s.rand.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out[:min(n, len(out))]
}

// The names that content and templates share, so that they meet.
var (
	sections = []string{"posts", "docs", "docs/guides", "docs/guides/deep", "news", "parts"}
	names    = []string{"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"}
	tags     = []string{"red", "Green Tea", "blue", "go", "Web", "été"}
	topics   = []string{"one", "two", "three"}
	keywords = []string{"leaf", "cup", "pot", "water"}
	params   = []string{"color", "rating", "facts.origin", "banner", "size", "none"}
	colors   = []string{"red", "green", "blue", "a \"quoted\" one", "<b>", ""}
	anchors  = []string{"head", "brew", "time", "one-two", "nowhere"}
	words    = []string{"tea", "water", "leaf", "and", "the", "hot", "cold", "cup", "pot", "minute", "garden", "mountain", "stream", "boils", "slowly",
		"don't", "“said”", "naïve", "1999", "wait...", "--", "it's", "green", "black", "white", "茶", "ça", "of", "with", "steam"}
	tables = []string{"shops", "deep.people", "rows", "words", "settings", "feed"}
	dates  = []string{"2024-03-01", "2024-12-31", "2025-01-01", "2025-06-15T10:00:00Z", "2025-06-15", "2026-01-20", "2026-03-10", "2026-05-30T23:30:00+02:00"}
)

func (s *Site) phrase(low, high int) string {
	list := make([]string, s.between(low, high))
	for i := range list {
		list[i] = pick(s, words...)
	}
	return strings.Join(list, " ")
}

// pagePath returns the logical path of a page that there is, as a rule.
func (s *Site) pagePath() string {
	if list := s.documents(); len(list) > 0 && !s.chance(12) {
		return logical(pick(s, list...))
	}
	return "/" + pick(s, sections...) + "/" + pick(s, names...)
}

// logical returns the path of the page that a file of content makes.
func logical(file string) string {
	name := inContent(file)
	name = strings.TrimSuffix(name, path.Ext(name))
	for _, lang := range []string{".de", ".pt-br"} {
		name = strings.TrimSuffix(name, lang)
	}
	name = strings.TrimSuffix(name, "_index")
	if path.Base(name) == "index" {
		name = strings.TrimSuffix(name, "index")
	}
	return "/" + strings.Trim(name, "/")
}

// langFolder is where the content of a language is, in sites that have a folder for each.
func langFolder(lang string) string { return "inhalt/" + lang + "/" }

// inContent returns the name of a file in the folder of its language.
func inContent(file string) string {
	if rest, ok := strings.CutPrefix(file, "inhalt/"); ok {
		_, rest, _ = strings.Cut(rest, "/")
		return rest
	}
	return strings.TrimPrefix(file, "content/")
}

// isPart tells whether a file is one of those that show no other page.
func isPart(file string) bool { return strings.HasPrefix(inContent(file), "parts/") }

// isNews tells whether a file is one of those that need a date.
func isNews(file string) bool { return strings.HasPrefix(inContent(file), "news/") }

// documents returns the names of the files that make pages, sorted.
func (s *Site) documents() []string { return slices.Sorted(maps.Keys(s.docs)) }

// filesIn returns the names of the files in a folder, sorted.
func (s *Site) filesIn(dir string) []string {
	var out []string
	for name := range s.files {
		if strings.HasPrefix(name, dir+"/") {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

func (s *Site) set(name, text string) {
	s.files[name] = text
}

func (s *Site) setDocument(name string, d *document) {
	s.docs[name] = d
	s.files[name] = d.text()
}

func (s *Site) setLayout(name string, l *layout) {
	s.tpls[name] = l
	s.files[name] = l.text()
}

func (s *Site) remove(name string) {
	delete(s.files, name)
	delete(s.docs, name)
	delete(s.tpls, name)
}

// move gives a file another name.
func (s *Site) move(from, to string) {
	text, d, l := s.files[from], s.docs[from], s.tpls[from]
	s.remove(from)
	s.remove(to)
	s.files[to] = text
	if d != nil {
		s.docs[to] = d
	}
	if l != nil {
		s.tpls[to] = l
	}
}
