package check

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

const (
	doc      = "../docs/check.md"
	docBegin = "<!-- rules -->\n"
	docEnd   = "<!-- end of rules -->\n"
)

// TestDoc holds the table of rules in the documentation against the code.
func TestDoc(t *testing.T) {
	text, err := os.ReadFile(doc)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), docBegin)
	table, after, ok2 := strings.Cut(rest, docEnd)
	if !ok || !ok2 {
		t.Fatalf("%s has no table between %q and %q", doc, docBegin, docEnd)
	}
	var b strings.Builder
	b.WriteString("\n| Rule | Severity | Finds | Why |\n| --- | --- | --- | --- |\n")
	for _, r := range Rules() {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", r.Name, r.Severity, cell(r.Finds), cell(r.Why))
	}
	b.WriteString("\n")
	if *update {
		if err := os.WriteFile(doc, []byte(before+docBegin+b.String()+docEnd+after), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if table != b.String() {
		t.Errorf("the table of %s differs from the code (go test ./check -update writes it): want\n%s", doc, b.String())
	}
}

// cell escapes what Markdown would take for HTML or the end of a cell.
func cell(s string) string {
	return strings.NewReplacer("<", "&lt;", "|", "\\|", "*", "\\*").Replace(s)
}

// TestRuleTable holds what the table itself must be.
func TestRuleTable(t *testing.T) {
	list := Rules()
	if !slices.IsSortedFunc(list, func(a, b Rule) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("the rules aren't ordered by name")
	}
	if len(list) > 64 {
		t.Error("a set of rules has 64 bits")
	}
	for _, r := range list {
		if r.Name == "" || strings.Trim(r.Name, "abcdefghijklmnopqrstuvwxyz-") != "" || !strings.Contains(r.Name, "-") {
			t.Errorf("%q: want a name of words with hyphens", r.Name)
		}
		if r.Finds == "" || !strings.HasSuffix(r.Why, ".") || r.Fix == "" || strings.HasSuffix(r.Finds, ".") || strings.HasSuffix(r.Fix, ".") {
			t.Errorf("%s: want what it finds and a fix as phrases, and why as a sentence", r.Name)
		}
	}
	list[0].Name = "changed"
	if rules[0].Name == "changed" {
		t.Error("a caller can change the table")
	}
}

// TestElements holds the table of elements.
func TestElements(t *testing.T) {
	seen := make(map[string]bool)
	for e := eNone + 1; e < elems; e++ {
		name := elements[e].name
		if name == "" || seen[name] {
			t.Errorf("element %d: the name %q is missing or there twice", e, name)
		}
		seen[name] = true
		if got := elementsByName()[name]; got != e {
			t.Errorf("%s is %d, not %d", name, got, e)
		}
	}
}
