// Package jam turns content into a finished static site, from your own Go program.
//
// A program loads a content tree and pre-renders it to plain files, once, at build time: to a
// directory, to memory, to a zip archive, or straight to an HTTP handler. This is the idea of
// the Jamstack: visitors get static files from any web server or CDN, made by a build that
// anyone can automate, and independent of the systems that the content comes from.
//
//	root, err := os.OpenRoot(".")
//	if err != nil {
//		return err
//	}
//	site, err := jam.Load(ctx, root.FS(), &jam.Config{BaseURL: "https://example.org/"})
//	if err != nil {
//		return err // every mistake at once, each with file:line:column
//	}
//	report, err := site.Build(ctx, jam.Dir("public"))
//
// Data flows in one direction: a [Source] gives documents, [Load] makes a [Site] of them, a
// [Renderer] writes its pages, [Minify] makes them small, and an [Output] takes the files. A
// Site is a snapshot that does not change. The name of every file that a build writes is known
// before anything is rendered; see [Site.Files].
//
// # The tree
//
// Load takes any [io/fs.FS]: a directory, files compiled into the program with embed, a zip
// archive, a map in a test. It reads these folders; all are optional except content, which may
// be missing when [Config.Sources] is set:
//
//	content/   pages in Markdown and HTML, and the files that belong to them
//	layouts/   templates
//	static/    files that are copied as they are
//	data/      YAML, TOML, JSON, CSV, TSV and XML files for templates
//	i18n/      tables of translations
//
// A directive such as //go:embed content leaves out files whose names begin with an underscore,
// among them _index.md and _partials: write //go:embed all:content all:layouts.
//
// With [os.Root.FS], a symbolic link that leads out of the directory is an error. [os.DirFS] follows
// it, for trees whose authors are trusted.
//
// # Pages and sections
//
// Each .md, .markdown, .html or .htm file of the content is a regular page. Each top-level
// folder that has pages is a section, and so is any folder with an _index.md, which provides
// the text of the section's own page. The file _index.md (or index.md) of the content folder
// itself is the home page. A folder with an index.md is a bundle: one page, together with all
// other files in the folder, which are its resources:
//
//	content/_index.md               the home page
//	content/about.md                a page
//	content/posts/_index.md         the section posts
//	content/posts/hello.md          a page in it
//	content/posts/trip/index.md     a page in it …
//	content/posts/trip/map.png      … and its resource
//	content/docs/intro.md           a page; the section docs needs no file
//
// With [Config.NoBundles], index.md is the same as _index.md everywhere.
//
// Other files are resources of the section that holds them. So is an HTML file without front
// matter that is a complete document, with a doctype. Resources are published beside their
// page, except the Markdown and other HTML files of a bundle: these are parts of its page, with
// content, title and parameters as pages have them; see [Resource.Page]. The contents of static
// files and of other resources are read when the site is built.
//
// Drafts, pages of the future and expired pages are left out; see [Config.Drafts]. So are files
// whose names begin with a dot or end with "~", and what [Config.Ignore] lists. Lists are
// ordered as [Pages.ByDefault] says.
//
// # Front matter
//
// A page may begin with data about it, in YAML between lines of three hyphens, in TOML between
// lines of three plus signs, or as a JSON object:
//
//	---
//	title: Hello
//	date: 2026-03-01
//	tags: [go, web]
//	---
//	The text.
//
// The following keys are predefined; case is ignored: title, linkTitle, description, summary,
// date, lastmod, publishDate, expiryDate, draft, weight, slug, url, layout, type, keywords,
// aliases, redirect, menus, cascade, paginate, outputs, sitemap, resources, translationKey,
// build, headless, taxonomies (a map from taxonomies to terms) and params; and the taxonomies of
// [Config.Taxonomies], which are tags and categories by default. A value of the
// wrong type is an error. All keys, including those in the params map, are in [Page.Params],
// spelled as in the front matter. [Config.FrontMatterKeys] gives others the meaning of these.
//
// A date is a TOML or YAML date, or text such as 2026-03-01, 2026-03-01 15:04, or one of RFC
// 3339. YAML is version 1.2: yes and no are text.
//
// The key cascade, of a section's page or the home page, gives front matter to the pages below
// that don't have it themselves, and to that page itself; so does [Config.Cascade] for the
// whole site. What is nearest to the page holds, and of several in one place the first. In the
// map params each key counts on its own. With a target, it is for pages that match its
// patterns:
//
//	cascade:
//	  - target: {path: /docs/internal/**, kind: page}
//	    build: {list: never}
//	  - params: {banner: draft.png}
//
// The key build says what becomes of a page: render: never (it has no file), or link (only a
// URL), list: never (it is in no list, no sitemap and no search) or local (in its section's lists only), and
// publishResources: false. A page with headless: true has no file and is in no list, but its
// resources are there.
//
// The key resources describes the files of a page's folder: {src: "*.jpg", title: "Picture
// :counter", name, params}. Of several that match, the first title and name hold.
//
// # Typed front matter
//
// A [Collection] gives the front matter of some pages a Go type. Load then reports unknown
// keys, with a suggestion, values of the wrong type and missing ones, for all pages at once:
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
// In patterns, as in Match and [Config.Ignore], * stands for any text without a slash, ** for
// any number of folders, ? for one character, [a-z] for one of several, and {a,b} for either. A
// pattern is compared with the whole path, and case matters.
//
// # Lists and taxonomies
//
// [Page.Pages] and its like are the pages of a section; [Pages] has methods to order and group
// them. Pages may also be classified: those with tags: [go, web] are listed on the page of each
// of these terms, /tags/go/ and /tags/web/, and the terms on /tags/. Both can have texts of
// their own, in tags/_index.md and tags/go/_index.md. Terms are the same if their URLs are: "Go
// Lang" and "go lang". A page with tags_weight: 1 stands before others in the lists of its
// tags. See [Site.Taxonomies], [Page.GetTerms], and for what is similar [Page.Related].
//
// Long lists are divided by [Config.Pagination],
//
//	Pagination: map[string]jam.Pagination{"/posts": {Size: 20, Order: "-date"}, "term": {Size: 50}}
//
// or paginate: 20 in the front matter of the list's page. Each part has a file, /posts/page/2/
// and so on, for which the page is rendered again with its [Page.Paginator] at that part.
//
// # Menus
//
// Entries of menus are declared in [Config.Menus], and in the front matter of the pages that
// they lead to:
//
//	menus: main
//	menus: {main: {weight: 10, parent: docs, name: Start}}
//
// An entry without a weight of its own has its page's. [Site.Menus] has them as trees, by
// weight and name; [Page.IsMenuCurrent] and [Page.HasMenuCurrent] tell where the page is.
//
// # Languages
//
// [Config.Languages] declares a site in several languages:
//
//	Languages: []jam.Language{
//		{Code: "en", Name: "English"},
//		{Code: "de", Name: "Deutsch", Title: "Notizen", ContentDir: "content/de"},
//	}
//
// The content of each is in a folder of its own, or has the language in the names of its files:
// about.md in the site's own language, about.de.md in German. The output of the site's own
// language is at the root, and that of others in a folder of their name. A [Site] is the site
// in one language: its pages, lists, taxonomies, menus and title. Pages of the same path, or
// the same translationKey, are translations of each other: see [Page.Translations]. A file
// whose name has no language, or that only one language's folder has, belongs to the bundle or
// section in all languages that have none of their own; it is in the output once.
//
// Where a language lacks something: a link or a menu's pageRef to a page without a translation
// leads to the page in the site's own language; a message is taken from the parent language's
// table (pt for pt-BR), and then from that of the site's own; lists, [Site.Page] and references
// hold only what the language has; title and parameters are those of the [Config] unless the
// [Language] has others.
//
// The tables of messages are files such as i18n/de.toml, in the format of go-i18n, with the
// plural forms that CLDR has for the language; templates use them as i18n "id" and i18n "id"
// count, and Go programs call [Site.Translate]. Dates and numbers are formatted as the page's
// language has it; see [Site.FormatDate].
//
// # Generated pages
//
// A [Generator] in [Config.Generators] yields documents made of what is loaded: pages from
// data, from an API or a database, or lists and files of other pages. It is called by Load, so
// that what it makes is treated, listed and checked as everything else:
//
//	func tags(ctx context.Context, site *jam.Site) iter.Seq2[*jam.Document, error] {
//		return func(yield func(*jam.Document, error) bool) {
//			list, err := json.Marshal(slices.Sorted(maps.Keys(site.Taxonomies()["tags"])))
//			yield(&jam.Document{Path: "api/tags.json", Body: list}, err)
//		}
//	}
//
// # Markdown
//
// Markdown is CommonMark with the extensions that [Markdown] lists. Links to files of the
// content resolve to those files' pages: [setup](../setup.md#step-2). So do links that begin
// with a slash, from the content's or the site's root. A relative link that leads nowhere is a
// warning, with its position. Raw HTML is left out, with a warning, unless [Markdown.Unsafe]
// allows it. HTML files are taken as they are. Where nobody vouches for some of the authors, [Markdown.Untrusted] says which texts are
// theirs.
//
// A page's summary ends at the line <!--more-->, or else after some 70 words. Block quotes that
// begin with [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION] become alerts. Attributes
// in braces may follow a heading, ## Title {#id .class}, or stand on the line after a block. The
// extension in the package highlight colours code by its syntax.
//
// # Shortcodes
//
// A shortcode in a page's text stands for what a template or a Go function makes of it:
//
//	{{< figure src="map.png" caption="The *valley*" >}}
//	{{< details "More" >}}Text that is hidden at first.{{< /details >}}
//	{{% note %}}Its output is Markdown, as the text around it is.{{% /note %}}
//	{{</* shown as it is */>}}
//
// Arguments have names or places; without quotes, numbers and true and false have their
// types, and back quotes hold text as it is, over several lines. Shortcodes may be nested, and stand
// anywhere in a text: in lists, quotes, links, code. The output of the first form is HTML that
// Markdown leaves alone; the text between its tags is what the template makes of it.
//
// A shortcode is a template, layouts/_shortcodes/note.html, whose dot is a [Shortcode], or a
// function in [Config.Shortcodes]. Built in are figure, details, highlight, ref, relref,
// param, youtube and vimeo, which ask no other server for anything before a click, and qr. That
// a shortcode is unknown, not closed, or closed in the wrong place is an error with its position.
//
// # Render hooks
//
// Links, images, headings, code blocks, block quotes, tables and formulas can be rendered by
// templates: layouts/_markup/render-link.html, render-image.html, render-heading.html,
// render-codeblock.html (or for one language, render-codeblock-mermaid.html),
// render-blockquote.html (or for alerts, render-blockquote-alert.html, and for those of a type,
// render-blockquote-alert-note.html), render-table.html and render-passthrough.html. In the
// folder of a section, posts/_markup, they are for its pages. The same can be done by Go functions,
// in [Markdown.Hooks]. The dot is a [LinkElement], [ImageElement], [HeadingElement],
// [CodeBlockElement], [BlockquoteElement], [TableElement] or [PassthroughElement].
//
// Formulas are text between the delimiters of [Markdown.Passthrough], which Markdown leaves alone. The
// package math has hooks that make MathML of them, and the package diagram one that draws diagrams
// of characters; neither needs JavaScript in the browser.
//
// # URLs
//
// The file posts/hello.md becomes posts/hello/index.html, with the URL /posts/hello/. In the
// URLs of pages everything is in lower case, white space becomes hyphens, and of punctuation
// only . _ # + ~ - @ are kept; letters of every script are. The front matter's slug replaces
// the last element, and its url all of it, taken as it is: with a file's extension it names the
// file, and it may have the tokens of patterns. In a site of several languages, a url that
// begins with a slash is from the site's root, and any other from the language's. With
// [Config.UglyURLs] the file is posts/hello.html.
//
// [Config.Permalinks] has a pattern for each section that wants other URLs. These tokens stand
// for properties of a page: :year, :month, :monthname, :day, :weekday, :weekdayname, :yearday,
// and layouts of package time such as :06 and :01; :section, :sections (also :sections[0],
// [last], [1:] and so on), :title, :slug (or else the title), :contentbasename, the file's
// name, and :slugorcontentbasename. A page without a date cannot have a URL made of one.
//
// Former URLs of a page are its aliases: each becomes a small file that leads visitors to the
// page. A page with redirect: leads elsewhere itself. [Site.Redirects] lists all, for servers
// that can do better.
//
// References to pages, in ref, relref, GetPage and [Page.RelRef], are paths, from the page's
// folder or from the root, or a name that only one page has. That several have it is an error,
// and so is an anchor that the page doesn't have.
//
// It is an error if two inputs produce the same output file, or files whose names differ only
// in case.
//
// # Templates
//
// Without a [Config.Renderer], pages are rendered by the html/template files in layouts, which
// have the names that Hugo gives them, so that simple templates for Hugo work here. A page's
// layout is the first of these that exists, in the folders of the page's section from the
// inside out, then at the root, then in _default:
//
//	home page       home.html, index.html, list.html, all.html
//	section         section.html, list.html, all.html
//	regular page    page.html, single.html, all.html
//	taxonomy        taxonomy.html, terms.html, list.html, all.html
//	term            term.html, taxonomy.html in _default, list.html, all.html
//
// Each may have a language in its name: page.de.html. A taxonomy or term without a layout has
// no page. The front matter's layout is tried first; its type, if set, replaces the section's
// folder. A layout that consists only of define actions is executed through the nearest
// baseof.html. The dot is the [Page]. If there is a 404.html, it is rendered to 404.html.
//
// Files in _partials are for partial "nav.html" . and partialCached "nav.html" . key…, which
// executes a partial once per site, language and keys: what it writes must not depend on which page comes
// first, so what does depend on the page belongs into the keys. A page that has its title from
// its first heading has this heading in .Content, too.
//
// In conditions a date that is zero counts as false, so that {{ with .Date }} works.
//
// The function library is Hugo's, in so far as it needs nothing but its arguments, among it
// where, first, sort, dict, slice, default, dateFormat, truncate, plainify, jsonify and
// safeHTML; and markdownify, absURL, relURL, ref, relref, i18n, group, page and site. With readFile
// and fileExists, templates read files of the tree, and of nothing else. [Config.Funcs] adds
// others.
//
// A tree without layouts of pages is rendered by [PlainTheme]; what is in its layouts/_shortcodes,
// _markup and _partials is used all the same.
//
// Templates ending in .html are escaped as html/template does, those in .xml and .json as
// these formats need it, and others are plain text. docs/templates.md lists every function, method
// and lookup rule, with examples.
//
// # Output formats
//
// A page can be written in several formats, each to a file of its own: as HTML, as data
// (index.json), as text or Markdown, as a feed of a list, or in formats of [Config.OutputFormats].
// [Config.Outputs] has the formats by the kind of pages, and outputs in the front matter those of one page:
//
//	Outputs: map[string][]string{
//		"home": {"html", "atom", "sitemap", "robots", "llms", "search"},
//		"page": {"html", "json"},
//	}
//
// [OutputFormat] lists what there is. A template named after the format goes before the built-in
// form: rss.xml, home.rss.xml, posts/section.rss.xml, page.json. [Page.OutputFormats] has the URLs.
//
// With a [Config.BaseURL], lists that have dated pages have an RSS feed, and the site a sitemap, unless
// Outputs says otherwise. See [Feed] and [SitemapOptions].
//
// The function head in templates, and [Page.Head], give all that a page's head should say about it:
// canonical URL, description, Open Graph, JSON-LD, feeds, translations.
//
// With the format search, the site has a static search index: small files of which a query reads
// few, and a script for them. [Site.SearchForm], the function searchForm in templates, is the form.
//
// # Output
//
// [Site.Build] renders on all cores and writes to an [Output]: [Dir], [Zip], [Memory], or one
// of your own. The same input gives the same bytes. [Site.Handler] serves the same pages over
// HTTP, and [Site.FS] is the same output as a file system, whose files are rendered when they
// are opened. Its rendering stops when its context ends: for a server, give it one that
// outlives the requests, such as [context.WithoutCancel] of the server's shutdown context.
//
// While a site is written, the package preview shows it in the browser.
//
// # After a change
//
// [Site.Reload] returns the next version of a site, and takes over what has not changed. Its Build makes only the files that
// the change reaches, and their content is what a build of everything would give:
//
//	site, err = site.Reload(ctx, "content/posts/hello.md") // or without names: it finds what has changed
//	report, err := site.Build(ctx, out)
//	for _, r := range report.Rendered {
//		fmt.Println(r) // posts/hello/index.html: content/posts/hello.md: content changed
//	}
//
// Nothing has to be declared for that. While a page is rendered, all that is read of pages, lists, data, templates, messages and
// settings is recorded, and a file is made again when something of it has another value. What a page shows of another counts, not
// that it shows it: a new text does not reach the lists that show only titles. [Site.Explain] tells what a file was made of.
//
// [Config.Cache] keeps the records and the files for the next process, such as the next run of a CI job:
//
//	Cache: jam.CacheDir(".cache/jam")
//
// What functions of the program read from elsewhere, such as the environment or a database, is not recorded. Functions must
// depend on their arguments, the page, the site and the program only, or on what [Config.CacheKey] names. A cache holds for one
// program: its executable's checksum is part of the key, and of its configuration what everything depends on, such as [Config.Markdown]. With it, [Load] reads only those texts that have
// changed, as far as the operating system tells; see [Site.Reload]. So where an [fs.FS] changes what is in files that it takes from
// there, CacheKey must say how.
//
// # Errors
//
// An [Error] has the file, line and column. Load and Build report all there are, in a fixed
// order; [Errors] lists them. Warnings are data, in the [Report]; [Config.Strict] turns them
// into errors. Nothing is ever printed. A panic in a renderer, a template function, a Markdown
// extension, a Source or an Output is an error that wraps a [PanicError]. What goes beyond one of [Config.Limits]
// is one that wraps [ErrLimit]: they end what would take all memory or time, such as a shortcode that calls itself.
//
// # Large sites
//
// A site keeps about a kilobyte and a half of a page in memory. Texts of files, and rendered content, are kept as far as
// [Config.Memory] goes: further texts are read again when their pages are rendered, by way of the tree or
// [Document.Open], and content is rendered again when other pages show it long after that. What they show of it a second time is kept from
// then on, and summaries, numbers of words and parameters at once. A file that is read again must be what it was: if it has changed, its page
// fails with that reason, until the site is loaded anew with [Site.Reload].
//
// Sorting a list of pages, or choosing some of it with where, takes time in proportion to the list, once per worker: what a
// template asks again of a list that the site has is known. What is the same on many pages, such as a
// navigation, is best made in a partial by partialCached.
//
// # Concurrency
//
// A Site and all that it returns may be used by any number of goroutines. The page that a
// [Renderer] is called with belongs to that call. Sites share nothing with each other.
// Renderers, Sources and Outputs should heed their context: a build waits for them.
package jam
