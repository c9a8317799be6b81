package jam

import (
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	texttemplate "text/template"

	"github.com/jam-go/jam/internal/builtin"
	"github.com/jam-go/jam/internal/exec"
	"github.com/jam-go/jam/internal/funcs"
)

// addPageFuncs adds the functions that depend on the page being rendered.
func (b binding) addPageFuncs(all texttemplate.FuncMap) {
	urls := all["urls"].(func() funcs.URLs)()
	lang := all["lang"].(func() funcs.Lang)()
	transform := all["transform"].(func() funcs.Transform)()
	queries := pageCollections{all["collections"].(func() funcs.Collections)(), b}
	queries.addTo(all)
	maps.Copy(all, texttemplate.FuncMap{
		"page":        b.page,
		"site":        b.site,
		"hugo":        func() hugoInfo { return hugoInfo{b} },
		"absURL":      b.absURL,
		"relURL":      b.relURL,
		"absLangURL":  b.absLangURL,
		"relLangURL":  b.relLangURL,
		"i18n":        b.translate,
		"T":           b.translate,
		"group":       group,
		"ref":         b.absRef,
		"relref":      b.relRef,
		"markdownify": b.markdownify,
		"highlight":   b.highlight,
		"head":        headFunc,
		"urls":        func() pageURLs { return pageURLs{urls, b} },
		"lang":        func() pageLang { return pageLang{lang, b} },
		"transform":   func() pageTransform { return pageTransform{transform, b} },
		"collections": func() pageCollections { return queries },
		"qr":          qr,
		"reflect":     func() pageReflect { return pageReflect{} },
		"images":      func() imageFuncs { return imageFuncs{} },
		"searchForm":  b.searchForm,
		"readFile":    b.readFile,
		"fileExists":  b.fileExists,
		"os":          func() osFuncs { return osFuncs{b} },
	})
}

func (b binding) absURL(v any) (string, error) { return textTo(v, b.page().v.absURL) }
func (b binding) relURL(v any) (string, error) { return textTo(v, b.page().v.relURL) }

func (b binding) absLangURL(v any) (string, error) {
	return textTo(v, func(u string) string { return b.page().v.absURL(b.inLanguage(u)) })
}

func (b binding) relLangURL(v any) (string, error) {
	return textTo(v, func(u string) string { return b.page().v.relURL(b.inLanguage(u)) })
}

func (b binding) absRef(from, to any) (string, error) { return b.ref(from, to, (*Page).Permalink) }
func (b binding) relRef(from, to any) (string, error) { return b.ref(from, to, (*Page).RelPermalink) }

// markdownify renders a fragment of Markdown in the page's context.
func (b binding) markdownify(v any) (template.HTML, error) { return textTo(v, b.page().markdownify) }

// inLanguage puts the folder of the page's language before a URL of the site.
func (b binding) inLanguage(u string) string {
	prefix := b.site().LanguagePrefix()
	if prefix == "" || isAbsoluteURL(u) {
		return u
	}
	return prefix + "/" + strings.TrimPrefix(u, "/")
}

// translate is [Site.Translate].
func (b binding) translate(id any, data ...any) (string, error) {
	name, ok := id.(string)
	if !ok {
		return "", fmt.Errorf("want a message's id, have %s", typeName(id))
	}
	if len(data) > 1 {
		return "", fmt.Errorf("want a message's id and one value for it, have %d values", len(data))
	}
	text, err := b.site().Translate(name, data...)
	if e, ok := err.(*Error); ok && errors.Is(err, fs.ErrNotExist) {
		b.page().v.warn(e)
		return "", nil
	}
	return text, err
}

// highlight renders code in a language as a fenced code block is, with options as "linenos=table, hl_lines=2-3" or a
// map of such, whose key type is the language.
func (b binding) highlight(code, lang any, options ...any) (template.HTML, error) {
	html, problems, err := b.highlighted(code, lang, options...)
	if len(problems) > 0 && b.page().v.run == nil { // the options are those of a layout
		return "", problems[0]
	}
	for _, problem := range problems {
		b.page().warnOfFragment("markdown", problem)
	}
	return html, err
}

// highlighted is highlight with what is wrong with the options.
func (b binding) highlighted(code, lang any, options ...any) (_ template.HTML, problems []error, _ error) {
	text, ok := stringOf(code)
	if !ok {
		return "", nil, fmt.Errorf("want code as text, have %s", typeName(code))
	}
	if m, ok := lang.(map[string]any); ok { // the language is among the options, or there is none
		lang, options = nil, append([]any{m}, options...)
	}
	name, ok := stringOf(lang)
	if !ok && lang != nil {
		return "", nil, fmt.Errorf("want the name of a language, have %s", typeName(lang))
	}
	var opts []string
	for _, o := range options {
		switch o := o.(type) {
		case nil:
		case map[string]string:
			for _, key := range slices.Sorted(maps.Keys(o)) {
				opts = append(opts, key+"="+strconv.Quote(o[key]))
			}
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(o)) {
				if err := exec.Printable(o[key]); err != nil {
					return "", nil, fmt.Errorf("option %s: %w", key, err)
				}
				if strings.EqualFold(key, "type") {
					name = fmt.Sprint(o[key])
					continue
				}
				opts = append(opts, key+"="+strconv.Quote(fmt.Sprint(o[key])))
			}
		default:
			s, ok := stringOf(o)
			if !ok {
				return "", nil, fmt.Errorf("want options as text or a map, have %s", typeName(o))
			}
			if strings.TrimSpace(s) != "" {
				opts = append(opts, s)
			}
		}
	}
	inline := false
	opts = slices.DeleteFunc(opts, func(o string) bool {
		m := inlineOption.FindStringSubmatch(o)
		inline = inline || m != nil && m[1] == "true"
		return m != nil && m[0] == o
	})
	p := b.page()
	html, found, err := p.v.snap.engine(p.d).Code(p.v.context(), p.code(text), name, strings.Join(opts, ","))
	for i := range found {
		problems = append(problems, found[i].Err)
	}
	if inline {
		html = inlineCode(html)
	}
	return template.HTML(html), problems, err
}

// inlineOption asks for code within a line.
var inlineOption = regexp.MustCompile(`(?i)\bhl_inline\s*=\s*"?(true|false)"?`)

// inlineCode returns the code element of a code block.
func inlineCode(html string) string {
	from, to := strings.Index(html, "<code"), strings.LastIndex(html, "</code>")
	if from < 0 || to < from {
		return html
	}
	code := html[from:to]
	return strings.TrimRight(code, "\n") + "</code>"
}

// stringOf returns the text of a string of any type.
func stringOf(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case template.HTML:
		return string(v), true
	case template.JS:
		return string(v), true
	case template.CSS:
		return string(v), true
	}
	return "", false
}

// qr writes the code of a text.
func qr(text any, options ...map[string]any) (template.HTML, error) {
	s, err := textTo(text, func(s string) string { return s })
	if err != nil {
		return "", err
	}
	return builtin.QR(s, options...)
}

// textTo calls f with the text of an argument: that of a string of any type, a number, an error, or what
// has a String method, but not of a page, a resource, a list or a map.
func textTo[T any](v any, f func(string) T) (T, error) {
	if text, ok := stringOf(v); ok {
		return f(text), nil
	}
	text, err := funcs.Cast{}.ToString(v)
	if err != nil || isOfSite(v) {
		var none T
		return none, fmt.Errorf("want text, have %s", typeName(v))
	}
	return f(text), nil
}

// isOfSite tells a part of a site, such as a page, from values.
func isOfSite(v any) bool {
	t := reflect.TypeOf(v)
	return t != nil && t.Kind() == reflect.Pointer && t.Elem().PkgPath() == reflect.TypeFor[Page]().PkgPath()
}

// typeName is what messages call the type of a value of a template.
func typeName(v any) string {
	if v == nil {
		return "nil"
	}
	return strings.ReplaceAll(fmt.Sprintf("%T", v), "interface {}", "any")
}

// group is the function of that name: the pages that share a key.
func group(key any, pages any) (PageGroup, error) {
	ps, ok := pages.(Pages)
	if !ok && pages != nil {
		return PageGroup{}, fmt.Errorf("want pages, have %s", typeName(pages))
	}
	return PageGroup{Key: key, Pages: ps}, nil
}

// pageURLs is the name space urls.
type pageURLs struct {
	funcs.URLs
	b binding
}

// AbsURL is absURL.
func (u pageURLs) AbsURL(v any) (string, error) { return u.b.absURL(v) }

// RelURL is relURL.
func (u pageURLs) RelURL(v any) (string, error) { return u.b.relURL(v) }

// AbsLangURL is absLangURL.
func (u pageURLs) AbsLangURL(v any) (string, error) { return u.b.absLangURL(v) }

// RelLangURL is relLangURL.
func (u pageURLs) RelLangURL(v any) (string, error) { return u.b.relLangURL(v) }

// Ref is ref.
func (u pageURLs) Ref(from, to any) (string, error) { return u.b.absRef(from, to) }

// RelRef is relref.
func (u pageURLs) RelRef(from, to any) (string, error) { return u.b.relRef(from, to) }

// pageLang is the name space lang.
type pageLang struct {
	funcs.Lang
	b binding
}

// Translate is i18n.
func (l pageLang) Translate(id any, data ...any) (string, error) { return l.b.translate(id, data...) }

// Merge returns the pages of the first list, and of the second those that the first has no translation of.
func (l pageLang) Merge(other, pages Pages) Pages {
	have := make(map[string]bool, len(pages))
	for _, p := range pages {
		have[p.read(facetPlace|facetExtra).translationKey()] = true
	}
	out := slices.Clone(pages)
	for _, p := range other {
		if !have[p.read(facetPlace|facetExtra).translationKey()] {
			out = append(out, p)
		}
	}
	return out
}

// pageTransform is the name space transform.
type pageTransform struct {
	funcs.Transform
	b binding
}

// Markdownify is markdownify.
func (t pageTransform) Markdownify(v any) (template.HTML, error) { return t.b.markdownify(v) }

// Highlight is highlight.
func (t pageTransform) Highlight(code, lang any, options ...any) (template.HTML, error) {
	return t.b.highlight(code, lang, options...)
}

// HighlightedCode is a code block of a render hook, rendered.
type HighlightedCode struct{ wrapped template.HTML }

// Wrapped returns the code with the elements around it.
func (h HighlightedCode) Wrapped() template.HTML { return h.wrapped }

// Inner returns the code without the elements around it.
func (h HighlightedCode) Inner() template.HTML {
	code := inlineCode(string(h.wrapped))
	if from := strings.IndexByte(code, '>'); strings.HasPrefix(code, "<code") && from >= 0 {
		return template.HTML(strings.TrimSuffix(code[from+1:], "</code>"))
	}
	return h.wrapped
}

// HighlightCodeBlock renders the code block of a render hook.
func (t pageTransform) HighlightCodeBlock(c *CodeBlockElement, options ...any) (HighlightedCode, error) {
	if c == nil {
		return HighlightedCode{}, errors.New("want a code block, have none")
	}
	opts := options
	if len(c.Options) > 0 {
		opts = append([]any{c.Options}, options...)
	}
	if len(options) == 0 {
		html, _, err := t.b.highlighted(c.Inner, c.Type, opts...) // what is wrong with the fence is said of the page
		return HighlightedCode{html}, err
	}
	html, err := t.b.highlight(c.Inner, c.Type, opts...)
	return HighlightedCode{html}, err
}

// CanHighlight reports whether code in a language is coloured.
func (t pageTransform) CanHighlight(lang string) bool {
	for _, ext := range t.b.set().Markdown.Extensions {
		if h, ok := ext.(interface{ CanHighlight(lang string) bool }); ok {
			return h.CanHighlight(lang)
		}
	}
	return false
}

// imageFuncs is the name space images.
type imageFuncs struct{}

// QR is qr.
func (imageFuncs) QR(text any, options ...map[string]any) (template.HTML, error) {
	return qr(text, options...)
}

// hugoVersion is the version of Hugo whose functions the library has.
const hugoVersion = "0.165.0"

// hugoInfo is what the function hugo returns, for templates that ask.
type hugoInfo struct{ b binding }

// Version returns the version of Hugo whose template functions those of jam follow.
func (hugoInfo) Version() string { return hugoVersion }

// Generator returns a meta element that names the generator.
func (hugoInfo) Generator() template.HTML { return `<meta name="generator" content="jam">` }

// Environment returns "production": the output is meant to be published.
func (hugoInfo) Environment() string { return "production" }

// IsProduction reports true.
func (hugoInfo) IsProduction() bool { return true }

// IsDevelopment reports false.
func (hugoInfo) IsDevelopment() bool { return false }

// IsServer reports false.
func (hugoInfo) IsServer() bool { return false }

// IsExtended reports false.
func (hugoInfo) IsExtended() bool { return false }

// IsMultihost reports false: all languages share a host.
func (hugoInfo) IsMultihost() bool { return false }

// IsMultilingual reports whether the site has several languages.
func (h hugoInfo) IsMultilingual() bool { return h.b.site().IsMultilingual() }

// Data returns [Site.Data].
func (h hugoInfo) Data() map[string]any { return h.b.site().Data() }

// Sites returns [Site.Sites].
func (h hugoInfo) Sites() []*Site { return h.b.site().Sites() }
