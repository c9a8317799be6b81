// Package minifier makes documents smaller without changing what they mean.
//
// # What it does
//
// HTML: a run of white space in a text becomes one line break if it holds one,
// and one space if not. None is ever dropped between two elements, since any
// may be styled as an inline block; only within the head is. Comments go, and
// so do quotes around attribute values, references for characters that need
// none, and the slash of void elements. Scripts, style sheets and JSON are
// minified by their type; a type that isn't known is left alone. No tag and no
// attribute is dropped, and none changes its value. White space stays as it is
// in pre, textarea, listing, xmp, code, kbd, samp, tt and in elements whose
// style attribute sets white-space, whose class is one of the utilities
// whitespace-pre* or whitespace-break-spaces, or that have xml:space. A style
// sheet that sets white-space on other elements needs Options.KeepWhitespace.
//
// Comments that mean something to a program stay: conditional comments,
// server-side and edge-side includes, licences (<!--!), Knockout's, and the
// marks of client-side frameworks, which begin with a sign.
//
// CSS and JavaScript: comments go, and the white space that separates nothing.
// Every token stays as it is, and in JavaScript every line break at which a
// semicolon may be inserted. Licences (/*!, @license, @preserve) and the links
// to source maps stay. In style and event handler attributes nothing changes.
//
// JSON: white space goes; numbers and strings stay byte for byte.
//
// XML: comments go, and of indentation between two tags one line break is
// left, except in elements with xml:space, in mixed content and in preformatted
// text. SVG: the indentation between shapes goes, and empty elements become
// empty-element tags; texts, styles, scripts and HTML in it stay as they are.
//
// Minifying a second time changes nothing.
//
// # What it refuses
//
// An error has a position, within the whole file also when the problem is in a
// script of an HTML page. Broken HTML is no error, as it is none for a browser:
// what ends in the middle of a tag, a comment or a script is copied to the end.
// Style sheets are refused for a string, comment, url() or bracket that isn't
// closed, scripts for the same, JSON and XML for any syntax error. JavaScript
// in which only a whole parser could tell a division from a regular expression
// (a slash after a closing brace) is copied as it is.
//
// No input, however deep or broken, makes it recurse, and a panic is an error.
//
// # Why it doesn't use tdewolff/minify for all this
//
// Because that rewrites documents, in ways that no option turns off. With all
// options set to keep, it turns quirks mode off, drops value="" of check boxes,
// joins the values of a viewport, drops attributes of inline SVG, makes
// border-color:red currentColor invalid, turns flex:1 1 0px into flex:1 and
// order:1000 into order:1e3, Math.trunc(x) into x|0, s=s+1 into ++s, and
// removes parameters that a function doesn't use; it accepts JSON that is cut
// off; and it overwrites its source. TestUpstream lists these and more, and
// fails once they have been mended. For CSS the loss is none: style sheets come
// out as small to within 1 %, more often smaller than not. HTML comes out as
// small as with those of its options that keep the tree of elements, in a third
// of the time. JavaScript comes out larger by a half (a third once compressed),
// because names stay; Options.Rewrite is there for who prefers the other side.
//
// # Known limits
//
// Two kinds of malformed HTML may be parsed differently: a text directly
// within a table that a comment interrupts, and an element that is opened in
// noscript and not closed there, for browsers with scripts turned off.
package minifier
