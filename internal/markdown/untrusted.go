package markdown

import (
	"bytes"
	"slices"

	"github.com/yuin/goldmark/util"
)

// mayLink reports whether an address, percent-encoded as it will be written, may be written.
func (c *Config) mayLink(url []byte) bool {
	switch {
	case c.Unsafe:
		return true
	case c.Untrusted:
		return isHarmlessURL(url)
	}
	return !dangerous(url)
}

// harmlessSchemes are those of addresses that authors may write whom nobody vouches for. What browsers,
// or programs that registered with them, do with others is beyond this package.
var harmlessSchemes = []string{"http", "https", "mailto", "tel"}

// isHarmlessURL reports whether a URL is relative, or has a scheme that is on the list. As in the URL standard
// of WHATWG, section 4.4, C0 control characters and spaces before a URL, and tabs and line breaks in it, don't
// count: what could be a scheme to any reader, however lenient, is taken for one.
func isHarmlessURL(url []byte) bool {
	end := bytes.IndexAny(url, ":/?#\\")
	if end < 0 || url[end] != ':' {
		return true
	}
	scheme := string(bytes.ToLower(url[:end]))
	return slices.Contains(harmlessSchemes, scheme)
}

// mayWrite reports whether an author may set an attribute to a value.
func (c *Config) mayWrite(name string, value []byte) bool {
	switch {
	case c.Unsafe:
		return true
	case c.Untrusted && (!isHarmlessAttribute(name) || !isHarmlessValue(value)):
		return false
	case c.Untrusted && name == "id":
		return isHeadingLikeID(value)
	case !isSafeAttribute(name):
		return false
	case name == "cite":
		return c.mayLink(util.URLEscape(bytes.TrimSpace(value), false))
	}
	return true
}

// isHarmlessAttribute reports whether an attribute says something about an element's text, and nothing to the scripts
// and style sheets of the page around it: many of those take orders from classes and data attributes. None is an address.
func isHarmlessAttribute(name string) bool {
	switch name {
	case "id", "lang", "dir", "title", "translate", "width", "height", "align", "valign",
		"start", "reversed", "type", "value", "colspan", "rowspan", "scope", "abbr", "open":
		return true
	}
	return false
}

// isHarmlessValue reports whether a value ends no attribute. Where this package writes it, it does not anyway; but templates of hooks
// often write attributes by printf "%s=%q" and safeHTMLAttr, without escaping.
func isHarmlessValue(value []byte) bool { return !bytes.ContainsAny(value, "\"<>`") }

// isHeadingLikeID reports whether an id has no other characters than ids of headings have, so that a theme can have
// ids of its own, such as page:main, that no author takes.
func isHeadingLikeID(id []byte) bool {
	return len(id) > 0 && bytes.Equal(id, bytes.TrimSpace(id)) && !bytes.ContainsFunc(id, func(c rune) bool {
		return c < 0x80 && !isLetter(byte(c)) && (c < '0' || c > '9') && c != '-' && c != '_'
	})
}

// mayConfigure reports whether an attribute of a fenced code block may be an option for a highlighter. The name of
// a style is one, but hooks that write all attributes would make it a style.
func (c *Config) mayConfigure(name string, value []byte) bool {
	switch {
	case !c.Untrusted:
		return true
	case name == "lineanchors": // with which ids begin
		return isHeadingLikeID(value)
	}
	return isHighlightOption(name) && name != "style" && isHarmlessValue(value)
}
