package markdown

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
)

// Code renders code as a fenced code block of a language, "" for none, as it is rendered in
// a document, but never through a hook. The options are those that may stand in braces
// behind the language: name=value, with commas between them, as Hugo has it, such as
// "linenos=table,hl_lines=3 5-7"; a value with a comma stands in quotes or in brackets. It fails as
// Render does, and if the language or the options can't stand there. The problems are those of
// extensions, and have no position.
func (e *Engine) Code(ctx context.Context, code, language, options string) (html string, problems []Problem, err error) {
	if i := strings.IndexFunc(language, func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune("`\\&{}", r) }); i >= 0 {
		return "", nil, fmt.Errorf("%q is no name of a language", language)
	}
	attributes, err := codeOptions(options)
	if err != nil {
		return "", nil, err
	}
	err = e.do(ctx, Source{Text: fence(code, language, attributes), asCode: true}, func(r *run) error {
		doc := r.parse()
		for c := doc.FirstChild(); c != nil; c = c.NextSibling() {
			if _, err := e.renderer.walk(&r.out, r.source, c); err != nil {
				return r.walkError(err)
			}
			r.out.expand(0)
		}
		html, problems = string(r.out.buf), r.sortedProblems()
		for i := range problems {
			problems[i].Line, problems[i].Column = 0, 0
		}
		return nil
	})
	return html, problems, err
}

// fence returns code as a fenced code block.
func fence(code, language, attributes string) []byte {
	longest, n := 2, 0
	for i := range len(code) {
		if n++; code[i] != '`' {
			n = 0
		}
		longest = max(longest, n)
	}
	marks := strings.Repeat("`", longest+1)
	var b bytes.Buffer
	b.WriteString(marks + language + attributes + "\n" + code)
	if code != "" && !strings.HasSuffix(code, "\n") {
		b.WriteByte('\n')
	}
	b.WriteString(marks + "\n")
	return b.Bytes()
}

// codeOptions returns options as a list of attributes.
func codeOptions(options string) (string, error) {
	var b strings.Builder
	for rest := options; ; {
		rest = strings.TrimLeft(rest, " \t\n\r,")
		if rest == "" {
			break
		}
		name, after, ok := strings.Cut(rest, "=")
		name = strings.TrimSpace(name)
		if !ok || !isOptionName(name) {
			return "", fmt.Errorf("option %q of code: want name=value", strings.TrimSpace(strings.SplitN(rest, ",", 2)[0]))
		}
		value, n := optionValue(after)
		rest = after[n:]
		fmt.Fprintf(&b, ` %s="%s"`, name, strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ", "\r", " ").Replace(value))
	}
	if b.Len() == 0 {
		return "", nil
	}
	text := "{" + b.String()[1:] + "}"
	if _, n := parseAttributes([]byte(text)); n != len(text) {
		return "", fmt.Errorf("options of code %q: want name=value, with commas between", options)
	}
	return " " + text, nil
}

func isOptionName(name string) bool {
	for i := range len(name) {
		if c := name[i]; !isNameByte(c) || c >= 0x80 || i == 0 && !isLetter(c) {
			return false
		}
	}
	return name != ""
}

// optionValue returns the value at the start of s, up to a comma that is not in quotes or
// brackets, and the length of what it stands in.
func optionValue(s string) (value string, length int) {
	start := len(s) - len(strings.TrimLeft(s, " \t"))
	if start < len(s) {
		if end := strings.IndexByte("\"'[", s[start]); end >= 0 {
			length = start + closingQuote(s[start:], "\"']"[end])
		}
	}
	if end := strings.IndexByte(s[length:], ','); end >= 0 {
		length += end
	} else {
		length = len(s)
	}
	value = strings.TrimSpace(s[:length])
	if text, err := strconv.Unquote(value); err == nil {
		return text, length
	}
	if n := len(value); n > 1 && value[0] == '\'' && value[n-1] == '\'' {
		value = value[1 : n-1]
	}
	return value, length
}

// closingQuote returns the offset behind the first quote in s but for its first byte and
// those behind a backslash, or 0.
func closingQuote(s string, quote byte) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case quote:
			return i + 1
		}
	}
	return 0
}
