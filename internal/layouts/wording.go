package layouts

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// inWords puts what text/template says of a value of a wrong type into the words that functions use.
func inWords(msg string) string {
	msg = strings.ReplaceAll(msg, "interface {}", "any")
	if strings.HasPrefix(msg, "range can't iterate over ") { // what follows may have addresses in it
		return "range can't iterate over this: want a list, a map or a number"
	}
	for _, form := range []struct{ intro, between, want, have string }{
		{"wrong type for value; expected ", "; got ", "want ", ", have "},
		{"invalid value; expected ", "", "want ", ", have nothing"},
		{"cannot assign nil to ", "", "want ", ", have nil"},
		{"expected ", "; found ", "want ", ", have "},
	} {
		if rest, ok := strings.CutPrefix(msg, form.intro); ok {
			if form.between == "" {
				return form.want + rest + form.have
			}
			if want, have, ok := strings.Cut(rest, form.between); ok {
				return form.want + want + form.have + have
			}
		}
	}
	if rest, ok := strings.CutPrefix(msg, "can't handle "); ok {
		if i := strings.LastIndex(rest, " for arg of type "); i >= 0 {
			return "want " + rest[i+len(" for arg of type "):] + ", have " + rest[:i]
		}
	}
	return msg
}

// unknownField takes "can't evaluate field F in type T" apart.
func unknownField(msg string) (field, typ string, ok bool) {
	msg, ok = strings.CutPrefix(msg, "can't evaluate field ")
	if !ok {
		return "", "", false
	}
	return strings.Cut(msg, " in type ")
}

// fieldOf returns the field or method that a message is about, or "".
func fieldOf(msg string) string {
	for _, intro := range []string{"can't evaluate field ", "wrong number of args for ", "error calling "} {
		if rest, ok := strings.CutPrefix(msg, intro); ok {
			return rest[:identifier(rest)]
		}
	}
	if name, ok := strings.CutSuffix(msg, " is not a method but has arguments"); ok {
		return name
	}
	return ""
}

// isNameSpace tells the type of a name space of functions from those of pages and values.
func isNameSpace(typ string) bool {
	pkg, name, ok := strings.Cut(typ, ".")
	r, _ := utf8.DecodeRuneInString(name)
	return ok && (pkg == "funcs" || unicode.IsLower(r)) && identifier(pkg) == len(pkg) && identifier(name) == len(name)
}

// identifier returns the length of the identifier that s begins with.
func identifier(s string) int {
	for i, r := range s {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return i
		}
	}
	return len(s)
}

// wholeChain completes the context of a message that has only the function at the head
// of a chain such as site.Home.Title.
func wholeChain(src string, offset int, context string) string {
	if offset < 0 || offset > len(src) || identifier(context) != len(context) {
		return context
	}
	rest, ok := strings.CutPrefix(src[offset:], context)
	end := 0
	for ok && strings.HasPrefix(rest[end:], ".") {
		n := identifier(rest[end+1:])
		if n == 0 {
			break
		}
		end += 1 + n
	}
	return context + rest[:end]
}

// enclosing returns the expression in parentheses that a constant ends, and its offset. A message about its value has
// the place of what was evaluated last in it; the type of the constant itself was looked at before.
func enclosing(src string, offset int, constant string) (int, string) {
	if constant == "" || offset < 0 || offset > len(src) || !strings.ContainsRune("\"'`+-0123456789", rune(constant[0])) || !strings.HasPrefix(src[offset:], constant) {
		return offset, constant
	}
	var open []int
	for i := lastAction(src, offset); i < offset; {
		switch src[i] {
		case '"', '\'':
			i = quoteEnd(src, i)
			continue
		case '`':
			i += 1 + strings.IndexByte(src[i+1:], '`')
		case '(':
			open = append(open, i)
		case ')':
			open = open[:max(len(open)-1, 0)]
		}
		i++
	}
	if len(open) == 0 {
		return offset, constant
	}
	start, end := open[len(open)-1], strings.IndexByte(src[offset+len(constant):], ')')
	return start, src[start : offset+len(constant)+end+1]
}

// lastAction returns where the action that an offset is in begins.
func lastAction(src string, offset int) int { return max(strings.LastIndex(src[:offset], "{{"), 0) }

// saysWho tells whether an error begins with the name of the function that gives it, as in "first: …" or "Store.Add: …".
func saysWho(err error, name string) bool {
	who, _, ok := strings.Cut(err.Error(), ": ")
	return ok && name != "" && (who == name || strings.HasSuffix(who, "."+name))
}

// fieldAfter returns a chain such as (.Get 0).Name for the constant in its parentheses, which is what text/template
// names when there is no such field.
func fieldAfter(src string, offset int, context, field string) (int, string) {
	start, chain := enclosing(src, offset, context)
	end := start + len(chain) + 1 + len(field)
	if start == offset || end > len(src) || src[start+len(chain):end] != "."+field {
		return offset, context
	}
	return start + len(chain), src[start:end]
}
