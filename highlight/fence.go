package highlight

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/jam-go/jam/internal/suggest"
)

const (
	maxTabWidth    = 16
	maxFirstNumber = 1_000_000_000
)

// fence is what stands after the opening fence of a code block.
type fence struct {
	language string
	title    string

	numbers *bool // nil: not said
	first   int   // the first line's number, when hasFirst
	anchors bool
	prefix  string // of the lines' ids

	marked, inserted, deleted lines

	tabWidth  int
	style     string
	noClasses *bool
	inline    bool // only a code element

	hasFirst bool
	problems []problem
}

// problem is an option that can't be used.
type problem struct {
	offset int
	err    error
}

// optionNames are the names of options, for suggestions.
var optionNames = []string{
	"title", "file", "filename", "name", "hl_lines", "ins_lines", "del_lines", "ins", "del",
	"linenos", "showlinenumbers", "linenumbers", "numberlines", "linenostart", "lineno_start",
	"anchorlinenos", "lineanchors", "tabwidth", "noclasses", "style", "hl_inline",
}

// set sets an option by its name.
func (f *fence) set(name, value string, offset int) {
	var err error
	switch strings.ToLower(name) {
	case "title", "file", "filename", "name":
		f.title = strings.TrimSpace(value)
	case "hl_lines":
		err = f.marked.parse(value)
	case "ins_lines", "ins":
		err = f.inserted.parse(value)
	case "del_lines", "del":
		err = f.deleted.parse(value)
	case "linenos", "showlinenumbers", "linenumbers", "numberlines":
		switch strings.ToLower(value) {
		case "inline", "table":
			value = "true"
		}
		f.numbers, err = parseBool(value)
	case "linenostart", "lineno_start":
		f.first, err = parseInt(value, 0, maxFirstNumber)
		f.hasFirst = err == nil
	case "anchorlinenos":
		var on *bool
		if on, err = parseBool(value); err == nil {
			f.anchors = *on
		}
	case "lineanchors":
		f.prefix = strings.TrimSuffix(value, "-")
		if strings.ContainsAny(f.prefix, " \t\n\f\r") {
			f.prefix, err = "", fmt.Errorf("%q can't be in an id, for its white space", value)
		}
	case "tabwidth":
		f.tabWidth, err = parseInt(value, 1, maxTabWidth)
	case "noclasses":
		f.noClasses, err = parseBool(value)
	case "style":
		if _, err = findStyle(value); err == nil {
			f.style = value
		}
	case "hl_inline":
		var on *bool
		if on, err = parseBool(value); err == nil {
			f.inline = *on
		}
	default:
		f.foreign(name, offset)
	}
	if err != nil {
		f.problems = append(f.problems, problem{offset, fmt.Errorf("%s: %w", name, err)})
	}
}

// foreign reports an unknown name that can hardly be for someone else.
func (f *fence) foreign(name string, offset int) {
	low := strings.ToLower(name)
	if strings.HasPrefix(low, "hl_") || strings.HasPrefix(low, "lineno") || strings.HasPrefix(low, "lineanchor") {
		f.problems = append(f.problems, problem{offset, fmt.Errorf("unknown option %q of a code block%s",
			name, suggest.DidYouMean(low, optionNames))})
	}
}

// checkLines reports lines that the block does not have.
func (f *fence) checkLines(count int) {
	for _, l := range []*lines{&f.marked, &f.inserted, &f.deleted} {
		if last := l.last(); last > count {
			f.problems = append(f.problems, problem{l.offset, fmt.Errorf("there is no line %d: the code has %s", last, countLines(count))})
		}
	}
}

func countLines(n int) string {
	switch n {
	case 0:
		return "no line"
	case 1:
		return "one line"
	}
	return strconv.Itoa(n) + " lines"
}

func parseBool(s string) (*bool, error) {
	var b bool
	switch strings.ToLower(s) {
	case "", "true", "1", "yes", "on":
		b = true
	case "false", "0", "no", "off":
	default:
		return nil, fmt.Errorf("%q is neither true nor false", s)
	}
	return &b, nil
}

func parseInt(s string, from, to int) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < from || n > to {
		return 0, fmt.Errorf("%q is not a number from %d to %d", s, from, to)
	}
	return n, nil
}

// number returns the number of the line with an index from 0.
func (f *fence) number(index int) int {
	if f.hasFirst {
		return f.first + index
	}
	return 1 + index
}

// lineID returns the id of the line with a number.
func (f *fence) lineID(number int) string {
	prefix := f.prefix
	if prefix == "" {
		prefix = "hl"
	}
	return prefix + "-" + strconv.Itoa(number)
}
