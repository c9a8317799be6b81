package layouts

import (
	htmltemplate "html/template"
	"strconv"
	"strings"
	"text/template/parse"
)

// escapeError handles an error of html/template's contextual escaping.
func escapeError(t *Template, err *htmltemplate.Error) *Error {
	out := &Error{File: t.fileOf(err.Name).path, Err: &wordedError{describe(err), err}}
	if err.Node != nil {
		place, _ := (*parse.Tree)(nil).ErrorContext(err.Node)
		if id, line, column, _, ok := splitPlace(place); ok {
			if f := t.eng.byID[id]; f != nil {
				return f.errorAt(lineOffset(f.src, line)+column, out.Err)
			}
		}
	}
	if f, offset, ok := quoted(t, err.Description); ok {
		return f.errorAt(offset, out.Err)
	}
	if f := t.fileOf(err.Name); err.ErrorCode == htmltemplate.ErrEndContext {
		if offset := f.last(opening(out.Err.Error())); offset >= 0 {
			return f.errorAt(offset, out.Err)
		}
	}
	out.Line = err.Line
	return out
}

// describe puts the states of the escaper into words.
func describe(err *htmltemplate.Error) string {
	switch err.ErrorCode {
	case htmltemplate.ErrEndContext:
		if _, state, ok := strings.Cut(err.Description, ": {"); ok {
			return "the template ends " + stateName(state)
		}
	case htmltemplate.ErrBranchEnd:
		intro, states, _ := strings.Cut(err.Description, ": {")
		if first, second, ok := strings.Cut(states, "}, {"); ok {
			return intro + ": one " + stateName(first) + ", one " + stateName(second)
		}
	case htmltemplate.ErrOutputContext:
		return "a template that calls itself must end in the HTML context in which it began"
	}
	return err.Description
}

// stateName says where a state of the escaper, "stateTag delimNone …", is.
func stateName(s string) string {
	for _, known := range []struct{ prefix, name string }{
		{"stateText", "in text"},
		{"stateRCDATA", "inside <title> or <textarea>"},
		{"stateHTMLCmt", "inside a comment"},
	} {
		if strings.HasPrefix(s, known.prefix) {
			return known.name
		}
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(s, "state"), " ")
	switch {
	case !strings.Contains(s, "delimNone"), name == "Tag", strings.HasPrefix(name, "Attr"), name == "AfterName", name == "BeforeValue":
		return "inside a tag"
	case strings.HasPrefix(name, "JS"):
		return partOf(name) + "inside <script>"
	case strings.HasPrefix(name, "CSS"):
		return partOf(name) + "inside <style>"
	}
	return "inside an element"
}

// partOf says what of a script or a style sheet a state is in.
func partOf(state string) string {
	switch {
	case strings.HasSuffix(state, "Cmt"):
		return "in a comment "
	case strings.HasSuffix(state, "Str"):
		return "in a string "
	case strings.HasSuffix(state, "TmplLit"):
		return "in a template literal "
	case strings.HasSuffix(state, "Regexp"):
		return "in a regular expression "
	case strings.HasSuffix(state, "URL"):
		return "in a URL "
	}
	return ""
}

// opening returns what begins the place that a message names, where a template ends that
// ought to go on.
func opening(message string) string {
	for _, known := range []string{"<script", "<style", "<![CDATA[", "<?"} {
		if strings.Contains(message, known) {
			return known
		}
	}
	switch {
	case strings.HasSuffix(message, "<textarea>"):
		return "<t"
	case strings.HasSuffix(message, "comment"):
		return "<!--"
	case strings.HasSuffix(message, "string"):
		return `"`
	}
	return "<"
}

// last returns the offset at which text stands for the last time outside of actions, or -1.
func (f *file) last(text string) int {
	src := []byte(f.src)
	for _, a := range actions(f.src) {
		for i := a.start; i < a.end; i++ {
			src[i] = ' '
		}
	}
	for i, c := range src { // in place: offsets must stay
		if 'A' <= c && c <= 'Z' {
			src[i] += 'a' - 'A'
		}
	}
	return strings.LastIndex(string(src), strings.ToLower(text))
}

// quoted finds the piece of source that a description of bad HTML quotes, if
// there is just one: such errors have no place of their own.
func quoted(t *Template, description string) (f *file, offset int, ok bool) {
	i := strings.Index(description, `: "`)
	if i < 0 {
		return nil, 0, false
	}
	text, err := strconv.Unquote(description[i+2:])
	if err != nil || text == "" {
		return nil, 0, false
	}
	for _, p := range t.parts {
		if p.file == f {
			continue
		}
		switch strings.Count(p.file.src, text) {
		case 0:
		case 1:
			if f != nil {
				return nil, 0, false
			}
			f, offset = p.file, strings.Index(p.file.src, text)
		default:
			return nil, 0, false
		}
	}
	return f, offset, f != nil
}
