package layouts

import (
	"context"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"runtime"
	"strconv"
	"strings"
	texttemplate "text/template"
	"unicode/utf8"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/suggest"
)

// locate turns an error of an execution of t into an *Error with its place.
// Errors of the writer, and what already has a place, stay as they are.
func (x *executor) locate(t *Template, err error) error {
	switch err := err.(type) {
	case texttemplate.ExecError:
		return x.execError(t, err)
	case *htmltemplate.Error:
		return escapeError(t, err)
	case *outputError:
		return &Error{File: t.entry.file.path, Err: err}
	}
	return err
}

// execError handles "template: id:line:column: executing name at <context>: message".
func (x *executor) execError(t *Template, err texttemplate.ExecError) error {
	m, ok := splitExecError(err.Error())
	f := x.eng.byID[m.id]
	if !ok || f == nil {
		return &Error{File: t.entry.file.path, Err: err}
	}
	offset := lineOffset(f.src, m.line) + m.column
	m.context = writtenParams(cleanTry(wholeChain(f.src, offset, m.context)), f.src, offset)
	cause := errors.Unwrap(err.Err)
	if list, ok := cause.(Errors); ok {
		cause = list[0]
	}
	if inner, ok := cause.(*Error); ok && strings.HasPrefix(m.text, "error calling "+fnTry) {
		return inner
	} else if ok {
		at := f.errorAt(offset, nil)
		return inner.calledFrom(Call{at.File, at.Line, at.Column})
	}
	if field, receiver, ok := nilReceiver(m, cause); ok {
		return f.errorAt(fieldOffset(f.src, offset, m.context, field), nilError(m, field, receiver, cause))
	}
	if field := fieldOf(m.text); field != "" {
		offset, m.context = fieldAfter(f.src, offset, m.context, field)
		offset = fieldOffset(f.src, offset, m.context, field)
	}
	if cause != nil {
		return f.errorAt(offset, causeError(m, cause))
	}
	if strings.HasPrefix(m.text, "wrong type for value; ") {
		offset, m.context = enclosing(f.src, offset, m.context)
	}
	text := inWords(m.text)
	if field, typ, ok := unknownField(m.text); ok {
		if space, _, _ := strings.Cut(m.context, "."); isNameSpace(typ) && x.eng.known[space] {
			text = fmt.Sprintf("%s has no function %q", space, field)
		}
		text += suggest.DidYouMean(field, x.eng.fieldNames(x, typ))
	}
	return f.errorAt(offset, errors.New("at <"+cleanContext(m.context)+">: "+text))
}

// causeError keeps the error of a function or method reachable.
func causeError(m execMessage, cause error) error {
	prefix := "at <" + cleanContext(m.context) + ">: "
	intro := strings.TrimSuffix(m.text, cause.Error())
	name := strings.TrimSuffix(strings.TrimPrefix(intro, "error calling "), ": ")
	if strings.HasPrefix(name, "_layouts_") || errors.Is(cause, context.Canceled) || errors.Is(cause, context.DeadlineExceeded) {
		return cause
	}
	if isOwn(name) || errors.Is(cause, diag.ErrLimit) || saysWho(cause, name) {
		intro = "" // what is said without it says enough
	}
	if _, ok := errors.AsType[runtime.Error](cause); ok {
		cause = panicError(cause)
	}
	return fmt.Errorf("%s%s%w", prefix, intro, cause)
}

// execMessage is a message of text/template in its parts.
type execMessage struct {
	id            string
	line, column  int // column in bytes, from 0
	context, text string
}

func splitExecError(msg string) (m execMessage, ok bool) {
	msg, ok = strings.CutPrefix(msg, "template: ")
	if !ok {
		return m, false
	}
	if m.id, m.line, m.column, msg, ok = splitPlace(msg); !ok {
		return m, false
	}
	if msg, ok = strings.CutPrefix(msg, ": executing "); !ok {
		return m, false
	}
	name, err := strconv.QuotedPrefix(msg)
	if err != nil {
		return m, false
	}
	if msg, ok = strings.CutPrefix(msg[len(name):], " at <"); !ok {
		return m, false
	}
	end := contextEnd(msg)
	if end < 0 {
		return m, false
	}
	m.context, m.text = msg[:end], msg[end+len(">: "):]
	return m, true
}

// splitPlace takes "id:line:column" off the head of s.
func splitPlace(s string) (id string, line, column int, rest string, ok bool) {
	id, s, _ = strings.Cut(s, ":")
	num, s, _ := strings.Cut(s, ":")
	line, err := strconv.Atoi(num)
	if err != nil {
		return "", 0, 0, "", false
	}
	n := len(s) - len(strings.TrimLeft(s, "0123456789"))
	column, err = strconv.Atoi(s[:n])
	return id, line, column, s[n:], err == nil
}

// contextEnd returns where the context of a message ends: at the first ">: "
// outside the quotes of the template's own strings.
func contextEnd(s string) int {
	for i := 0; i < len(s); {
		switch {
		case s[i] == '"' || s[i] == '\'':
			i = quoteEnd(s, i)
		case s[i] == '`':
			j := strings.IndexByte(s[i+1:], '`')
			if j < 0 {
				return -1
			}
			i += j + 2
		case strings.HasPrefix(s[i:], ">: "):
			return i
		default:
			i++
		}
	}
	return -1
}

// maxContext is how much of an action an error repeats, in characters.
const maxContext = 80

// cleanContext drops what the escaper added to an action, and keeps it short.
func cleanContext(s string) string {
	for _, added := range []string{" | _html_template_", " | _layouts_"} {
		for {
			i := strings.Index(s, added)
			if i < 0 {
				break
			}
			rest := strings.TrimLeft(s[i+len(added):], "abcdefghijklmnopqrstuvwxyz0123456789")
			s = s[:i] + rest
		}
	}
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > maxContext {
		s = string([]rune(s)[:maxContext]) + "…"
	}
	return s
}

// fieldOffset returns where the field of a chain such as .A.B.C is.
// text/template gives the place of .B for the whole of it.
func fieldOffset(src string, offset int, context, field string) int {
	for start := offset; start >= 0 && start >= offset-len(context); start-- {
		if !strings.HasPrefix(src[start:], context) {
			continue
		}
		pos := 0
		for part := range strings.SplitAfterSeq(context, ".") {
			pos += len(part)
			if name, _, _ := strings.Cut(context[pos:], "."); name == field && strings.HasSuffix(part, ".") {
				return start + pos - 1
			}
		}
		break
	}
	return offset
}
