// Package jam turns content into a finished static site, from your own Go program.
//
// A program loads a tree of content, and pre-renders it to plain files, once, at
// build time: to a directory, to memory, to a zip archive, or straight to an HTTP
// handler. This is the idea of the Jamstack: the pages that visitors get are
// files on any server or content network, made by a build that anyone can
// automate, and independent of the systems that the content comes from.
//
//	site, err := jam.Load(ctx, os.DirFS("."), &jam.Config{BaseURL: "https://example.org/"})
//	if err != nil {
//		return err // every mistake at once, each with file:line:column
//	}
//	report, err := site.Build(ctx, jam.Dir("public"))
//
// Data flows in one direction: a [Source] gives documents, [Load] makes a [Site] of
// them, a [Renderer] writes its pages, [Minify] makes them small, and an [Output]
// takes the files. A Site is an immutable snapshot. Every file that a build writes is
// known by name before anything is rendered; see [Site.Files].
//
// # The tree
//
// Load takes any [io/fs.FS]: a directory, files compiled into the program with
// embed, a zip archive, a map in a test. It reads these folders of it, and none has
// to be there apart from content, which [Config.Sources] can replace:
//
//	content/   pages in Markdown and HTML, and the files that belong to them
//	layouts/   templates
//	static/    files that are copied as they are
//	data/      YAML, TOML and JSON files for templates
//
// A directive such as //go:embed content leaves out files whose names begin with an underscore,
// among them _index.md and _partials; write //go:embed all:content all:layouts.
//
// [os.DirFS] follows symbolic links out of its directory; to keep content from
// doing that, use [os.Root.FS].
//
// # Pages and sections
//
// Each .md and .html file below content is a regular page. A folder of the top level
// is a section, and so is any folder with an _index.md, whose text is that
// of the section's own page. The file _index.md (or index.md) of the content folder itself is the
// home page. A folder with an index.md is one page, together with all other files
// in it, which are its resources:
//
//	content/_index.md               the home page
//	content/about.md                a page
//	content/posts/_index.md         the section posts
//	content/posts/hello.md          a page in it
//	content/posts/trip/index.md     a page in it …
//	content/posts/trip/map.png      … and its resource
//	content/docs/intro.md           a page; the section docs needs no file
//
// Other files are resources of the section that holds them. An HTML file without
// front matter that is a complete document, with a doctype, is such a file, too.
// Resources are published beside the page that they belong to, but for Markdown and HTML
// text in the folder of a page, which is for templates to use.
//
// A page is left out when it is a draft, not yet published or expired; see
// [Config.Drafts]. Lists are ordered as [Pages.ByDefault] says.
//
// # Front matter
//
// A page may begin with data about it, in YAML between lines of three hyphens, in TOML
// between lines of three plus signs, or as a JSON object:
//
//	---
//	title: Hello
//	date: 2026-03-01
//	tags: [go, web]
//	---
//	The text.
//
// These keys have a meaning, whatever their case: title, linkTitle, description, summary,
// date, lastmod, publishDate, expiryDate, draft, weight, slug, url, layout, type,
// aliases, keywords, menus, outputs, cascade, translationKey, build, sitemap,
// and the taxonomies of [Config.Taxonomies], tags and categories by default. A
// value of the wrong type is an error. All keys, also those of the map params, are in
// [Page.Params].
//
// A date is a TOML or YAML date, or text such as 2026-03-01, 2026-03-01 15:04, or one of RFC 3339.
// YAML is that of version 1.2: yes and no are text.
//
// # Typed front matter
//
// A [Collection] gives the front matter of some pages a Go type. Load then
// reports unknown keys, with a suggestion, values of the wrong type and missing ones, for
// all pages at once:
//
//	type Post struct {
//		Author string   `yaml:"author" required:"true"`
//		Cover  string   `yaml:"cover" default:"cover.jpg"`
//		Series jam.Ref  `yaml:"series"`
//	}
//
//	var Posts = &jam.Collection[Post]{Match: "posts/**"}
//
//	site, err := jam.Load(ctx, tree, &jam.Config{Collections: []jam.Schema{Posts}})
//	for page, post := range Posts.All(site) { … }
//
// # Markdown
//
// Markdown is CommonMark with the extensions that [Markdown] lists. Links to other
// files of the content lead to their pages: [setup](../setup.md#step-2). One that
// leads nowhere is a warning, with its position. Raw HTML is left out, with
// a warning, unless [Markdown.Unsafe] allows it.
//
// A page's summary ends at the line <!--more-->, or else after some 70 words. Of
// quotes that begin with [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION], alerts are made.
// Attributes in braces follow headings, ## Title {#id .class}, and blocks, on the next line.
//
// # URLs
//
// The file posts/hello.md becomes posts/hello/index.html, with the URL /posts/hello/.
// In URLs everything is in lower case, white space becomes a hyphen, and of
// punctuation only . _ # + ~ - @ stay; letters of all scripts do. The front matter's slug
// replaces the last element, and its url all of it: with an extension it
// names the file. [Config.UglyURLs] makes it posts/hello.html.
//
// [Config.Permalinks] has a pattern for each section that wants other URLs. In it
// these stand for properties of the page: :year, :month, :monthname, :day, :weekday,
// :weekdayname, :yearday, :section, :sections (with :sections[0], [last], [1:] and so on),
// :title, :slug (or else the title), :contentbasename, and :slugorcontentbasename.
//
// Two sources of one file, also of names that differ only in case, are an error.
//
// # Templates
//
// Without a [Config.Renderer], pages are rendered by the html/template files in
// layouts, which have the names that Hugo gives them, so that simple templates for
// Hugo work here. A page's layout is the first of these that exists, in the
// folders of the page's section from the inside out, then at the root, then in _default:
//
//	home page       home.html, index.html, list.html, all.html
//	section         section.html, list.html, all.html
//	regular page    page.html, single.html, all.html
//
// before which the front matter's layout is tried, and for the section's folder its
// type stands in. A layout that consists of define actions is put into the nearest
// baseof.html. The dot is the [Page]. Files in _partials are for partial "nav.html" .
// and partialCached, which renders once for the whole site. A page that has its title from its
// first heading has this heading in .Content, too. If there is a 404.html, it
// is rendered to 404.html.
//
// The functions are those of Hugo that need nothing but their arguments, among
// them where, first, sort, dict, slice, default, dateFormat, truncate, plainify,
// jsonify, safeHTML, and markdownify, absURL, relURL, ref, relref, page and site.
// [Config.Funcs] adds others. Without any layouts, [PlainTheme] renders.
//
// # Output
//
// [Site.Build] renders on all cores and writes to an [Output]: [Dir], [Zip], [Memory],
// or one of your own. The same input gives the same bytes. [Site.FS] is the
// same output as a file system, whose files are rendered when they are opened:
//
//	http.ListenAndServe(addr, http.FileServerFS(site.FS(ctx)))
//
// Rendering stops when ctx ends: give FS one that outlives the requests, such as
// [context.WithoutCancel] of that which shuts the server down.
//
// # Errors
//
// An [Error] has the file, line and column. Load and Build report all there are,
// in a fixed order; [Errors] lists them. Warnings are data, in the [Report]; [Config.Strict]
// makes errors of them. Nothing is ever printed. A panic in a renderer, a template function or a
// Markdown extension is an error of the page.
//
// # Concurrency
//
// A Site and all that it returns may be used by any number of goroutines. The
// page that a [Renderer] is called with belongs to that call. Sites share
// nothing with each other, and the package has no global state.
package jam
