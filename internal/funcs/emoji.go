package funcs

import (
	_ "embed"
	"html/template"
	"strings"
	"sync"
)

// emojiData has a line for each emoji, with its names as GitHub has them.
//
//go:embed emoji.txt
var emojiData string

// emojis are the emojis by name. Its strings are parts of emojiData.
var emojis = sync.OnceValue(func() map[string]string {
	all := make(map[string]string, 2000)
	for line := range strings.Lines(emojiData) {
		char, names, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		for name := range strings.FieldsSeq(names) {
			all[name] = char
		}
	}
	return all
})

// Emoji returns the emoji of a name, such as heart or +1, which texts give as
// :heart: and :+1:. The names are those of GitHub. ok is false if there is none.
func Emoji(name string) (char string, ok bool) {
	char, ok = emojis()[name]
	return char, ok
}

// Emojify replaces the names of emojis between colons: emojify INPUT. See
// [Emoji]. The result for template.HTML is template.HTML.
func (Transform) Emojify(in any) (any, error) {
	s, err := text("emojify", in)
	if err != nil {
		return nil, err
	}
	s = emojify(s)
	if _, ok := in.(template.HTML); ok {
		return template.HTML(s), nil
	}
	return s, nil
}

func emojify(s string) string {
	var b strings.Builder
	done := 0 // how much of s is in b
	for i := 0; ; {
		start := strings.IndexByte(s[i:], ':')
		if start < 0 {
			break
		}
		start += i
		end := start + 1 + emojiName(s[start+1:])
		i = end // perhaps the colon before another name
		if end == len(s) || s[end] != ':' {
			continue
		}
		if char, ok := Emoji(s[start+1 : end]); ok {
			b.WriteString(s[done:start] + char)
			i = end + 1
			done = i
		}
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// emojiName returns the length of what may be a name at the beginning of s.
func emojiName(s string) int {
	for i := range len(s) {
		c := s[i]
		if ('a' > c || c > 'z') && ('0' > c || c > '9') && c != '_' && c != '-' && c != '+' {
			return i
		}
	}
	return len(s)
}
