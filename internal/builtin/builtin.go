// Package builtin holds the shortcodes and partials that every site has: those of Hugo's
// embedded ones that make sense without its services, written anew.
//
// The templates need the functions of package funcs and, of the host, highlight, ref, relref, relURL, absURL,
// head and [QR] under the name qr; and as their context what Hugo's shortcode templates have
// (https://gohugo.io/methods/shortcode/), of which Get gives nil or "" for a missing argument. A page's
// RenderString takes text, or a map with "display" and text.
package builtin

import (
	"embed"
	"io/fs"
)

//go:embed all:templates
var files embed.FS

// FS returns the templates as a site's layouts folder holds them: _shortcodes and
// _partials. Templates of a site of the same names are to go before them.
//
// The videos of youtube and vimeo ask no other server for anything before they are clicked. What
// they say until then is English; a map "labels" in the site's parameters replaces it: "play" is
// "Play video", and "playfrom" is "Clicking loads the video from %s."
// The labels of pagination.html are "pages", "page", "first", "previous", "next" and "last".
//
// The file system never changes and is safe for concurrent use.
func FS() fs.FS {
	sub, err := fs.Sub(files, "templates")
	if err != nil { // the name above is valid
		return files
	}
	return sub
}
