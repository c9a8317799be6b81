package jam

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/suggest"
)

// permalinkTokens are the names that may follow a colon in a pattern. They are
// those of Hugo, and mean the same.
var permalinkTokens = map[string]func(*permalinkPage) string{
	"year":                  func(p *permalinkPage) string { return p.date().Format("2006") },
	"month":                 func(p *permalinkPage) string { return p.date().Format("01") },
	"monthname":             func(p *permalinkPage) string { return p.date().Format("January") },
	"day":                   func(p *permalinkPage) string { return p.date().Format("02") },
	"weekday":               func(p *permalinkPage) string { return strconv.Itoa(int(p.date().Weekday())) },
	"weekdayname":           func(p *permalinkPage) string { return p.date().Weekday().String() },
	"yearday":               func(p *permalinkPage) string { return strconv.Itoa(p.date().YearDay()) },
	"section":               func(p *permalinkPage) string { return sanitizePath(p.page.section()) },
	"sections":              func(p *permalinkPage) string { return sanitizePath(p.sections()) },
	"title":                 func(p *permalinkPage) string { return p.some("title", slugify(p.page.meta.Title)) },
	"slug":                  func(p *permalinkPage) string { return p.slugOr(p.page.meta.Title) },
	"contentbasename":       func(p *permalinkPage) string { return sanitizeSegment(p.name()) },
	"filename":              func(p *permalinkPage) string { return sanitizeSegment(p.name()) },
	"slugorcontentbasename": func(p *permalinkPage) string { return p.slugOr(p.name()) },
	"slugorfilename":        func(p *permalinkPage) string { return p.slugOr(p.name()) },
}

// permalinkPage is a page whose pattern is being filled in.
type permalinkPage struct {
	page    *pageData
	undated bool   // a date was needed, and there is none
	empty   string // what should be part of the URL, and leaves nothing of it
}

func (p *permalinkPage) date() time.Time {
	if p.page.meta.Date.IsZero() {
		p.undated = true
	}
	return p.page.meta.Date
}

func (p *permalinkPage) slugOr(other string) string {
	if s := p.page.meta.Slug; s != "" {
		return p.some("slug", slugPath(s))
	}
	return p.some("title or name", slugify(other))
}

// sections returns the path of the section that holds the page, or that it is.
func (p *permalinkPage) sections() string {
	logical := strings.Trim(p.page.path, "/")
	if p.page.kind() == KindPage && p.page.local != nil && p.page.parent != noPage {
		// Folders that are no sections are not among them.
		return strings.Trim(p.page.local.snap.pages[p.page.parent].path, "/")
	}
	if p.page.kind() == KindPage {
		return path.Dir(logical)
	}
	return logical
}

// name returns the name of the page's file, without a date that is taken from it.
func (p *permalinkPage) name() string { return cmp.Or(p.page.undated, path.Base(p.page.path)) }

// some notes a token that stands for nothing.
func (p *permalinkPage) some(what, s string) string {
	if s == "" {
		p.empty = what
	}
	return s
}

// permalink fills in the pattern for a page. The result begins with a slash.
func permalink(pattern string, d *pageData) (string, error) {
	p := &permalinkPage{page: d}
	var b strings.Builder
	for i := 0; i < len(pattern); {
		if pattern[i] != ':' {
			b.WriteByte(pattern[i])
			i++
			continue
		}
		name, arg, end, err := cutToken(pattern, i)
		if err != nil {
			return "", err
		}
		if permalinkTokens[name] == nil { // a layout of package time
			b.WriteString(p.date().Format(name))
		} else if arg != "" {
			elems := strings.Split(permalinkTokens[name](p), "/")
			b.WriteString(strings.Join(sliceOf(elems, arg), "/"))
		} else {
			b.WriteString(permalinkTokens[name](p))
		}
		i = end
	}
	if p.undated {
		return "", fmt.Errorf("the permalink %q needs a date, and the page has none", pattern)
	}
	if p.empty != "" {
		return "", fmt.Errorf("the permalink %q needs a %s, and the page's has nothing that may stand in a URL", pattern, p.empty)
	}
	return "/" + strings.TrimPrefix(b.String(), "/"), nil
}

// cutToken reads the token at pattern[i], which is a colon.
func cutToken(pattern string, i int) (name, arg string, end int, err error) {
	end = i + 1
	for end < len(pattern) && '0' <= pattern[end] && pattern[end] <= '9' {
		end++
	}
	if layout := pattern[i+1 : end]; slices.Contains([]string{"2006", "06", "1", "01", "2", "02", "002"}, layout) {
		return layout, "", end, nil
	}
	for end < len(pattern) && 'a' <= pattern[end]|0x20 && pattern[end]|0x20 <= 'z' {
		end++
	}
	name = pattern[i+1 : end]
	if permalinkTokens[name] == nil {
		return "", "", 0, fmt.Errorf("permalink %q: unknown token %q%s", pattern, ":"+name,
			suggest.DidYouMean(name, slices.Collect(maps.Keys(permalinkTokens))))
	}
	if end < len(pattern) && pattern[end] == '[' {
		n := strings.IndexByte(pattern[end:], ']')
		if n < 0 || name != "sections" {
			return "", "", 0, fmt.Errorf("permalink %q: only :sections takes an index in brackets", pattern)
		}
		arg = pattern[end+1 : end+n]
		if _, _, err := sliceBounds(arg, 0); err != nil {
			return "", "", 0, fmt.Errorf("permalink %q: %w", pattern, err)
		}
		end += n + 1
	}
	return name, arg, end, nil
}

// sliceOf returns the part of elems that an index such as "last", "0", "1:" or
// ":last" means. Out of range is empty, never an error.
func sliceOf(elems []string, arg string) []string {
	from, to, err := sliceBounds(arg, len(elems))
	if err != nil {
		return nil
	}
	to = min(to, len(elems))
	if from < 0 || from >= to {
		return nil
	}
	return elems[from:to]
}

func sliceBounds(arg string, n int) (from, to int, err error) {
	number := func(s string, other int) int {
		switch s {
		case "":
			return other
		case "last":
			return n - 1
		}
		v, convErr := strconv.Atoi(s)
		if convErr != nil || v < 0 {
			err = fmt.Errorf("index %q: want numbers, or last, such as [0], [1:] or [:last]", arg)
		}
		return v
	}
	low, high, isRange := strings.Cut(arg, ":")
	from = number(low, 0)
	if isRange {
		return from, number(high, n), err
	}
	return from, from + 1, err
}

// warnOfPermalinks tells of patterns for sections that have no pages.
func (l *loader) warnOfPermalinks() {
	for _, key := range slices.Sorted(maps.Keys(l.set.Permalinks)) {
		if _, _, ok := strings.Cut(key, ":"); ok || key == "" {
			continue
		}
		used := slices.ContainsFunc(l.snap.pages, func(d *pageData) bool {
			return d.kind() == KindPage && strings.HasPrefix(d.path, "/"+key+"/")
		})
		if !used {
			hint := ""
			if l.set.main.known[strings.ToLower(key)] {
				hint = fmt.Sprintf(" (did you mean %q?)", "term:"+key)
			}
			l.warn(errorAt("config", "", "Permalinks[%q]: no page is in that section%s", key, hint))
		}
	}
}

// checkPermalinks reports patterns that no page could use.
func checkPermalinks(patterns map[string]string) []*Error {
	var errs []*Error
	for section, pattern := range maps.Clone(patterns) {
		if kind, _, ok := strings.Cut(section, ":"); ok && !slices.Contains(listKinds, kind) {
			errs = append(errs, errorAt("config", "", "Permalinks[%q]: unknown kind %q%s", section, kind, suggest.DidYouMean(kind, listKinds)))
		}
		for i := 0; i < len(pattern); i++ {
			if pattern[i] != ':' {
				continue
			}
			_, _, end, err := cutToken(pattern, i)
			if err != nil {
				errs = append(errs, errorAt("config", "", "Permalinks[%q]: %w", section, err))
				delete(patterns, section)
				break
			}
			i = end - 1
		}
	}
	return errs
}
