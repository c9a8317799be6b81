// Package layouts finds and executes the templates of a site.
//
// It reads a tree of template files in the places that Hugo gives them
// (https://gohugo.io/templates/), parses all of it once, finds the layout of
// a page, puts it into its base template, and executes it as html/template does,
// or text/template when the file is not HTML: with package exec, which gives the same
// results sooner, or with these two themselves where that cannot do it.
//
// # Places
//
//	home.html, posts/single.html, _default/list.html, …   layouts
//	baseof.html, posts/baseof.html, list-baseof.html, …   base templates
//	_partials/nav.html, partials/nav.html                 partials
//	_shortcodes/fig.html, posts/_shortcodes/fig.html,
//	shortcodes/fig.html                                   shortcodes
//	_markup/render-link.html, posts/_markup/…,
//	_default/_markup/…                                    render hooks
//	_views/card.html, posts/_views/card.html              layouts by name only
//
// Files whose name begins with "." or "#" or ends with "~", directories
// whose name begins with ".", and binary files are passed over. A byte order
// mark is dropped, and CRLF line ends become LF.
//
// [New] reports every mistake in these files, with two exceptions that are
// reported when something uses the file, or by [Template.Check]: unknown
// functions and targets in shortcodes and render hooks; and anything in a file that
// may be no template at all, which is text of a format that is not escaped
// (README.md, _partials/x.js), outside of _shortcodes and _markup, whose name
// is not one of a layout's (robots.txt, page.md).
//
// # Escaping
//
// The extension decides how what actions print is escaped:
//
//	.html .htm .xhtml                       by html/template
//	.xml .rss .atom .svg .xsl .opml         for XML
//	.json .webmanifest .geojson .jsonld     for JSON
//	all others                              not at all; nil is nothing
//
// Shortcodes and render hooks with an extension of the second or third kind are
// escaped as HTML, since they are part of a page's content in HTML; so are
// partials that are SVG images.
//
// A template action becomes part of the text around it, and its template is
// escaped for where it is called. Partials are escaped by their own extension.
// Their output is
//
//	HTML     markup everywhere, by the type template.HTML
//	XML      markup in XML templates, elsewhere a string: an HTML
//	         template shows its source, unless it is marked with safeHTML
//	JSON     a value in JSON templates, elsewhere a string
//	others   written as it is in JSON templates, elsewhere a string
//
// What a partial returns is a value like any other.
//
// In XML, the last command of a pipeline decides, not the type: methods
// that return HTML (.Content) are escaped, as feeds want it.
//
//	html, htmlEscape, transform.XMLEscape   escaped already: left alone
//	safeHTML, safeHTMLAttr                  left alone
//	partial, partialCached, .Render         markup left alone, a value escaped
//	plainify                                its entities become characters first
//	anything else                           escaped
//
// The same holds for a variable, or the dot of a with, that has its value from
// such a pipeline. In attributes, what is left alone still loses its quotes
// and angle brackets; in CDATA sections nothing is escaped, but "]]>" is split; in
// comments "--" is. Inside a tag, outside of quotes, there may be names, and
// what safeHTMLAttr or safeHTML marks. Characters that XML 1.0 forbids are dropped. A
// string constant that is marked as safe counts as text of the template:
//
//	{{ "<![CDATA[" | safeHTML }}{{ .Content }}{{ "]]>" | safeHTML }}
//
// In JSON, inside of a string of the template a value's text is escaped, except
// for what safeJSStr marks. Outside of strings
//
//	jsonify                        written as it is
//	partial, .Render, safeHTML …   written as it is; a value that was returned: as below
//	printf "%q"                    becomes a JSON string
//	numbers, booleans, nil         written as they are; null
//	maps, slices, structures       as by jsonify
//	strings                        as they are when they are JSON, and, in an array or
//	                               object, when they are several elements or members
//	                               of it; otherwise a JSON string
//	string constants               text of the template
//
// In both, ways through a template that meet in different states, one inside a
// string and one outside, are an error.
//
// # Lookup
//
// [Engine.Lookup] tries the directories of a [Query] in this order:
//
//  1. the page's content directory, then its parents, nearest first; Type,
//     when set, stands in for the first element (posts/2024, posts)
//  2. the root
//  3. the older place of the kind: section/, taxonomy/, term/; page/ for
//     pages outside of sections
//  4. _default/
//
// A Layout that the front matter asks for is looked for in all of them
// first. Then, in each directory, the names of the page's kind are tried:
//
//	kind       names                             in the older places (3, 4)
//	home       home, index, list, all            the same
//	page       page, single, all                 the same
//	section    section, list, all                in 3, the section's name first
//	taxonomy   taxonomy, terms, list, all        in 3, the section's name first
//	term       term, list, all                   term, taxonomy, list, all;
//	                                             in 3, the section's name first
//	any other  the kind itself (404, sitemap …)  the same
//
// An output format other than html is a last name of its own (rss.xml). Each
// name is tried with language and output format, then with less:
//
//	list.de.rss.xml, list.rss.xml, list.de.xml, list.xml
//
// The extension is always the one that the query asks for.
//
// # Base templates
//
// A layout that consists of define actions, white space and comments is
// wrapped by a base template: the first of the directories above that has
// name-baseof, baseof.name (for the Layout or a name of the page's kind) or
// baseof wins. Any other layout is used alone. The layout's definitions
// replace the blocks of the base, also when they are empty.
//
// # Shortcodes and render hooks
//
// The file of a shortcode "media/audio" is _shortcodes/media/audio.html; between
// the name and the extension there may be words that narrow it down: a language,
// an output format, a kind, a layout. Of those that fit a page the best is
// taken, by these criteria in order:
//
//  1. the extension of the output format, then html, then any other
//  2. the nearest directory; older places (shortcodes/, _default/_markup/) last
//  3. the words: layout, kind, list or single, output format, all, language
//
// # Fallback
//
// What a tree does not have is looked for in [Options].Fallback: layouts, base
// templates, partials, shortcodes and render hooks. A name that begins with
// "_internal/" means a partial of the fallback even if the tree has one, in
// template actions and in calls of partial.
//
// # Names
//
// Every file is a name space: two layouts may both define "main". A template
// action finds, in this order, a definition of the layout, of its base, a
// partial ("_partials/nav.html"), a definition made in a partial's file, and a
// file by its path. A definition called "_partials/…" or "partials/…" is a
// partial for every file.
//
// # Parameters
//
// What follows .Params in a chain of names finds keys of maps whatever their case; so does the
// dot of a with or range of such a value, a variable that has it, and index and isset with
// constant keys. A key that is as written goes before others.
//
// # Functions
//
// Beside the functions of [Options] a template has
//
//	partial "nav.html" .             the partial's output, or what it returns
//	partialCached "nav.html" . key…  the same, executed once per name and keys
//	return value                     ends a partial; value is its result
//	try (f x)                        a [TryValue]: the value of the expression, or its error
//	templates.Exists "page.html"     whether there is such a file or partial
//	templates.Current                the template that is executed; see [Current]
//	partials.Include, partials.IncludeCached
//
// partialCached ignores the value given to it once there is a result, so it
// must not matter which page comes first; what the partial depends on
// belongs into the keys. What it returns is shared, and only to be read.
//
// try catches errors of everything in its expression, functions, methods,
// missing fields and partials, but not the end of the context and not what
// exceeds a limit. Expressions may use the dot and all variables.
//
// # Limits
//
// Nested partial and template calls end at [State].MaxDepth; ranges nest 16
// deep in one file, template actions 12 deep (the cost of contextual escaping
// doubles with each); a file has at most 4 MiB and 50,000 actions. [State].MaxOutput
// limits what one execution writes.
package layouts
