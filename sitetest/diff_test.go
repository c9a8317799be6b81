package sitetest

import (
	"fmt"
	"strings"
	"testing"
)

// TestDiffNumbers tests the numbers of lines after a hunk of several edits.
func TestDiffNumbers(t *testing.T) {
	numbers := func(change map[int]string) string {
		var b strings.Builder
		for i := range 40 {
			if text, ok := change[i]; ok {
				b.WriteString(text)
			} else {
				fmt.Fprintln(&b, i)
			}
		}
		return b.String()
	}
	got := diff("a", "b", numbers(nil), numbers(map[int]string{3: "x\ny\n", 5: "z\n", 20: "", 35: "p\n"}))
	const want = `--- a
+++ b
@@ -1,9 +1,10 @@
 0
 1
 2
-3
+x
+y
 4
-5
+z
 6
 7
 8
@@ -18,7 +19,6 @@
 17
 18
 19
-20
 21
 22
 23
@@ -33,7 +33,7 @@
 32
 33
 34
-35
+p
 36
 37
 38
`
	if got != want {
		t.Errorf("have:\n%s", got)
	}
}

func TestLongDiff(t *testing.T) {
	got := diff("a", "b", "", strings.Repeat("x\n", 1000))
	if n := strings.Count(got, "\n"); n != 201 || !strings.HasSuffix(got, "\n… and 803 more lines\n") {
		t.Errorf("%d lines, which end with %q", n, got[max(0, len(got)-40):])
	}
}
