package funcs

import (
	"fmt"
	"regexp"
	"strings"
)

// Replace returns the input with one string replaced by another: replace
// INPUT OLD NEW [LIMIT]. At most LIMIT places are replaced, if given.
func (Strings) Replace(in, from, to any, limit ...any) (string, error) {
	s, f, err := text2("replace", in, from)
	if err != nil {
		return "", err
	}
	t, err := text("replace", to)
	if err != nil {
		return "", err
	}
	most, err := optionalLimit("replace", limit)
	if err != nil {
		return "", err
	}
	if len(t) > len(f) && len(s) > maxText/len(t)-1 {
		places := strings.Count(s, f)
		if most >= 0 {
			places = min(places, most)
		}
		if places > (maxText-len(s))/(len(t)-len(f)) {
			return "", fits("replace", maxText+1)
		}
	}
	return strings.Replace(s, f, t, most), nil
}

// optionalLimit is the optional last argument of a function, or -1.
func optionalLimit(fn string, limit []any) (int, error) {
	switch len(limit) {
	case 0:
		return -1, nil
	case 1:
		return whole(fn, "the limit", limit[0])
	}
	return 0, fmt.Errorf("%s: want one limit, have %d", fn, len(limit))
}

// ReplacePairs replaces several strings in one pass: strings.ReplacePairs
// [OLD NEW]… INPUT. The pairs may also come as one slice. Where several match,
// the first does; what was put in isn't replaced again.
func (x Strings) ReplacePairs(args ...any) (string, error) {
	const fn = "strings.ReplacePairs"
	if len(args) < 2 {
		return "", miscount(fn, "pairs of strings and an input", len(args))
	}
	in, err := text(fn, args[len(args)-1])
	if err != nil {
		return "", err
	}
	args = args[:len(args)-1]
	if len(args) == 1 {
		s, ok := list(args[0])
		if !ok {
			return "", wrong(fn, "a slice of pairs", args[0])
		}
		args = make([]any, s.Len())
		for i := range args {
			args[i] = s.Index(i).Interface()
		}
	}
	if len(args)%2 != 0 {
		return "", fmt.Errorf("%s: %d strings are no pairs", fn, len(args))
	}
	pairs := make([]string, len(args))
	for i, a := range args {
		if pairs[i], err = text(fn, a); err != nil {
			return "", err
		}
	}
	r, err := x.lib.replacers.get(fmt.Sprintf("%q", pairs), func() (*strings.Replacer, error) {
		return strings.NewReplacer(pairs...), nil
	})
	if err != nil {
		return "", err
	}
	longest := 0
	for i := 1; i < len(pairs); i += 2 {
		longest = max(longest, len(pairs[i]))
	}
	if longest == 0 || len(in) < maxText/longest {
		return r.Replace(in), nil
	}
	out := boundedText{fn: fn}
	_, err = r.WriteString(&out, in)
	return string(out.out), err
}

// FindRE returns what matches a regular expression: findRE PATTERN INPUT
// [LIMIT]. At most LIMIT matches are returned, if given. The syntax is RE2's.
func (x Strings) FindRE(pattern, in any, limit ...any) ([]string, error) {
	re, s, most, err := x.find("findRE", pattern, in, limit)
	if err != nil {
		return nil, err
	}
	return matches("findRE", re, s, most, re.FindAllString)
}

// FindRESubmatch returns for each match of a regular expression the match and
// its submatches: findRESubmatch PATTERN INPUT [LIMIT].
func (x Strings) FindRESubmatch(pattern, in any, limit ...any) ([][]string, error) {
	re, s, most, err := x.find("findRESubmatch", pattern, in, limit)
	if err != nil {
		return nil, err
	}
	return matches("findRESubmatch", re, s, most, re.FindAllStringSubmatch)
}

// find prepares the arguments of both.
func (x Strings) find(fn string, pattern, in any, limit []any) (re *regexp.Regexp, s string, most int, err error) {
	p, s, err := text2(fn, pattern, in)
	if err != nil {
		return nil, "", 0, err
	}
	if most, err = optionalLimit(fn, limit); err != nil {
		return nil, "", 0, err
	}
	re, err = x.lib.regexp(fn, p)
	return re, s, most, err
}

// ReplaceRE replaces what matches a regular expression: replaceRE PATTERN
// REPLACEMENT INPUT [LIMIT]. In the replacement, $1 or ${name} is a submatch.
func (x Strings) ReplaceRE(pattern, replacement, in any, limit ...any) (string, error) {
	re, s, most, err := x.find("replaceRE", pattern, in, limit)
	if err != nil {
		return "", err
	}
	repl, err := text("replaceRE", replacement)
	if err != nil {
		return "", err
	}
	// Each match may add the replacement, and each $ in it the match.
	if growth := 1 + len(repl) + strings.Count(repl, "$"); most < 0 && growth < maxText/(len(s)+1) {
		return re.ReplaceAllString(s, repl), nil
	}
	all, err := matches("replaceRE", re, s, most, re.FindAllStringSubmatchIndex)
	if err != nil {
		return "", err
	}
	var out []byte
	end := 0
	for _, m := range all {
		out = append(out, s[end:m[0]]...)
		out = re.ExpandString(out, repl, s, m)
		if err := fits("replaceRE", len(out)); err != nil {
			return "", err
		}
		end = m[1]
	}
	return string(append(out, s[end:]...)), nil
}

// matches finds at most limit matches, all if that is negative, for function fn.
func matches[M any](fn string, re *regexp.Regexp, s string, limit int, find func(string, int) []M) ([]M, error) {
	most := maxList / (1 + re.NumSubexp())
	if limit < 0 || limit > most {
		limit = most + 1
	}
	all := find(s, limit)
	if len(all) > most {
		return nil, fmt.Errorf("%s: more than %d matches", fn, most)
	}
	return all, nil
}

// regexp compiles a pattern for function fn, once.
func (l *library) regexp(fn, pattern string) (*regexp.Regexp, error) {
	if len(pattern) > maxPattern {
		return nil, fmt.Errorf("%s: a pattern of more than %d KiB", fn, maxPattern>>10)
	}
	re, err := l.regexps.get(pattern, func() (*regexp.Regexp, error) { return regexp.Compile(pattern) })
	if err != nil {
		return nil, fmt.Errorf("%s: %w", fn, err)
	}
	return re, nil
}
