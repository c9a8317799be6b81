package jam_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"testing/fstest"
	"time"

	"github.com/jam-go/jam"
)

// attackPlace puts a name into a site.
type attackPlace struct {
	name string
	// make returns what makes the site: what it adds to the configuration, and the tree.
	make func(tree fs.FS, name string, cfg *jam.Config) fs.FS
}

// inFront places a name in the front matter of a page.
func inFront(of func(name string) map[string]any) func(fs.FS, string, *jam.Config) fs.FS {
	return func(tree fs.FS, name string, cfg *jam.Config) fs.FS {
		cfg.Sources = []jam.Source{jam.Documents(&jam.Document{Path: "p/v.md", FrontMatter: of(name), Body: []byte("Text.\n")})}
		return tree
	}
}

// inKey places a name in one key of the front matter.
func inKey(k string) func(fs.FS, string, *jam.Config) fs.FS {
	return inFront(func(name string) map[string]any { return map[string]any{k: name, "title": "V"} })
}

// inYAML is key, by way of YAML.
func inYAML(k string) func(fs.FS, string, *jam.Config) fs.FS {
	return func(tree fs.FS, name string, cfg *jam.Config) fs.FS {
		cfg.Sources = []jam.Source{jam.Documents(&jam.Document{Path: "p/v.md", Body: fmt.Appendf(nil, "---\n%s: %+q\n---\nText.\n", k, name)})}
		return tree
	}
}

// inPaths places a name in the path of documents.
func inPaths(paths ...string) func(fs.FS, string, *jam.Config) fs.FS {
	return func(tree fs.FS, name string, cfg *jam.Config) fs.FS {
		var docs []*jam.Document
		for _, p := range paths {
			docs = append(docs, &jam.Document{Path: strings.ReplaceAll(p, "NAME", name), Body: []byte("Text.\n")})
		}
		cfg.Sources = []jam.Source{jam.Documents(docs...)}
		return tree
	}
}

// inFolder places a name among those that a folder of the tree is said to have.
func inFolder(dir string) func(fs.FS, string, *jam.Config) fs.FS {
	return func(tree fs.FS, name string, _ *jam.Config) fs.FS { return oddFS{tree, dir, name} }
}

// inTemplate has a template do something with the name.
func inTemplate(text string) func(fs.FS, string, *jam.Config) fs.FS {
	return func(tree fs.FS, name string, cfg *jam.Config) fs.FS {
		cfg.Sources = []jam.Source{jam.Documents(&jam.Document{Path: "p/v.md", FrontMatter: map[string]any{"v": name}},
			&jam.Document{Path: "p/inside.txt", Body: []byte("inside")})}
		return overlay{tree, fstest.MapFS{"layouts/p/single.html": {Data: []byte(`{{ $p := . }}{{ with try (` + text + `) }}{{ .Err }}|{{ .Value }}{{ end }}`)}}}
	}
}

// inConfig places a name in the configuration.
func inConfig(set func(cfg *jam.Config, name string)) func(fs.FS, string, *jam.Config) fs.FS {
	return func(tree fs.FS, name string, cfg *jam.Config) fs.FS {
		set(cfg, name)
		return tree
	}
}

var attackPlaces = []attackPlace{
	{"url", inKey("url")}, {"url with a slash", inFront(func(name string) map[string]any { return map[string]any{"url": "/" + name} })},
	{"url in YAML", inYAML("url")}, {"slug", inKey("slug")}, {"slug in YAML", inYAML("slug")}, {"title", inYAML("title")}, {"alias", inKey("aliases")},
	{"alias in YAML", inYAML("aliases")}, {"alias with a slash", inFront(func(name string) map[string]any { return map[string]any{"aliases": []any{"/" + name, "x/" + name}} })},
	{"redirect", inKey("redirect")}, {"layout", inKey("layout")}, {"type", inKey("type")}, {"outputs", inKey("outputs")}, {"translation key", inKey("translationKey")},
	{"menu reference", inFront(func(name string) map[string]any {
		return map[string]any{"menus": map[string]any{name: map[string]any{"pageRef": name, "url": name}}}
	})},
	{"tag", inKey("tags")}, {"tag in YAML", inYAML("tags")}, {"resource's name", inFront(func(name string) map[string]any {
		return map[string]any{"resources": []any{map[string]any{"src": "**", "name": name, "title": name}, map[string]any{"src": name}}}
	})},
	{"cascade", inFront(func(name string) map[string]any {
		return map[string]any{"cascade": map[string]any{"url": name, "slug": name, "layout": name}}
	})},
	{"pager", inFront(func(name string) map[string]any {
		return map[string]any{"paginate": map[string]any{"size": 1, "path": name}}
	})},
	{"url of a bundle", func(tree fs.FS, name string, cfg *jam.Config) fs.FS {
		cfg.Sources = []jam.Source{jam.Documents(&jam.Document{Path: "b/index.md", FrontMatter: map[string]any{"url": name}},
			&jam.Document{Path: "b/config", Body: []byte("x")}, &jam.Document{Path: "b/aux/x.txt", Body: []byte("x")})}
		return tree
	}},
	{"page's file", inPaths("NAME.md")}, {"document", inPaths("NAME")}, {"document below", inPaths("p/NAME")}, {"resource", inPaths("b/index.md", "b/NAME", "b/x/NAME")},
	{"section", inPaths("NAME/_index.md", "NAME/a.md", "NAME/x.png")}, {"bundle", inPaths("p/NAME/index.md", "p/NAME/x.png")},
	{"language in a file's name", inPaths("p/a.NAME.md")}, {"HTML page", inPaths("NAME.html")},
	{"document's language", func(tree fs.FS, name string, cfg *jam.Config) fs.FS {
		cfg.Sources = []jam.Source{jam.Documents(&jam.Document{Path: "p/l.md", Language: name})}
		return tree
	}},
	{"document's name", func(tree fs.FS, name string, cfg *jam.Config) fs.FS {
		cfg.Sources = []jam.Source{jam.Documents(&jam.Document{Path: "p/n.md", Name: name}, &jam.Document{Path: "p/n.txt", Name: name})}
		return tree
	}},
	{"mount", inConfig(func(cfg *jam.Config, name string) {
		cfg.Sources = []jam.Source{jam.Mount(name, jam.Documents(&jam.Document{Path: "m.md"}, &jam.Document{Path: "../m.txt"}))}
	})},
	{"generator", inConfig(func(cfg *jam.Config, name string) {
		cfg.Generators = []jam.Generator{yields(&jam.Document{Path: name + ".md"}, &jam.Document{Path: "g/" + name})}
	})},
	{"folder of content", inFolder("content")}, {"folder of static files", inFolder("static")}, {"folder of layouts", inFolder("layouts")},
	{"folder of shortcodes", inFolder("layouts/_shortcodes")}, {"folder of data", inFolder("data")}, {"folder of messages", inFolder("i18n")},
	{"zip archive", func(tree fs.FS, name string, _ *jam.Config) fs.FS {
		return overlay{tree, zipWith("static/"+name, "content/"+name+".md", name, "../"+name)}
	}},
	{"pattern", inConfig(func(cfg *jam.Config, name string) {
		cfg.Permalinks = map[string]string{"posts": name, "section:posts": "/" + name + "/:slug"}
	})},
	{"permalink", inConfig(func(cfg *jam.Config, name string) {
		cfg.Permalink = func(p *jam.Page) string { return map[bool]string{true: name}[p.Path() == "/posts/one"] }
	})},
	{"title in a pattern", func(tree fs.FS, name string, cfg *jam.Config) fs.FS {
		cfg.Permalinks = map[string]string{"p": "/:title/:filename/:sections/:slug.html"}
		return inKey("title")(tree, name, cfg)
	}},
	{"ugly URLs", func(tree fs.FS, name string, cfg *jam.Config) fs.FS {
		cfg.UglyURLs = true
		return inPaths("NAME.md", "p/NAME/b.md")(tree, name, cfg)
	}},
	{"taxonomy", inConfig(func(cfg *jam.Config, name string) { cfg.Taxonomies = []string{name} })},
	{"redirect from", inConfig(func(cfg *jam.Config, name string) {
		cfg.Redirects = []jam.Redirect{{From: name, To: "/posts/"}, {From: "/" + name, To: name}}
	})},
	{"redirect without files", inConfig(func(cfg *jam.Config, name string) {
		cfg.NoRedirectFiles, cfg.Redirects = true, []jam.Redirect{{From: name, To: "/posts/"}, {From: "/" + name, To: name}}
	})},
	{"language", inConfig(func(cfg *jam.Config, name string) { cfg.Languages = []jam.Language{{Code: "en"}, {Code: name}} })},
	{"language's folder", inConfig(func(cfg *jam.Config, name string) {
		cfg.Languages = []jam.Language{{Code: "en"}, {Code: "de", Path: name}}
	})},
	{"language's content", inConfig(func(cfg *jam.Config, name string) {
		cfg.Languages = []jam.Language{{Code: "en"}, {Code: "de", ContentDir: name}}
	})},
	{"content folder", inConfig(func(cfg *jam.Config, name string) { cfg.ContentDir = name })},
	{"sitemap", inConfig(func(cfg *jam.Config, name string) { cfg.BaseURL, cfg.Sitemap.Filename = "https://example.org/", name })},
	{"sitemap.xml", inConfig(func(cfg *jam.Config, name string) {
		cfg.BaseURL, cfg.Sitemap.Filename = "https://example.org/", name+".xml"
	})},
	{"base URL", inConfig(func(cfg *jam.Config, name string) { cfg.BaseURL = "https://example.org/" + name })},
	{"format's base name", inConfig(func(cfg *jam.Config, name string) {
		addFormat(cfg, jam.OutputFormat{Name: "own", MediaType: "text/plain", Suffix: "txt", BaseName: name})
	})},
	{"format's folder", inConfig(func(cfg *jam.Config, name string) {
		addFormat(cfg, jam.OutputFormat{Name: "own", MediaType: "text/plain", Suffix: "txt", BaseName: "x", Path: name})
	})},
	{"format's suffix", inConfig(func(cfg *jam.Config, name string) {
		addFormat(cfg, jam.OutputFormat{Name: "own", MediaType: "text/plain", Suffix: name, BaseName: "x"})
	})},
	{"format's name", inConfig(func(cfg *jam.Config, name string) {
		addFormat(cfg, jam.OutputFormat{Name: name, MediaType: "text/plain", Suffix: "txt", BaseName: "x"})
	})},
	{"pager's path", inConfig(func(cfg *jam.Config, name string) {
		cfg.Pagination = map[string]jam.Pagination{"/posts": {Size: 1, Path: name}}
	})},
	{"link in text", func(tree fs.FS, name string, cfg *jam.Config) fs.FS {
		cfg.Sources = []jam.Source{jam.Documents(&jam.Document{Path: "p/l.md", Body: fmt.Appendf(nil, "[x](<%s>) ![y](<%[1]s>)\n", name)})}
		return tree
	}},
	{"shortcode", func(tree fs.FS, name string, cfg *jam.Config) fs.FS {
		cfg.Sources = []jam.Source{jam.Documents(&jam.Document{Path: "p/s.md", Body: fmt.Appendf(nil, "{{< %s >}} {{< figure src=%q >}}\n", name, name)})}
		return tree
	}},
}

// attackReads are places from which templates read.
var attackReads = []attackPlace{
	{"readFile", inTemplate("readFile $p.Params.v")}, {"os.ReadFile", inTemplate("os.ReadFile (printf \"static/%s\" $p.Params.v)")}, {"fileExists", inTemplate("fileExists $p.Params.v")},
	{"partial", inTemplate("partial $p.Params.v $p")}, {"partialCached", inTemplate("partialCached (printf \"x/%s\" $p.Params.v) $p")}, {"view", inTemplate("$p.Render $p.Params.v")},
	{"Resources.Get", inTemplate("$p.Resources.Get $p.Params.v")}, {"Resources.Match", inTemplate("$p.Resources.Match $p.Params.v")}, {"ref", inTemplate("ref $p $p.Params.v")},
	{"relref", inTemplate("relref $p $p.Params.v")}, {"GetPage", inTemplate("site.GetPage $p.Params.v")}, {"relURL", inTemplate("relURL $p.Params.v")},
	{"urlize", inTemplate("urlize $p.Params.v")}, {"data", inTemplate("index site.Data $p.Params.v")}, {"path functions", inTemplate("path.Join $p.Params.v (path.Clean $p.Params.v) (path.Base $p.Params.v)")},
}

func addFormat(cfg *jam.Config, f jam.OutputFormat) {
	cfg.OutputFormats, cfg.Outputs = []jam.OutputFormat{f}, map[string][]string{jam.KindPage: {"html", f.Name}}
}

// zipWith is an archive with entries of these names, as a file system.
func zipWith(names ...string) fs.FS {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		if f, err := w.CreateHeader(&zip.FileHeader{Name: name}); err == nil {
			io.WriteString(f, "zipped")
		}
	}
	w.Close()
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		return fstest.MapFS{}
	}
	return r
}

// overlay is a file system with the files of another one besides.
type overlay struct {
	fs.FS
	over fs.FS
}

func (o overlay) Open(name string) (fs.File, error) {
	if f, err := o.over.Open(name); err == nil {
		if info, err := f.Stat(); err == nil && !info.IsDir() {
			return f, nil
		}
		f.Close()
	}
	return o.FS.Open(name)
}

func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(o.FS, name)
	more, moreErr := fs.ReadDir(o.over, name)
	if err != nil && moreErr != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, e := range list {
		seen[e.Name()] = true
	}
	for _, e := range more {
		if !seen[e.Name()] {
			list = append(list, e)
		}
	}
	return list, nil
}

// oddFS is a file system that says of one of its folders that it has an entry of any name, and opens what nobody has.
type oddFS struct {
	fs.FS
	dir, name string
}

func (o oddFS) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(o.FS, name)
	if name == o.dir {
		list, err = append(list, oddEntry(o.name), oddEntry(o.name+".md"), oddEntry(o.name+".yaml"), oddEntry("x."+o.name+".html")), nil
	}
	return list, err
}

func (o oddFS) Open(name string) (fs.File, error) {
	f, err := o.FS.Open(name)
	if err == nil || !fs.ValidPath(name) || !strings.HasPrefix(name, o.dir+"/") {
		return f, err
	}
	return fstest.MapFS{"x": {Data: []byte("a: b\n")}}.Open("x")
}

func (o oddFS) Stat(name string) (fs.FileInfo, error) {
	if info, err := fs.Stat(o.FS, name); err == nil || !strings.HasPrefix(name, o.dir+"/") {
		return info, err
	}
	return oddEntry(path.Base(name)).Info()
}

type oddEntry string

func (e oddEntry) Name() string               { return string(e) }
func (e oddEntry) IsDir() bool                { return false }
func (e oddEntry) Type() fs.FileMode          { return 0 }
func (e oddEntry) Mode() fs.FileMode          { return 0o444 }
func (e oddEntry) Size() int64                { return 5 }
func (e oddEntry) ModTime() time.Time         { return time.Time{} }
func (e oddEntry) Sys() any                   { return nil }
func (e oddEntry) Info() (fs.FileInfo, error) { return e, nil }
