package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/glob"
	"github.com/jam-go/jam/internal/suggest"
)

// Exception says what is not to be reported. A finding is left out if all
// fields match it; an empty field matches anything.
type Exception struct {
	Rule   string // a rule's name or, with *, several: "image-*"
	File   string // a pattern as in path.Match; ** matches any number of folders: "docs/**"
	About  string // what the finding is about, as in [Finding.About]; * matches any characters: "/old/*"
	Reason string // for those who read the list
}

type exception struct {
	Exception
	file glob.Glob
	used bool
}

func compileExceptions(list []Exception) ([]exception, error) {
	out := make([]exception, len(list))
	for i, e := range list {
		out[i].Exception = e
		if e.Rule != "" {
			if err := checkRuleName(e.Rule); err != nil {
				return nil, fmt.Errorf("check: Ignore[%d]: Rule: %w", i, err)
			}
		}
		if e.File != "" {
			g, err := glob.Compile(e.File)
			if err != nil {
				return nil, fmt.Errorf("check: Ignore[%d]: File: %w", i, err)
			}
			out[i].file = g
		}
	}
	return out, nil
}

func (e *exception) matches(f *Finding) bool {
	return (e.Rule == "" || wild(e.Rule, f.Rule)) && (e.About == "" || wild(e.About, f.About)) &&
		(e.File == "" || e.file.Match(f.File))
}

// wild tells whether a text matches a pattern in which * stands for any characters.
func wild(pattern, text string) bool {
	first, rest, ok := strings.Cut(pattern, "*")
	if !ok {
		return pattern == text
	}
	if !strings.HasPrefix(text, first) {
		return false
	}
	text = text[len(first):]
	for {
		part, more, ok := strings.Cut(rest, "*")
		if !ok {
			return strings.HasSuffix(text, part)
		}
		i := strings.Index(text, part)
		if i < 0 {
			return false
		}
		text, rest = text[i+len(part):], more
	}
}

func checkRuleName(name string) error {
	var names []string
	for i := range rules {
		if wild(name, rules[i].Name) {
			return nil
		}
		names = append(names, rules[i].Name)
	}
	return fmt.Errorf("no rule %q%s", name, suggest.DidYouMean(name, names))
}

// severities returns that of each rule: of patterns that match, the longest counts.
func severities(set map[string]Severity) ([ruleCount]Severity, error) {
	var out [ruleCount]Severity
	patterns := make([]string, 0, len(set))
	for name, s := range set {
		if err := checkRuleName(name); err != nil {
			return out, fmt.Errorf("check: Rules: %w", err)
		}
		if s > Error {
			return out, fmt.Errorf("check: Rules: %s: unknown severity %d", name, s)
		}
		patterns = append(patterns, name)
	}
	slices.SortFunc(patterns, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
	})
	for i := range rules {
		out[i] = rules[i].Severity
		for _, p := range patterns {
			if wild(p, rules[i].Name) {
				out[i] = set[p]
			}
		}
	}
	return out, nil
}
