package funcs

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestDiff(t *testing.T) {
	const head = "diff a b\n--- a\n+++ b\n"
	steps := func(from, to int) string {
		var b strings.Builder
		for ; from <= to; from++ {
			b.WriteString(strings.Repeat("i", from) + "\n")
		}
		return b.String()
	}
	for _, test := range []struct{ old, new, want string }{
		{"", "", ""},
		{"x\n", "x\n", ""},
		{"", "x\n", "@@ -0,0 +1,1 @@\n+x\n"},
		{"x\n", "", "@@ -1,1 +0,0 @@\n-x\n"},
		{"x\n", "y\n", "@@ -1,1 +1,1 @@\n-x\n+y\n"},
		{"x", "x\n", "@@ -1,1 +1,1 @@\n-x\n\\ No newline at end of file\n+x\n"},
		{"x\ny", "z\ny", "@@ -1,2 +1,2 @@\n-x\n+z\n y\n\\ No newline at end of file\n"},
		{"1\n2\n3\n", "1\n3\n", "@@ -1,3 +1,2 @@\n 1\n-2\n 3\n"},
		{"a\na\na\n", "a\na\n", "@@ -1,3 +1,2 @@\n a\n a\n-a\n"},
		{"a\nb\nc\n", "c\na\nb\n", "@@ -1,3 +1,3 @@\n+c\n a\n b\n-c\n"},
		// Six equal lines are one hunk, seven are two.
		{"x\n" + steps(1, 6) + "x\n", "y\n" + steps(1, 6) + "y\n",
			"@@ -1,8 +1,8 @@\n-x\n+y\n i\n ii\n iii\n iiii\n iiiii\n iiiiii\n-x\n+y\n"},
		{"x\n" + steps(1, 7) + "x\n", "y\n" + steps(1, 7) + "y\n",
			"@@ -1,4 +1,4 @@\n-x\n+y\n i\n ii\n iii\n@@ -6,4 +6,4 @@\n iiiii\n iiiiii\n iiiiiii\n-x\n+y\n"},
		{steps(1, 5) + "x\n" + steps(6, 10), steps(1, 10),
			"@@ -3,7 +3,6 @@\n iii\n iiii\n iiiii\n-x\n iiiiii\n iiiiiii\n iiiiiiii\n"},
	} {
		want := test.want
		if want != "" {
			want = head + want
		}
		got, err := Strings{}.Diff("a", test.old, "b", test.new)
		if got != want || err != nil {
			t.Errorf("%q to %q: %v\n%s\nwant\n%s", test.old, test.new, err, got, want)
		}
	}
	example{`{{ strings.Diff "a" (slice 1) "b" "" }}`, "strings.Diff: want text, have []int"}.fail(t, nil)
}

// FuzzDiff patches the old text with the diff, which must give the new one.
func FuzzDiff(f *testing.F) {
	f.Add("", "x\n")
	f.Add("a\nb\nc\nd\ne\nf\ng\nh\ni", "a\nb\nX\nd\ne\nf\ng\nh\ni\n")
	f.Add("a\na\nb\na\n", "b\na\na\nb\n")
	f.Add("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "9\n8\n7\n6\n5\n4\n3\n2\n1\n")
	f.Fuzz(func(t *testing.T, old, new string) {
		if strings.Contains(old+new, "\\ No newline") {
			return
		}
		diff, err := Strings{}.Diff("a", old, "b", new)
		if err != nil || (diff == "") != (old == new) {
			t.Fatalf("%q to %q: %q, %v", old, new, diff, err)
		}
		for i, hunk := range strings.Split(diff, "\n@@ ") {
			if i > 0 && !strings.Contains(hunk, "\n-") && !strings.Contains(hunk, "\n+") {
				t.Errorf("%q to %q: a hunk without changes in\n%s", old, new, diff)
			}
		}
		if got := patched(t, old, diff); got != new {
			t.Errorf("%q and the diff\n%s\ngive %q, want %q", old, diff, got, new)
		}
	})
}

// patched applies a unified diff.
func patched(t *testing.T, old, diff string) string {
	t.Helper()
	from := strings.SplitAfter(old, "\n")
	var b strings.Builder
	at := 0
	lines := strings.SplitAfter(diff, "\n")
	for i, line := range lines {
		if i < 3 || line == "" {
			continue
		}
		if i+1 < len(lines) && strings.HasPrefix(lines[i+1], "\\ No newline") {
			line = strings.TrimSuffix(line, "\n")
		}
		switch line[0] {
		case '@':
			start := hunkStart(t, line)
			for ; at < start; at++ {
				b.WriteString(from[at])
			}
		case ' ', '-':
			if from[at] != line[1:] {
				t.Fatalf("line %d is %q, but the diff has %q", at+1, from[at], line)
			}
			if at++; line[0] == ' ' {
				b.WriteString(line[1:])
			}
		case '+':
			b.WriteString(line[1:])
		}
	}
	for ; at < len(from); at++ {
		b.WriteString(from[at])
	}
	return b.String()
}

// hunkStart returns the index of the first old line of a hunk.
func hunkStart(t *testing.T, line string) int {
	t.Helper()
	start, count, ok := strings.Cut(strings.Fields(line)[1][1:], ",")
	if !ok {
		t.Fatalf("the line is %q", line)
	}
	n, err := toInt(start)
	if err != nil {
		t.Fatal(err)
	}
	if count == "0" {
		return n
	}
	return n - 1
}

// The program diff finds the same changes where all lines are unique.
func TestDiffOfProgram(t *testing.T) {
	program, err := exec.LookPath("diff")
	if err != nil {
		t.Skip("there is no program diff here")
	}
	old := "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\n"
	for _, new := range []string{
		"b\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\n", "a\nb\nc\nX\ne\nf\ng\nh\ni\nj\nk\nY\nm\nn\n", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\no\n", "",
	} {
		dir := t.TempDir()
		names := [2]string{filepath.Join(dir, "old"), filepath.Join(dir, "new")}
		for i, content := range []string{old, new} {
			if err := os.WriteFile(names[i], []byte(content), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		out, _ := exec.Command(program, "-u", "--label=a", "--label=b", names[0], names[1]).Output()
		got, err := Strings{}.Diff("a", old, "b", new)
		if err != nil || got != "diff a b\n"+string(out) {
			t.Errorf("to %q: %v\n%s\nwant\n%s", new, err, got, out)
		}
	}
}
