package insert

import "strings"

// ExpandHTML is ExpandString for a text that is HTML. In a tag, where HTML means nothing, a marker becomes
// the text of its HTML, so that no value of an attribute ends with it.
func ExpandHTML(text string, html []string) string {
	if !strings.ContainsAny(text, string([]byte{Open, Close})) {
		return text
	}
	var out strings.Builder
	for text != "" {
		end := tagStart(text)
		out.WriteString(ExpandString(text[:end], html))
		text = text[end:]
		end = tagEnd(text)
		expandTag(&out, text[:end], html)
		code := codeLength(text[:end], text[end:])
		out.WriteString(ExpandString(text[end:end+code], html))
		text = text[end+code:]
	}
	return out.String()
}

// codeLength returns how long the script or the style sheet behind a tag is, in which < begins no tag.
func codeLength(tag, rest string) int {
	for _, name := range []string{"script", "style"} {
		if len(tag) > len(name)+1 && strings.EqualFold(tag[1:len(name)+1], name) && !isLetter(tag[len(name)+1]) {
			if i := strings.Index(strings.ToLower(rest), "</"+name); i >= 0 {
				return i
			}
		}
	}
	return 0
}

// expandTag appends a tag.
func expandTag(out *strings.Builder, tag string, html []string) {
	for {
		at := strings.IndexAny(tag, string([]byte{Open, Close}))
		if at < 0 {
			out.WriteString(tag)
			return
		}
		out.WriteString(tag[:at])
		i, length, ok := At(tag[at:])
		if ok && i < len(html) {
			writeText(out, html[i])
		}
		tag = tag[at+max(length, 1):]
	}
}

// inTag escapes text so that it can stand in a tag, in quotes or not. References stay.
var inTag = strings.NewReplacer(`"`, "&#34;", "'", "&#39;", "<", "&lt;", ">", "&gt;", "`", "&#96;", "=", "&#61;",
	" ", "&#32;", "\t", "&#9;", "\n", "&#10;", "\f", "&#12;", "\r", "&#13;", "/", "&#47;")

// writeText appends the text of HTML, for a tag.
func writeText(out *strings.Builder, html string) {
	for html != "" {
		end := tagStart(html)
		inTag.WriteString(out, html[:end])
		html = html[end:]
		html = html[tagEnd(html):]
	}
}

// tagStart returns where the first tag of html begins; its length if there is none.
func tagStart(html string) int {
	for at := 0; ; at++ {
		i := strings.IndexByte(html[at:], '<')
		if i < 0 || at+i+1 == len(html) {
			return len(html)
		}
		if at += i; isLetter(html[at+1]) || html[at+1] == '/' || html[at+1] == '!' {
			return at
		}
	}
}

// tagEnd returns the length of the tag, or of the comment, with which html begins.
func tagEnd(html string) int {
	if strings.HasPrefix(html, "<!--") {
		if i := strings.Index(html, "-->"); i >= 0 {
			return i + len("-->")
		}
		return len(html)
	}
	quote := byte(0)
	for i := range len(html) {
		switch c := html[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return len(html)
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
