package jam_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jam-go/jam"
)

type post struct {
	Author string        `yaml:"author" required:"true"`
	Cover  string        `yaml:"cover" default:"cover.jpg"`
	Length time.Duration `yaml:"length"`
	Series jam.Ref       `yaml:"series"`
	More   []jam.Ref     `yaml:"more"`
}

func TestCollection(t *testing.T) {
	posts := &jam.Collection[post]{Match: "posts/**"}
	type event struct{ Place string }
	events := &jam.Collection[event]{Match: "events/*"}
	tree := fstest.MapFS{
		"content/posts/_index.md":     {Data: []byte("---\nanything: goes\n---\n")},
		"content/posts/a.md":          {Data: []byte("---\ntitle: A\nauthor: x\ntags: [t]\nlength: 1h30m\nmore: [b, /posts/c]\n---\n")},
		"content/posts/b.md":          {Data: []byte("+++\ntitle = 'B'\nauthor = 'y'\ncover = 'b.png'\n+++\n")},
		"content/posts/c/index.md":    {Data: []byte("{\"title\": \"C\", \"author\": \"z\", \"series\": \"../a\"}\n")},
		"content/posts/old/d.md":      {Data: []byte("---\ntitle: D\nparams:\n  author: w\n---\n")},
		"content/events/fair.md":      {Data: []byte("---\nplace: here\n---\n")},
		"content/events/2026/deep.md": {Data: []byte("---\nno: type\n---\n")},
	}
	site := mustLoad(t, tree, &jam.Config{Collections: []jam.Schema{posts, events}})
	var got []string
	for p, m := range posts.All(site) {
		got = append(got, fmt.Sprintf("%s %s %s %v", p.Title(), m.Author, m.Cover, m.Length))
	}
	want := []string{"A x cover.jpg 1h30m0s", "B y b.png 0s", "C z cover.jpg 0s", "D w cover.jpg 0s"}
	if !slices.Equal(got, want) {
		t.Errorf("All = %q, want %q", got, want)
	}
	if m, ok := events.Of(site.GetPage("events/fair")); !ok || m.Place != "here" {
		t.Errorf("Of = %v, %v", m, ok)
	}
	if _, ok := events.Of(site.GetPage("events/2026/deep")); ok {
		t.Error("a page that the pattern doesn't match is in the collection")
	}
	if _, ok := posts.Of(site.Home()); ok {
		t.Error("the home page is in the collection")
	}
	for range (&jam.Collection[post]{}).All(site) {
		t.Error("a collection that the site doesn't know has pages")
	}
}

func TestCollectionMistakes(t *testing.T) {
	posts := &jam.Collection[post]{Match: "posts/**", Validate: func(path string, p *post) error {
		if p.Author == "nobody" {
			return errors.Join(&jam.KeyError{Key: "author", Err: errors.New("give a name")}, fmt.Errorf("%s is no good", path))
		}
		return nil
	}}
	tree := fstest.MapFS{
		"content/posts/a.md":     {Data: []byte("---\ntitle: A\nauther: x\nlength: soon\nweight: heavy\n---\n")},
		"content/posts/b.md":     {Data: []byte("+++\ntitle = 'B'\nauthor = 3\nseries = 'nowhere'\nmore = ['a', 'draft']\n+++\n")},
		"content/posts/c.md":     {Data: []byte("---\nauthor: nobody\n---\n")},
		"content/posts/draft.md": {Data: []byte("---\nauthor: x\ndraft: true\n---\n")},
	}
	_, err := jam.Load(t.Context(), tree, &jam.Config{Collections: []jam.Schema{posts}})
	want := []string{
		`content/posts/a.md:1:1: front matter: the key "author" is missing`,
		`content/posts/a.md:3:1: front matter: unknown key "auther" in post (did you mean "author"?)`,
		`content/posts/a.md:4:9: front matter: length: `,
		`content/posts/a.md:5:9: front matter: weight: want an integer, have a string`,
		`content/posts/b.md:4:10: front matter: reference "nowhere": it leads to no page`,
		`content/posts/b.md:5:14: front matter: reference "draft": it leads to a page that is left out: that is a draft`,
		`content/posts/c.md:1:1: front matter: posts/c.md is no good`,
		`content/posts/c.md:2:9: front matter: author: give a name`,
	}
	got := strings.Split(fmt.Sprint(err), "\n")
	if len(got) != len(want) {
		t.Fatalf("got\n%v\nwant\n%s", err, strings.Join(want, "\n"))
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("got  %s\nwant %s", got[i], want[i])
		}
	}
}

func TestCollectionConfig(t *testing.T) {
	for want, c := range map[string]jam.Schema{
		"must be a struct":      &jam.Collection[string]{},
		"brace is never closed": &jam.Collection[post]{Match: "{a"},
	} {
		_, err := jam.Load(t.Context(), fstest.MapFS{"content/a.md": {}}, &jam.Config{Collections: []jam.Schema{c}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("err = %v, want %q", err, want)
		}
	}
	lenient := &jam.Collection[post]{Lenient: true, New: func() *post { return &post{Cover: "made.png"} }}
	site := mustLoad(t, fstest.MapFS{"content/a.md": {Data: []byte("---\nauthor: a\nother: x\n---\n")}}, &jam.Config{Collections: []jam.Schema{lenient}})
	if m, ok := lenient.Of(site.GetPage("a")); !ok || m.Cover != "made.png" {
		t.Errorf("Of = %+v, %v", m, ok)
	}
}
