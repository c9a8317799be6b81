// Package layouts finds and executes the templates of a site.
//
// It reads a tree of template files in the places that Hugo gives them
// (https://gohugo.io/templates/), parses all of it once, finds the layout of
// a page, puts it into its base template, and executes it with html/template,
// or with text/template when the file is not HTML.
//
// # Places
//
//	home.html, posts/single.html, _default/list.html, …   layouts
//	baseof.html, posts/baseof.html, list-baseof.html, …   base templates
//	_partials/nav.html, partials/nav.html                 partials
//	_shortcodes/…, shortcodes/…, _markup/…                reached by name only
//
// Files whose name begins with "." or "#" or ends with "~", directories
// whose name begins with ".", and binary files are passed over. A byte order
// mark is dropped, and CRLF line ends become LF.
//
// Files that end in .html or .htm are escaped by html/template for where a
// value stands. All others are plain text: nothing is escaped.
//
// # Lookup
//
// [Engine.Lookup] tries the directories of a [Query] in this order:
//
//  1. the page's content directory, then its parents, nearest first; Type,
//     when set, stands in for the first element (posts/2024, posts)
//  2. the root
//  3. the older place of the kind: section/, taxonomy/, term/
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
// # Base templates
//
// A layout that consists of define actions, white space and comments is
// wrapped by a base template: the first of the directories above that has
// name-baseof, baseof.name (for a name of the page's kind) or baseof wins.
// Any other layout is used alone. The layout's definitions replace the
// blocks of the base, also when they are empty.
//
// # Names
//
// Every file is a name space: two layouts may both define "main". A template
// action finds, in this order, a definition of the layout, of its base, a
// partial ("_partials/nav.html"), a definition made in a partial's file, and a
// file by its path. A definition called "_partials/…" or "partials/…" is a
// partial for every file.
//
// # Functions
//
// Beside the functions of [Options] a template has
//
//	partial "nav.html" .             the partial's output, or what it returns
//	partialCached "nav.html" . key…  the same, executed once per name and keys
//	return value                     ends a partial; value is its result
//	templates.Exists "page.html"     whether there is such a file or partial
//	partials.Include, partials.IncludeCached
//
// partialCached ignores the value given to it once there is a result, so it
// must not matter which page comes first; what the partial depends on
// belongs into the keys. What it returns is shared, and only to be read.
//
// # Limits
//
// Nested partial and template calls end at a depth of 200; ranges nest 16
// deep in one file, template actions 12 deep (the cost of contextual escaping
// doubles with each); a file has at most 4 MiB and 50,000 actions.
package layouts
