package minifier

import (
	"bytes"
	"strings"
)

// rawText copies the content of an element whose content is no markup, up to
// its end tag.
func (h *htmlMinifier) rawText(name []byte) error {
	var end int
	switch string(name) {
	case "script":
		end = scriptEnd(h.src, h.pos)
	case "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript":
		end = rawEnd(h.src, h.pos, name)
	case "plaintext":
		end = -1
	default:
		return nil
	}
	if end < 0 { // ends with the document
		h.verbatim(len(h.src) - h.pos)
		return nil
	}
	minify, what, kind := h.embedded(name)
	if minify == nil || isBlank(h.src[h.pos:end]) {
		h.verbatim(end - h.pos)
		return nil
	}
	src, from := h.src[h.pos:end], len(h.dst)
	if out := h.m.repeated.get(kind, src); out != nil {
		h.dst, h.pos, h.space = append(h.dst, out...), end, false
		return nil
	}
	dst, err := minify(h.dst, src)
	if err != nil {
		err = shift(err, h.pos)
		if e, ok := err.(*syntaxError); ok {
			e.msg = "in <" + what + ">: " + e.msg
		}
		return err
	}
	h.m.repeated.put(kind, src, dst[from:])
	h.dst, h.pos, h.space = dst, end, false
	return nil
}

// rawEnd returns the offset of the end tag with the lower-case name after
// src[from], or -1.
func rawEnd(src []byte, from int, name []byte) int {
	for i := from; ; i++ {
		n := bytes.Index(src[i:], []byte("</"))
		if n < 0 {
			return -1
		}
		i += n
		if isTagName(src[i+2:], name) {
			return i
		}
	}
}

// isTagName reports whether b begins with the name of a tag.
func isTagName(b, name []byte) bool {
	return len(b) > len(name) && bytes.EqualFold(b[:len(name)], name) &&
		(isSpace(b[len(name)]) || b[len(name)] == '/' || b[len(name)] == '>')
}

// scriptEnd returns the offset of the end tag of the script whose content
// begins at from, or -1. Within <!-- and --> a script element may hold another
// (HTML standard, 13.2.5.20 and after).
func scriptEnd(src []byte, from int) int {
	script := []byte("script")
	escaped, double := false, false
	for i := from; i < len(src); i++ {
		b := src[i:]
		switch {
		case b[0] == '-' && escaped && bytes.HasPrefix(b, []byte("-->")):
			escaped, double = false, false
		case b[0] != '<':
		case bytes.HasPrefix(b, []byte("<!--")) && !escaped:
			escaped = true
			i++ // its dashes may be those of -->
		case len(b) > 1 && b[1] == '/' && isTagName(b[2:], script):
			if !double {
				return i
			}
			double = false
		case escaped && isTagName(b[1:], script):
			double = true
		}
	}
	return -1
}

// embedded returns the function that minifies the content of the script or
// style element in h.tag, the element's name for messages, and the kind of content
// that is likely the same on many pages.
func (h *htmlMinifier) embedded(name []byte) (minify func(dst, src []byte) ([]byte, error), what, kind string) {
	mediatype, known := h.attr("type")
	mediatype = strings.ToLower(strings.TrimSpace(mediatype))
	switch string(name) {
	case "style":
		if !h.opt.SkipCSS && (mediatype == "" || mediatype == typeCSS) {
			return h.m.appendCSS, "style", typeCSS
		}
	case "script":
		language, hasLanguage := h.attr("language")
		if !known && hasLanguage && language != "" {
			mediatype = "text/" + strings.ToLower(language)
		}
		switch {
		case !h.opt.SkipJS && isJavaScript(mediatype):
			if _, external := h.attr("src"); !external { // else it is no code
				return h.m.appendJS, "script", typeJS
			}
		case !h.opt.SkipJSON && isJSON(mediatype):
			return appendJSON, "script", ""
		}
	}
	return nil, "", ""
}

// attr returns the value of the attribute with the lower-case name, as it is
// in the source.
func (h *htmlMinifier) attr(name string) (value string, ok bool) {
	for _, a := range h.tag.attrs {
		if bytes.EqualFold(h.src[a.name.start:a.name.end], []byte(name)) {
			return string(h.src[a.value.start:a.value.end]), true
		}
	}
	return "", false
}

// isJavaScript reports whether a script element with the type holds code
// (MIME Sniffing standard, 4.6, and modules).
func isJavaScript(mediatype string) bool {
	switch mediatype {
	case "", "module", "text/javascript", "application/javascript", "application/ecmascript",
		"application/x-ecmascript", "application/x-javascript", "text/ecmascript", "text/jscript",
		"text/livescript", "text/x-ecmascript", "text/x-javascript", "text/javascript1.0",
		"text/javascript1.1", "text/javascript1.2", "text/javascript1.3", "text/javascript1.4",
		"text/javascript1.5":
		return true
	}
	return false
}

// isJSON reports whether a script element with the type holds JSON.
func isJSON(mediatype string) bool {
	switch mediatype {
	case "importmap", "speculationrules", "application/json", "text/json":
		return true
	}
	return strings.HasPrefix(mediatype, "application/") && strings.HasSuffix(mediatype, "+json")
}
