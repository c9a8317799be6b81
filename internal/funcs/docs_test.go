package funcs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"text/template"
)

// docsFolder finds the reference documentation whose examples are run here.
func docsFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		docs := filepath.Join(dir, "../shared/corpora/hugoDocs/content/en/functions")
		if _, err := os.Stat(docs); err == nil {
			return docs
		}
	}
	t.Skip("no ../shared/corpora/hugoDocs above the working directory")
	return ""
}

var (
	docsExample = regexp.MustCompile(`^(\{\{.*\}\}) +→ *(.*)$`)
	docsVar     = regexp.MustCompile(`^\{\{ \$\w+ :?= .*\}\}$`)
	docsSite    = regexp.MustCompile(`[( ]\.[A-Z]|\b(site|hugo|resources)\.`)
	docsType    = regexp.MustCompile(` \((int|int64|float64|string|time\.Time|empty string)\)$`)
)

// docsOther are pages whose examples give something else here, and why.
var docsOther = map[string]string{
	"Rand":         "left out: random",
	"CanHighlight": "needs a highlighter",
	"IsPage":       "needs pages",
	"IsResource":   "needs resources",
	"IsSite":       "needs a site",
	"IsSet":        "needs a site",
	"Seq":          "a loop over several lines",
	"Shuffle":      "the documented order is random",
	"Now":          "the documented time is past",
	"AsTime":       "shows the zone of its author",
	"Format":       "needs a page",
	"Unmarshal":    "needs resources",
	"Log":          "shows fewer digits",
	"Printf":       "shows a part of the result",
}

// docsPrinted are results that the documentation shows in another notation.
var docsPrinted = map[string]string{
	`{{ collections.D 6 7 42 }}`:                 "[4 9 10 20 22 24 41]",
	`{{ collections.D 2 7 42 }}`:                 "[3 11 19 25 32 33 38]",
	`{{ "Schön" | first 4 }}`:                    "Sch\xc3",
	`{{ "Schön" | last 2 }}`:                     "\xb6n",
	`{{ println "foo" }}`:                        "foo\n",
	`{{ println "foo" "bar" }}`:                  "foo bar\n",
	`{{ path.Join "/.." "foo" ".." "baz" }}`:     "/baz",
	`{{ split "tag1,tag2,tag3" "," }}`:           "[tag1 tag2 tag3]",
	`{{ split "abc" "" }}`:                       "[a b c]",
	"{{ findRESubmatch `a(x*)b` \"-ab-\" }}":     "[[ab ]]",
	"{{ findRESubmatch `a(x*)b` \"-ab-axb-\" }}": "[[ab ] [axb x]]",
}

// TestDocumentedExamples runs the examples of the form {{ … }} → result.
func TestDocumentedExamples(t *testing.T) {
	docs := docsFolder(t)
	ran := 0
	for _, space := range []string{
		"cast", "collections", "compare", "crypto", "debug", "encoding", "fmt", "hash", "inflect", "lang",
		"math", "path", "reflect", "strings", "time", "transform", "urls",
	} {
		files, err := filepath.Glob(filepath.Join(docs, space, "*.md"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no pages on %s: %v", space, err)
		}
		for _, file := range files {
			page := strings.TrimSuffix(filepath.Base(file), ".md")
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			vars := ""
			for line := range strings.Lines(string(b)) {
				line = strings.TrimRight(line, "\r\n")
				if m := docsExample.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
					if docsOther[page] == "" && runDocsExample(t, page, vars, m[1], m[2]) {
						ran++
					}
				} else if docsVar.MatchString(line) && !docsSite.MatchString(line) {
					vars += line
				}
			}
		}
	}
	t.Logf("%d examples", ran)
	if ran < 300 {
		t.Errorf("only %d examples were run", ran)
	}
}

// runDocsExample reports whether an example could be run at all: some name
// functions that need a site, or variables set in a way this test can't read.
func runDocsExample(t *testing.T, page, vars, example, want string) bool {
	tmpl, err := template.New("x").Funcs(Map(Options{})).Parse(vars + example)
	if err != nil {
		return false
	}
	var b strings.Builder
	if err := tmpl.Execute(&b, nil); err != nil {
		t.Errorf("%s: %s: %v", page, example, err)
		return true
	}
	want = docsType.ReplaceAllString(want, "")
	if printed, ok := docsPrinted[example]; ok {
		want = printed
	} else if page == "FindRESubmatch" || want == `""` {
		want = strings.ReplaceAll(want, `"`, "")
	}
	if b.String() != want {
		t.Errorf("%s: %s → %q, documented is %q", page, vars+example, b.String(), want)
	}
	return true
}
