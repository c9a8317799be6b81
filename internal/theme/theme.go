// Package theme holds the built-in plain theme: html/template layouts for a
// site that brings none of its own. It needs no script, font or other file:
// the style sheet is part of each page.
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
// The file system never changes and is safe for concurrent use.
func FS() fs.FS { return files }
