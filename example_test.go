package jam_test

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"iter"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"testing/fstest"

	"github.com/jam-go/jam"
)

// exampleTree stands for os.DirFS, an embed.FS, or any other file system.
var exampleTree = fstest.MapFS{
	"content/_index.md":      {Data: []byte("---\ntitle: My site\n---\nWelcome.")},
	"content/posts/hello.md": {Data: []byte("---\ntitle: Hello\ndate: 2026-03-01\ntags: [go]\n---\nThe *first* post. [Next](again.md).")},
	"content/posts/again.md": {Data: []byte("---\ntitle: Again\ndate: 2026-04-01\n---\n## News\n\nThe second post.")},
}

func Example() {
	ctx := context.Background()
	site, err := jam.Load(ctx, exampleTree, &jam.Config{BaseURL: "https://example.org/"})
	if err != nil {
		log.Fatal(err)
	}
	out := jam.Memory() // or jam.Dir("public")
	report, err := site.Build(ctx, out)
	if err != nil {
		log.Fatal(err)
	}
	for _, name := range report.Written {
		fmt.Println(name)
	}
	// Output:
	// 404.html
	// index.html
	// index.xml
	// posts/again/index.html
	// posts/hello/index.html
	// posts/index.html
	// posts/index.xml
	// sitemap.xml
	// tags/go/index.html
	// tags/go/index.xml
	// tags/index.html
}

func ExampleLoad_errors() {
	_, err := jam.Load(context.Background(), fstest.MapFS{
		"content/a.md": {Data: []byte("---\ntitle: A\ndate: tomorrow\n---\n")},
		"content/b.md": {Data: []byte("+++\nweight = 'heavy'\n+++\n")},
	}, nil)
	for _, e := range jam.Errors(err) {
		fmt.Println(e.Path, e.Line, e.Column, e.Op)
	}
	// Output:
	// content/a.md 3 7 front matter
	// content/b.md 2 10 front matter
}

func ExampleSite_Pages() {
	site, err := jam.Load(context.Background(), exampleTree, nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range site.Pages().ByDate() {
		fmt.Println(p.Date().Format("2 Jan"), p.Title(), p.RelPermalink(), p.Tags())
	}
	// Output:
	// 1 Mar Hello /posts/hello/ [go]
	// 1 Apr Again /posts/again/ []
}

func ExampleSite_Page() {
	site, err := jam.Load(context.Background(), exampleTree, nil)
	if err != nil {
		log.Fatal(err)
	}
	p, err := site.Page("/posts/hello")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p.Content())
	_, err = site.Page("/posts/helo")
	fmt.Println(err)
	// Output:
	// <p>The <em>first</em> post. <a href="/posts/again/">Next</a>.</p>
	//
	// /posts/helo: page: no such page (did you mean "/posts/hello"?): file does not exist
}

func ExampleSite_FS() {
	ctx := context.Background()
	site, err := jam.Load(ctx, exampleTree, &jam.Config{
		Renderer: jam.RendererFunc(func(_ context.Context, w io.Writer, p *jam.Page) error {
			_, err := fmt.Fprintf(w, "<title>%s</title>", p.Title())
			return err
		}),
	})
	if err != nil {
		log.Fatal(err)
	}
	server := httptest.NewServer(http.FileServerFS(site.FS(ctx)))
	defer server.Close()
	resp, err := http.Get(server.URL + "/posts/hello/")
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	_, _ = io.Copy(os.Stdout, resp.Body)
	// Output:
	// <title>Hello</title>
}

func ExampleSite_Files() {
	site, err := jam.Load(context.Background(), exampleTree, &jam.Config{UglyURLs: true})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(site.Files()) // nothing is rendered for this
	// Output:
	// [404.html index.html posts/again.html posts/hello.html posts/index.html tags/go/index.html tags/index.html]
}

func ExampleSite_Reload() {
	ctx := context.Background()
	tree := fstest.MapFS{"content/a.md": {Data: []byte("Old.")}}
	site, err := jam.Load(ctx, tree, nil)
	if err != nil {
		log.Fatal(err)
	}
	tree["content/a.md"] = &fstest.MapFile{Data: []byte("New.")}
	next, err := site.Reload(ctx, "content/a.md")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(site.GetPage("/a").Content(), next.GetPage("/a").Content())
	// Output:
	// <p>Old.</p>
	// <p>New.</p>
}

func ExampleCollection() {
	type Recipe struct {
		Serves  int      `yaml:"serves" default:"2"`
		Needs   []string `yaml:"needs" required:"true"`
		GoesFor jam.Ref  `yaml:"goesFor"`
	}
	recipes := &jam.Collection[Recipe]{Match: "recipes/**"}
	site, err := jam.Load(context.Background(), fstest.MapFS{
		"content/recipes/bread.md": {Data: []byte("---\nneeds: [flour, water, salt]\n---\n")},
		"content/recipes/jam.md":   {Data: []byte("+++\nserves = 20\nneeds = ['berries', 'sugar']\ngoesFor = 'bread'\n+++\n")},
	}, &jam.Config{Collections: []jam.Schema{recipes}})
	if err != nil {
		log.Fatal(err)
	}
	for page, recipe := range recipes.All(site) {
		fmt.Printf("%s for %d: %v %q\n", page.Title(), recipe.Serves, recipe.Needs, recipe.GoesFor)
	}
	// Output:
	// Bread for 2: [flour water salt] ""
	// Jam for 20: [berries sugar] "bread"
}

func ExampleCollection_errors() {
	type Post struct {
		Author string `yaml:"author"`
	}
	_, err := jam.Load(context.Background(), fstest.MapFS{
		"content/posts/x.md": {Data: []byte("---\ntitle: X\nauther: me\n---\n")},
	}, &jam.Config{Collections: []jam.Schema{&jam.Collection[Post]{Match: "posts/**"}}})
	fmt.Println(err)
	// Output:
	// content/posts/x.md:3:1: front matter: unknown key "auther" in Post (did you mean "author"?)
}

func ExampleTemplates() {
	layouts := fstest.MapFS{
		"baseof.html": {Data: []byte(`<title>{{ .Title }}</title>{{ block "main" . }}{{ end }}`)},
		"page.html":   {Data: []byte(`{{ define "main" }}{{ .Date | dateFormat "2006" }} {{ shout .Title }} {{ .Content }}{{ end }}`)},
		"list.html":   {Data: []byte(`{{ define "main" }}{{ range first 3 .Pages }}[{{ .RelPermalink }}]{{ end }}{{ end }}`)},
	}
	renderer, err := jam.Templates(layouts, template.FuncMap{"shout": func(s string) string { return s + "!" }})
	if err != nil {
		log.Fatal(err)
	}
	site, err := jam.Load(context.Background(), exampleTree, &jam.Config{Renderer: renderer})
	if err != nil {
		log.Fatal(err)
	}
	for _, path := range []string{"/posts", "/posts/again"} {
		if err := renderer.Render(context.Background(), os.Stdout, site.GetPage(path)); err != nil {
			log.Fatal(err)
		}
		fmt.Println()
	}
	// Output:
	// <title>Posts</title>[/posts/again/][/posts/hello/]
	// <title>Again</title>2026 Again! <h2 id="news">News</h2>
	// <p>The second post.</p>
}

func ExampleRendererFunc() {
	renderer := jam.RendererFunc(func(ctx context.Context, w io.Writer, p *jam.Page) error {
		_, err := fmt.Fprintf(w, "<h1>%s</h1>%s", template.HTMLEscapeString(p.Title()), p.Content())
		return err
	})
	site, err := jam.Load(context.Background(), exampleTree, &jam.Config{Renderer: renderer})
	if err != nil {
		log.Fatal(err)
	}
	page, err := fs.ReadFile(site.FS(context.Background()), "index.html")
	fmt.Println(string(page), err)
	// Output:
	// <h1>My site</h1><p>Welcome.</p>
	//  <nil>
}

// A Source of one's own needs one method.
type articles []struct{ slug, title, text string }

func (a articles) Documents(ctx context.Context) iter.Seq2[*jam.Document, error] {
	return func(yield func(*jam.Document, error) bool) {
		for _, art := range a {
			doc := &jam.Document{
				Path:        art.slug + ".md",
				FrontMatter: map[string]any{"title": art.title},
				Body:        []byte(art.text),
			}
			if !yield(doc, nil) {
				return
			}
		}
	}
}

func ExampleSource() {
	cms := articles{{"one", "The first", "From a database."}, {"two", "The second", "See [one](one.md)."}}
	site, err := jam.Load(context.Background(), nil, &jam.Config{Sources: []jam.Source{jam.Mount("articles", cms)}})
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range site.Pages().ByTitle() {
		fmt.Print(p.Path(), " ", p.Content())
	}
	// Output:
	// /articles/one <p>From a database.</p>
	// /articles/two <p>See <a href="/articles/one/">one</a>.</p>
}

func ExampleMount() {
	api := fstest.MapFS{"auth.md": {Data: []byte("# Authentication")}}
	site, err := jam.Load(context.Background(), exampleTree, &jam.Config{
		Sources: []jam.Source{jam.Mount("api", jam.FS(api))},
	})
	if err != nil {
		log.Fatal(err)
	}
	p := site.GetPage("/api/auth")
	fmt.Println(p.RelPermalink(), p.Title())
	// Output:
	// /api/auth/ Authentication
}

func ExampleZip() {
	site, err := jam.Load(context.Background(), exampleTree, nil)
	if err != nil {
		log.Fatal(err)
	}
	var archive bytes.Buffer
	report, err := site.Build(context.Background(), jam.Zip(&archive))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(report.Written), "files")
	// Output:
	// 7 files
}

func ExampleMinifier() {
	m := jam.NewMinifier(jam.Minify{})
	css, err := m.Bytes(context.Background(), "style.css", []byte("/* red */\np {\n  color: red;\n}\n"))
	fmt.Println(string(css), err)
	_, err = m.Bytes(context.Background(), "data.json", []byte("{\n  \"a\": ,\n}"))
	fmt.Println(err)
	// Output:
	// p{color:red} <nil>
	// data.json:2:8: minify: JSON: invalid character ',' looking for beginning of value
}

func ExampleConfig_permalinks() {
	site, err := jam.Load(context.Background(), exampleTree, &jam.Config{
		BaseURL:    "https://example.org/blog/",
		Permalinks: map[string]string{"posts": "/:year/:month/:slug/"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(site.GetPage("/posts/hello").Permalink())
	// Output:
	// https://example.org/blog/2026/03/hello/
}

func ExampleReport() {
	site, err := jam.Load(context.Background(), fstest.MapFS{
		"content/a.md": {Data: []byte("Some <b>bold</b> words and a [link](nowhere.md).")},
	}, nil)
	if err != nil {
		log.Fatal(err)
	}
	report, err := site.Build(context.Background(), jam.Memory())
	if err != nil {
		log.Fatal(err)
	}
	for _, w := range report.Warnings {
		fmt.Println(w)
	}
	// Output:
	// content/a.md:1:6: markdown: raw HTML "<b>" left out
	// content/a.md:1:13: markdown: raw HTML "</b>" left out
	// content/a.md:1:30: link: "nowhere.md" leads nowhere: no file nowhere.md, and nothing at that address
}

func ExampleDir() {
	dir, err := os.MkdirTemp("", "jam")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	site, err := jam.Load(context.Background(), exampleTree, nil)
	if err != nil {
		log.Fatal(err)
	}
	for range 2 {
		report, err := site.Build(context.Background(), jam.Dir(dir))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(len(report.Written), "written,", len(report.Kept), "kept")
	}
	// Output:
	// 7 written, 0 kept
	// 0 written, 7 kept
}

func ExampleSite_Handler() {
	site, err := jam.Load(context.Background(), exampleTree, nil)
	if err != nil {
		log.Fatal(err)
	}
	server := httptest.NewServer(site.Handler())
	defer server.Close()
	for _, path := range []string{"/posts/hello/", "/nope/"} {
		resp, err := http.Get(server.URL + path)
		if err != nil {
			log.Fatal(err)
		}
		resp.Body.Close()
		fmt.Println(path, resp.StatusCode)
	}
	// Output:
	// /posts/hello/ 200
	// /nope/ 404
}

func ExampleDocuments() {
	site, err := jam.Load(context.Background(), nil, &jam.Config{Sources: []jam.Source{jam.Documents(
		&jam.Document{Path: "one.md", FrontMatter: map[string]any{"title": "One", "weight": 2}, Body: []byte("*1*")},
		&jam.Document{Path: "two.md", Body: []byte("---\ntitle: Two\nweight: 1\n---\n*2*")},
	)}})
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range site.Pages() {
		fmt.Println(p.Title(), p.Plain())
	}
	// Output:
	// Two 2
	// One 1
}

func ExampleSite_Data() {
	site, err := jam.Load(context.Background(), fstest.MapFS{
		"content/a.md":         {},
		"data/team/lead.yaml":  {Data: []byte("role: editor")},
		"data/navigation.json": {Data: []byte(`["home", "about"]`)},
	}, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(site.Data())
	// Output:
	// map[navigation:[home about] team:map[lead:map[role:editor]]]
}

func ExampleCollection_validate() {
	type Talk struct {
		Minutes int `yaml:"minutes"`
	}
	talks := &jam.Collection[Talk]{Match: "talks/*", Validate: func(_ string, t *Talk) error {
		if t.Minutes > 60 {
			return &jam.KeyError{Key: "minutes", Err: fmt.Errorf("%d is too long", t.Minutes)}
		}
		return nil
	}}
	_, err := jam.Load(context.Background(), fstest.MapFS{
		"content/talks/go.md": {Data: []byte("---\ntitle: Go\nminutes: 90\n---\n")},
	}, &jam.Config{Collections: []jam.Schema{talks}})
	fmt.Println(err)
	// Output:
	// content/talks/go.md:3:10: front matter: minutes: 90 is too long
}
