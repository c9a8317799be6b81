package exec

import (
	"fmt"
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

// escaping is what html/template has put at the end of a pipeline: nothing, where this package does not know it.
type escaping struct {
	chain []escaper
	from  int // the first command of it
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
			return escaping{from: len(p.cmds)}
		}
		e.chain = append(e.chain, esc)
	}
	return e
}

func (c *compiler) isEscaper(cmd *command) bool {
	return cmd.first.kind == opFunc && len(cmd.args) == 0 && strings.HasPrefix(c.prog.funcs[cmd.first.number], escaperPrefix)
}

// action writes the value of an action.
func (s *state) action(n *actionNode, dot reflect.Value) {
	s.at = n.pipe.at
	var v reflect.Value
	last := n.esc.from - 1
	for i := range n.pipe.cmds[:last] {
		v = s.command(&n.pipe.cmds[i], dot, v)
	}
	cmd := &n.pipe.cmds[last]
	c := invocation{at: cmd.at, args: cmd.args, piped: cmd.piped, bare: true, final: v, printed: true}
	v = open(s.operand(&cmd.first, &c, dot))
	s.use(v, UseAll, 0)
	s.weigh(v, asText)
	text, kind := c.text, c.kind
	// What has an address may have the methods of a pointer, which text/template looks at, and html/template not.
	if kind == noText && (len(n.esc.chain) > 0 || v.IsValid() && !v.CanAddr()) {
		text, kind = textOf(v)
	}
	if kind == noText && len(n.esc.chain) > 0 {
		text, kind = sprint(v)
		c.text, c.kind = text, kind
	}
	if kind != noText && s.writeEscaped(n.esc.chain, text, kind) {
		return
	}
	switch c.kind {
	case plainText:
		v = reflect.ValueOf(c.text)
	case htmlText:
		v = reflect.ValueOf(htmltemplate.HTML(c.text))
	}
	for i := n.esc.from; i < len(n.pipe.cmds); i++ {
		v = s.command(&n.pipe.cmds[i], dot, v)
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

// textOf returns the text that html/template has for a value, if it is a string, integer or boolean without methods, or nothing.
func textOf(v reflect.Value) (string, textKind) {
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

// sprint returns the text that html/template has for a value of another type, if that is no pointer, which it follows.
func sprint(v reflect.Value) (string, textKind) {
	x := v.Interface()
	switch x.(type) {
	case nil, htmltemplate.CSS, htmltemplate.HTML, htmltemplate.HTMLAttr, htmltemplate.JS, htmltemplate.JSStr, htmltemplate.URL, htmltemplate.Srcset:
		return "", noText
	}
	if reflect.TypeOf(x).Kind() == reflect.Pointer {
		return "", noText
	}
	return fmt.Sprint(x), plainText
}

// writeEscaped writes what a chain of escapers makes of a text. It is false for what only the standard library can tell.
func (s *state) writeEscaped(chain []escaper, text string, kind textKind) bool {
	var buf []byte // nil: nothing was replaced
	for _, e := range chain {
		if buf != nil {
			text, buf = string(buf), nil
		}
		switch e {
		case htmlEscaper:
			if kind != htmlText {
				buf = s.replace(text, &htmlEntities)
			}
		case attrEscaper:
			switch {
			case kind != htmlText:
				buf = s.replace(text, &htmlEntities)
			case strings.IndexByte(text, '<') >= 0:
				return false
			default:
				buf = s.replace(text, &normEntities)
			}
		case rcdataEscaper:
			if kind == htmlText {
				buf = s.replace(text, &normEntities)
			} else {
				buf = s.replace(text, &htmlEntities)
			}
		case nospaceEscaper:
			if text == "" || kind == htmlText || !isASCII(text) {
				return false
			}
			buf = s.replace(text, &nospaceEntities)
		case urlFilter:
			if kind != urlText && !safeURL(text) {
				return false
			}
		case urlNormalizer:
			buf = s.percent(text, true)
		case urlEscaper:
			buf = s.percent(text, kind == urlText)
		}
		kind = plainText
	}
	if buf == nil {
		s.write(text)
	} else if _, err := s.w.Write(buf); err != nil {
		panic(writeError{err})
	}
	return true
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

// entities are what stands for characters of ASCII; "" keeps one.
type entities [0x80]string

var (
	// htmlEntities are for text, and for values of attributes in quotes.
	htmlEntities = entities{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}
	// normEntities keep entities.
	normEntities = entities{0: "\uFFFD", '"': "&#34;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}
	// nospaceEntities are for values of attributes without quotes.
	nospaceEntities = entities{
		0: "&#xfffd;", '\t': "&#9;", '\n': "&#10;", '\v': "&#11;", '\f': "&#12;", '\r': "&#13;", ' ': "&#32;",
		'"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '=': "&#61;", '>': "&gt;", '`': "&#96;",
	}
)

// replace returns text with entities, until the next call, or nil if it needs none.
func (s *state) replace(text string, with *entities) []byte {
	done := 0
	var buf []byte
	for i := range len(text) {
		c := text[i]
		if c >= 0x80 || with[c] == "" {
			continue
		}
		if buf == nil {
			buf = s.scratch[:0]
		}
		buf = append(append(buf, text[done:i]...), with[c]...)
		done = i + 1
	}
	if buf == nil {
		return nil
	}
	buf = append(buf, text[done:]...)
	s.scratch = buf
	return buf
}

// percent encodes the bytes that a URL, or a part of one, may not have as they are.
// It returns nil if there are none.
func (s *state) percent(url string, whole bool) []byte {
	const hex = "0123456789abcdef"
	done := 0
	var buf []byte
	for i := range len(url) {
		c := url[i]
		if inURL(c, whole) || c == '%' && whole && i+2 < len(url) && isHex(url[i+1]) && isHex(url[i+2]) {
			continue
		}
		if buf == nil {
			buf = s.scratch[:0]
		}
		buf = append(append(buf, url[done:i]...), '%', hex[c>>4], hex[c&15])
		done = i + 1
	}
	if buf == nil {
		return nil
	}
	buf = append(buf, url[done:]...)
	s.scratch = buf
	return buf
}

// inURL reports whether a byte may stand in a URL, or, if whole is false, in a part of one.
func inURL(c byte, whole bool) bool {
	switch {
	case c-'a' < 26, c-'A' < 26, c-'0' < 10:
		return true
	case c == '/':
		return whole
	}
	return strings.IndexByte("-._~", c) >= 0 || whole && strings.IndexByte("!#$&*+,:;=?@[]", c) >= 0
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
