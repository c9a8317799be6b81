// Package theme holds the built-in plain theme: html/template layouts for a
// site that brings none of its own. It needs no script, font or other file, but
// those of the search if the site has one: the style sheet is part of each page.
package theme

import (
	"embed"
	"io/fs"
)

// A pattern for the directory as a whole would leave out _partials.
//
//go:embed *.html _partials/*.html
var files embed.FS

// FS returns the theme's templates as a site's layouts folder holds them:
// baseof.html, a layout for each kind of page, and _partials.
//
// The words that the theme adds to a page are those of the page's language
// where _partials/words.html has it, and else English. A site replaces them, and the
// formats of dates, one by one with a map named "labels" in its parameters or a
// language's; _partials/labels.html has the names.
//
// A site's menu "main" is the navigation, in place of the sections, and its
// menu "footer" is in the footer. The parameter "related" adds related pages to each page.
//
// The head of a page is what the function head gives; without a base URL, the parts of it that
// need none. Lists link to their feeds, and the footer to the home page's. The search
// field is in the header, and on the page of what is not found, if the site has the
// output format search.
//
// The file system never changes and is safe for concurrent use.
func FS() fs.FS { return files }
