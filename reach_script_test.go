package jam_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// reachEdit is an edit of a site and what it makes a build do, as archives in testdata/reach have it:
//
//	a post removed
//		# The list that has it, and the neighbours that linked to it. (what a person would expect, and why)
//		remove content/posts/three.md
//		= posts/index.html: pages of /posts: member removed
//		~ posts/two/index.html: content/posts/two.md: next page changed
//		- posts/three/index.html
//
// The changes are made one after the other: write a file, replace a text in it, remove or touch it, move it (each also of a folder),
// set a field of the config, or the clock. After build, what was changed before has been built already. Then there are the files
// that are rendered (=), those that are rendered and are as they were before (~), and those that are removed (-).
type reachEdit struct {
	name    string
	head    []string // comments and changes, as they are written
	steps   [][]*reachCommand
	reaches []string
}

const (
	madeMark = "= "
	vainMark = "~ "
	goneMark = "- "
)

// reachCommand is a change of a tree.
type reachCommand struct {
	verb string
	args []string
}

// reachArgs is how many arguments commands have.
var reachArgs = map[string]int{"write": 2, "replace": 3, "remove": 1, "touch": 1, "move": 2, "config": 2, "clock": 1}

func (e *reachEdit) configures() bool {
	return slices.ContainsFunc(e.steps, func(step []*reachCommand) bool {
		return slices.ContainsFunc(step, func(c *reachCommand) bool { return c.verb == "config" })
	})
}

func parseReach(text string) (edits []*reachEdit, err error) {
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		short, indented := strings.CutPrefix(line, "\t")
		switch {
		case line == "":
		case !indented:
			edits = append(edits, &reachEdit{name: line, steps: make([][]*reachCommand, 1)})
		case len(edits) == 0:
			return nil, fmt.Errorf("line %d is before the first edit", i+1)
		case strings.HasPrefix(short, madeMark), strings.HasPrefix(short, vainMark), strings.HasPrefix(short, goneMark):
		default:
			if err := edits[len(edits)-1].add(short); err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
		}
	}
	return edits, nil
}

// add adds a line with a comment or a change.
func (e *reachEdit) add(line string) error {
	e.head = append(e.head, line)
	if strings.HasPrefix(line, "#") {
		return nil
	}
	args, err := splitQuoted(line)
	switch n, known := reachArgs[args[0]]; {
	case err != nil:
		return err
	case line == "build":
		e.steps = append(e.steps, nil)
	case !known || len(args) != n+1:
		return fmt.Errorf("%s is no change of a tree", line)
	default:
		last := &e.steps[len(e.steps)-1]
		*last = append(*last, &reachCommand{args[0], args[1:]})
	}
	return nil
}

// splitQuoted divides a line into words, and texts in quotes.
func splitQuoted(line string) (args []string, err error) {
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimSpace(line) {
		word, rest, _ := strings.Cut(line, " ")
		if line[0] == '"' || line[0] == '`' {
			quoted, err := strconv.QuotedPrefix(line)
			if err != nil {
				return []string{""}, fmt.Errorf("%s: %w", line, err)
			}
			rest = line[len(quoted):]
			if word, err = strconv.Unquote(quoted); err != nil {
				return []string{""}, err
			}
		}
		args, line = append(args, word), rest
	}
	return args, nil
}

func formatReach(edits []*reachEdit) string {
	var b strings.Builder
	for i, e := range edits {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintln(&b, e.name)
		for _, line := range slices.Concat(e.head, e.reaches) {
			fmt.Fprintf(&b, "\t%s\n", line)
		}
	}
	return b.String()
}
