package funcs

import "html/template"

// Safe is the namespace safe. Its functions mark text from a trusted source
// as safe in one context of html/template, which then doesn't escape it.
type Safe struct{}

// CSS marks a style sheet, rule, declaration or value: safeCSS INPUT.
func (Safe) CSS(in any) (template.CSS, error) {
	s, err := text("safeCSS", in)
	return template.CSS(s), err
}

// HTML marks a fragment of HTML: safeHTML INPUT.
func (Safe) HTML(in any) (template.HTML, error) {
	s, err := text("safeHTML", in)
	return template.HTML(s), err
}

// HTMLAttr marks an attribute with its value: safeHTMLAttr INPUT.
func (Safe) HTMLAttr(in any) (template.HTMLAttr, error) {
	s, err := text("safeHTMLAttr", in)
	return template.HTMLAttr(s), err
}

// JS marks a JavaScript expression: safeJS INPUT.
func (Safe) JS(in any) (template.JS, error) {
	s, err := text("safeJS", in)
	return template.JS(s), err
}

// JSStr marks the text between the quotes of a JavaScript string: safeJSStr INPUT.
func (Safe) JSStr(in any) (template.JSStr, error) {
	s, err := text("safeJSStr", in)
	return template.JSStr(s), err
}

// URL marks a URL or a part of one: safeURL INPUT.
func (Safe) URL(in any) (template.URL, error) {
	s, err := text("safeURL", in)
	return template.URL(s), err
}
