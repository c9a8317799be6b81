package highlight

import (
	"strings"
	"sync"
	"time"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// lexerIndex has chroma's lexers by what may stand on a fence, in lower case.
// chroma itself compares an unknown name with the file name patterns of all its
// lexers, which takes milliseconds each time.
var lexerIndex = sync.OnceValue(func() map[string]chroma.Lexer {
	index := make(map[string]chroma.Lexer)
	all := lexers.GlobalLexerRegistry.Lexers
	for _, l := range all {
		for _, pattern := range l.Config().Filenames {
			name := strings.ToLower(strings.TrimPrefix(pattern, "*."))
			if old := index[name]; !strings.ContainsAny(name, "*?[") && (old == nil || priority(l) > priority(old)) {
				index[name] = l
			}
		}
	}
	for _, l := range all {
		for _, alias := range l.Config().Aliases {
			index[strings.ToLower(alias)] = l
		}
	}
	for _, l := range all {
		index[strings.ToLower(l.Config().Name)] = l
	}
	for _, name := range []string{"none", "nohighlight", "no-highlight", "plain", "plaintext", "text", "txt"} {
		index[name] = nil
	}
	return index
})

func priority(l chroma.Lexer) float32 {
	if p := l.Config().Priority; p != 0 {
		return p
	}
	return 1 // as chroma has it
}

// findLexer returns the lexer for a language. It is nil for plain text, which is
// known, and for languages that are not.
func findLexer(language string) (lexer chroma.Lexer, known bool) {
	const longest = 64
	if len(language) > longest {
		return nil, false
	}
	lexer, known = lexerIndex()[strings.ToLower(language)]
	return lexer, known
}

// CanHighlight reports whether code in a language is coloured. Templates ask for it by
// transform.CanHighlight. It may be called concurrently.
func (h *Highlighter) CanHighlight(language string) bool {
	lexer, _ := findLexer(language)
	return lexer != nil
}

// Limits on what is highlighted. chroma's lexers are regular expressions that can
// backtrack: hostile code may make them take time quadratic in its size.
const (
	maxSize      = 256 << 10
	maxEagerSize = 16 << 10 // where it can't be interrupted
	maxTime      = 10 * time.Second
	maxEmpty     = 1000 // empty tokens in a row: a lexer that does not advance
)

// tooLong reports whether code of a size is left plain.
func tooLong(lexer chroma.Lexer, size int) bool {
	if _, lazy := lexer.(*chroma.RegexLexer); !lazy && size > maxEagerSize {
		return true
	}
	return size > maxSize
}

// tokenise calls yield with the tokens of code, whose texts make up the code. It
// returns false if the lexer fails in any way; what was yielded is to be dropped then.
func tokenise(lexer chroma.Lexer, code string, yield func(chroma.TokenType, string)) (ok bool) {
	defer func() {
		if recover() != nil { // a mistake in a lexer's rules
			ok = false
		}
	}()
	next, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root"}, code)
	if err != nil {
		return false
	}
	deadline := time.Now().Add(maxTime)
	rest, empty := code, 0
	for i := 1; ; i++ {
		t := next()
		if t == chroma.EOF {
			return rest == ""
		}
		if t.Value == rest+"\n" { // that a lexer wants at the end
			t.Value = rest
		}
		if !strings.HasPrefix(rest, t.Value) || i%16 == 0 && time.Now().After(deadline) {
			return false
		}
		rest = rest[len(t.Value):]
		if t.Value != "" {
			empty = 0
			yield(t.Type, t.Value)
		} else if empty++; empty > maxEmpty {
			return false
		}
	}
}
