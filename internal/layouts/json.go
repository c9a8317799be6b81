package layouts

import (
	"errors"
	htmltemplate "html/template"
	"strconv"
	texttemplate "text/template"
)

// The state of JSON text (RFC 8259) is a mode and the arrays and objects that
// are open: a bit for each, the innermost last, behind a bit that ends them. No
// bits at all: they are not known.
const (
	beforeValue state = iota // at the beginning, after [ or {
	afterComma
	afterColon
	afterValue
	inString
	afterBackslash

	modeBits = 3
	modeMask = 1<<modeBits - 1
	maxStack = 1 << 58
)

// Containers.
const (
	anyContainer = iota
	inArray
	inObject
)

// jsonLanguage is JSON.
type jsonLanguage struct{}

// container returns the innermost one.
func container(s state) int {
	switch s >>= modeBits; {
	case s <= 1:
		return anyContainer
	case s&1 == 1:
		return inObject
	}
	return inArray
}

// open returns the state after the bracket of a container.
func open(s, bit state) state {
	stack := max(s>>modeBits, 1)
	if stack = stack<<1 | bit; stack >= maxStack {
		stack = 0
	}
	return stack << modeBits // and beforeValue, which is 0
}

// closed returns the state after a closing bracket.
func closed(s state) state {
	stack := s >> modeBits
	if stack <= 3 {
		return afterValue
	}
	return stack>>1<<modeBits | afterValue
}

func withMode(s, mode state) state { return s&^modeMask | mode }

func (jsonLanguage) text(s state, text string) state {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch mode := s & modeMask; {
		case mode == afterBackslash:
			s = withMode(s, inString)
		case mode == inString && c == '\\':
			s = withMode(s, afterBackslash)
		case mode == inString && c == '"':
			s = withMode(s, afterValue)
		case mode == inString:
		default:
			s = outside(s, c)
		}
	}
	return s
}

// outside returns the state after a character outside of strings.
func outside(s state, c byte) state {
	switch c {
	case ' ', '\t', '\r', '\n':
		return s
	case '"':
		return withMode(s, inString)
	case '[':
		return open(s, 0)
	case '{':
		return open(s, 1)
	case ']', '}':
		return closed(s)
	case ',':
		return withMode(s, afterComma)
	case ':':
		return withMode(s, afterColon)
	}
	return withMode(s, afterValue)
}

// What a string may be, beside a single value, when it is printed outside of
// a JSON string.
const (
	elements  = 1 << iota // several values
	members               // names with values
	nothing               // empty
	marks                 // commas and brackets
	onlyNames             // not even a number: a member's name
	allUses   = 1 << iota
)

func (jsonLanguage) action(s state, t trust, next byte) (string, state, error) {
	mode, after := s&modeMask, withMode(s, afterValue)
	switch {
	case mode == afterBackslash:
		return "", withMode(s, inString), errors.New(`an action right after a backslash in a JSON string`)
	case mode == inString && t == marked:
		return fnJSON + "jsstr", s, nil
	case mode == inString:
		return fnJSON + "text", s, nil
	case t == encoded:
		return fnJSON + "composed", after, nil
	case t == composed || t == marked:
		// It may end anywhere.
		return fnJSON + "composed", withMode(s, beforeValue), nil
	case t == goQuoted:
		return fnJSON + "quoted", after, nil
	case t == silent:
		return fnJSON + strconv.Itoa(nothing), s, nil
	}
	return fnJSON + strconv.Itoa(allowed(s, next)), after, nil
}

// allowed returns what a string may be in s.
func allowed(s state, next byte) int {
	mode, may := s&modeMask, 0
	if mode == afterColon {
		return may
	}
	switch container(s) {
	case inArray:
		may = elements
	case inObject:
		if next == ':' {
			return onlyNames
		}
		may = members
	default:
		may = elements | members
	}
	if mode == afterValue {
		return may | nothing | marks
	}
	switch next {
	case 0, ',':
		return may
	case ']', '}':
		if mode == afterComma {
			return may
		}
	}
	return may | nothing
}

func (jsonLanguage) takesConstant(s state, _ bool) bool {
	return s&modeMask != inString && s&modeMask != afterBackslash
}

// join is strict about strings only: what is printed decides about the rest.
func (jsonLanguage) join(a, b state) (state, bool) {
	ma, mb := a&modeMask, b&modeMask
	stack := a &^ modeMask
	if stack != b&^modeMask {
		stack = 0
	}
	switch {
	case ma == mb:
		return stack | ma, true
	case ma >= inString || mb >= inString:
		return a, false
	case ma == afterColon || mb == afterColon:
		return stack | afterColon, true
	}
	return stack | min(ma, mb), true
}

// enter keeps the innermost container, so that a template that calls itself
// deeper and deeper is in one of few states.
func (jsonLanguage) enter(s state) state {
	switch container(s) {
	case inArray:
		return 2<<modeBits | s&modeMask
	case inObject:
		return 3<<modeBits | s&modeMask
	}
	return s & modeMask
}

func (l jsonLanguage) leave(s, end state) state {
	if end == dead {
		return dead
	}
	if l.enter(s)&^modeMask == end&^modeMask {
		return withMode(s, end&modeMask)
	}
	return end & modeMask
}

func (jsonLanguage) describe(s state) string {
	if s&modeMask >= inString {
		return "inside a string"
	}
	return ""
}

func (jsonLanguage) funcs() texttemplate.FuncMap {
	m := texttemplate.FuncMap{
		fnJSON + "text":  func(v any) string { return jsonString(textOf(v)) },
		fnJSON + "jsstr": jsStr,
		fnJSON + "composed": func(v any) (string, error) {
			if s, ok := typedText(v); ok {
				return s, nil
			}
			return jsonValue(v, 0)
		},
		fnJSON + "quoted": func(v any) (string, error) {
			if s, err := strconv.Unquote(textOf(v)); err == nil {
				return quoteJSON(s), nil
			}
			return jsonValue(v, 0)
		},
	}
	for may := range allUses {
		m[fnJSON+strconv.Itoa(may)] = func(v any) (string, error) { return jsonValue(v, may) }
	}
	return bounded(m)
}

// jsStr leaves alone what safeJSStr says is the content of a string.
func jsStr(v any) string {
	if s, ok := v.(htmltemplate.JSStr); ok {
		return string(s)
	}
	return jsonString(textOf(v))
}

// typedText returns the text of a type of html/template.
func typedText(v any) (string, bool) {
	switch v := v.(type) {
	case htmltemplate.HTML:
		return string(v), true
	case htmltemplate.HTMLAttr:
		return string(v), true
	case htmltemplate.JS:
		return string(v), true
	case htmltemplate.JSStr:
		return string(v), true
	}
	return "", false
}
