package exec

import (
	htmltemplate "html/template"
	"reflect"
	"strconv"
	"strings"
)

// Names that html/template gives its functions.
const (
	escaperPrefix = "_html_template_"
	evalArgs      = "_eval_args_"
)

// escaping is what html/template has put at the end of a pipeline.
type escaping struct {
	chain []escaper // nil if there is none that this package knows
	from  int       // the first command of it
}

// escaper is a function of html/template's.
type escaper uint8

const (
	htmlEscaper escaper = iota
	attrEscaper
	rcdataEscaper
	nospaceEscaper
	urlFilter
	urlNormalizer
	urlEscaper
)

var escapers = map[string]escaper{
	escaperPrefix + "htmlescaper":    htmlEscaper,
	escaperPrefix + "attrescaper":    attrEscaper,
	escaperPrefix + "rcdataescaper":  rcdataEscaper,
	escaperPrefix + "nospaceescaper": nospaceEscaper,
	escaperPrefix + "urlfilter":      urlFilter,
	escaperPrefix + "urlnormalizer":  urlNormalizer,
	escaperPrefix + "urlescaper":     urlEscaper,
}

// escaping returns the escapers at the end of a pipeline.
func (c *compiler) escaping(p *pipeline) escaping {
	e := escaping{from: len(p.cmds)}
	for e.from > 1 && c.isEscaper(&p.cmds[e.from-1]) {
		e.from--
	}
	for i := range p.cmds[e.from:] {
		esc, ok := escapers[c.prog.funcs[p.cmds[e.from+i].first.number]]
		if !ok {
			return escaping{}
		}
		e.chain = append(e.chain, esc)
	}
	return e
}

func (c *compiler) isEscaper(cmd *command) bool {
	return cmd.first.kind == opFunc && len(cmd.args) == 0 && strings.HasPrefix(c.prog.funcs[cmd.first.number], escaperPrefix)
}

// escaped writes the value of an action whose pipeline ends in escapers.
func (s *state) escaped(n *actionNode, dot reflect.Value) {
	s.at = n.pipe.at
	var v reflect.Value
	for i := range n.pipe.cmds[:n.esc.from] {
		v = s.command(&n.pipe.cmds[i], dot, v)
	}
	if text, kind := s.text(v); kind != noText {
		if text, ok := s.escape(n.esc.chain, text, kind); ok {
			s.write(text)
			return
		}
	}
	rest := n.pipe.cmds[n.esc.from:]
	for i := range rest {
		v = s.command(&rest[i], dot, v)
	}
	s.print(n.at, v)
}

// textKind is what html/template distinguishes of texts in the contexts of escapers.
type textKind uint8

const (
	noText textKind = iota
	plainText
	htmlText
	urlText
)

var (
	htmlType = reflect.TypeFor[htmltemplate.HTML]()
	urlType  = reflect.TypeFor[htmltemplate.URL]()
)

// text returns the text that html/template has for a value, if it is a string or a number without methods, or nothing.
func (s *state) text(v reflect.Value) (string, textKind) {
	switch v.Kind() {
	case reflect.Invalid:
		return "", plainText
	case reflect.String:
		switch t := v.Type(); {
		case t == stringType:
			return v.String(), plainText
		case t == htmlType:
			return v.String(), htmlText
		case t == urlType:
			return v.String(), urlText
		case t.NumMethod() == 0:
			return v.String(), plainText
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if v.Type().NumMethod() == 0 {
			return strconv.FormatInt(v.Int(), 10), plainText
		}
	case reflect.Bool:
		if v.Type().NumMethod() == 0 {
			return strconv.FormatBool(v.Bool()), plainText
		}
	}
	return "", noText
}

// escape is what a chain of escapers makes of a text. It is not ok for what only the standard library can tell.
func (s *state) escape(chain []escaper, text string, kind textKind) (out string, ok bool) {
	for _, e := range chain {
		switch e {
		case htmlEscaper:
			if kind != htmlText {
				text = s.replace(text, htmlEntity)
			}
		case attrEscaper:
			if kind == htmlText {
				if strings.IndexByte(text, '<') >= 0 {
					return "", false
				}
				text = s.replace(text, normEntity)
			} else {
				text = s.replace(text, htmlEntity)
			}
		case rcdataEscaper:
			if kind == htmlText {
				text = s.replace(text, normEntity)
			} else {
				text = s.replace(text, htmlEntity)
			}
		case nospaceEscaper:
			if text == "" || kind == htmlText || !isASCII(text) {
				return "", false
			}
			text = s.replace(text, nospaceEntity)
		case urlFilter:
			if kind != urlText && !safeURL(text) {
				return "", false
			}
		case urlNormalizer:
			text = s.percent(text, true)
		case urlEscaper:
			text = s.percent(text, kind == urlText)
		}
		kind = plainText
	}
	return text, true
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// safeURL reports whether a URL has no scheme, or a harmless one.
func safeURL(url string) bool {
	scheme, _, ok := strings.Cut(url, ":")
	if !ok || strings.Contains(scheme, "/") {
		return true
	}
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "mailto")
}

// replace replaces bytes by what entity has for them; "" keeps a byte.
func (s *state) replace(text string, entity func(c byte) string) string {
	done, buf := 0, s.scratch[:0]
	for i := range len(text) {
		if with := entity(text[i]); with != "" {
			buf = append(append(buf, text[done:i]...), with...)
			done = i + 1
		}
	}
	if done == 0 {
		return text
	}
	buf = append(buf, text[done:]...)
	s.scratch = buf
	return string(buf)
}

// htmlEntity is for text, and for values of attributes in quotes.
func htmlEntity(c byte) string {
	if c == '&' {
		return "&amp;"
	}
	return normEntity(c)
}

// normEntity leaves entities as they are.
func normEntity(c byte) string {
	switch c {
	case 0:
		return "\uFFFD"
	case '"':
		return "&#34;"
	case '\'':
		return "&#39;"
	case '+':
		return "&#43;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	}
	return ""
}

// nospaceEntity is for values of attributes without quotes.
func nospaceEntity(c byte) string {
	switch c {
	case 0:
		return "&#xfffd;"
	case '\t':
		return "&#9;"
	case '\n':
		return "&#10;"
	case '\v':
		return "&#11;"
	case '\f':
		return "&#12;"
	case '\r':
		return "&#13;"
	case ' ':
		return "&#32;"
	case '=':
		return "&#61;"
	case '`':
		return "&#96;"
	}
	return htmlEntity(c)
}

// percent encodes the bytes that a URL, or a part of one, may not have as they are.
func (s *state) percent(url string, whole bool) string {
	const hex = "0123456789abcdef"
	done, buf := 0, s.scratch[:0]
	for i := range len(url) {
		c := url[i]
		if inURL(c, whole) || c == '%' && whole && i+2 < len(url) && isHex(url[i+1]) && isHex(url[i+2]) {
			continue
		}
		buf = append(append(buf, url[done:i]...), '%', hex[c>>4], hex[c&15])
		done = i + 1
	}
	if done == 0 {
		return url
	}
	buf = append(buf, url[done:]...)
	s.scratch = buf
	return string(buf)
}

func inURL(c byte, whole bool) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	switch c {
	case '-', '.', '_', '~':
		return true
	case '!', '#', '$', '&', '*', '+', ',', '/', ':', ';', '=', '?', '@', '[', ']':
		return whole
	}
	return false
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
