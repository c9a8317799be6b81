package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A breach breaks a document, which is right as it is, at one place.
type breach struct {
	old, new string
	want     string // the problems, a line each; without the position if it begins with a letter
}

// check applies each breach to the document and compares the problems.
func check(t *testing.T, doc string, rules func(b []byte) []Problem, breaches []breach) {
	t.Helper()
	if got := rules([]byte(doc)); got != nil {
		t.Fatalf("the document itself: %v", got)
	}
	for _, b := range breaches {
		if !strings.Contains(doc, b.old) {
			t.Errorf("no %q in the document", b.old)
		}
		broken := strings.Replace(doc, b.old, b.new, 1)
		var lines []string
		for _, p := range rules([]byte(broken)) {
			if b.want != "" && b.want[0] > '9' {
				lines = append(lines, fmt.Sprintf("%s: %s", p.Rule, p.Text))
			} else {
				lines = append(lines, p.String())
			}
		}
		if got := strings.Join(lines, "\n"); got != b.want {
			t.Errorf("%.200q for %q:\n%s\nwant\n%s", b.new, b.old, got, b.want)
		}
	}
}

// xmlBreaches break any of the XML documents, which end with the root's end tag.
func xmlBreaches(root string) []breach {
	end := "</" + root + ">"
	return []breach{
		{end, "", fmt.Sprintf("syntax: the element %s isn't closed", root)},
		{end, "<x></y>" + end, "syntax: the end tag y closes nothing"},
		{end, end + end, fmt.Sprintf("syntax: the end tag %s closes nothing", root)},
		{end, end + "<x/>", "syntax: a second root element"},
		{end, end + "x", "syntax: text outside of the root element"},
		{end, "&nbsp;" + end, "syntax: invalid character entity &nbsp;"},
		{end, "<a:b/>" + end, "syntax: the namespace prefix a isn't declared"},
		{end, "<b a:c=''/>" + end, "syntax: the namespace prefix of the attribute c isn't declared"},
		{end, "<b c='' c=''/>" + end, "syntax: b has the attribute c twice"},
		{end, "<x xmlns:p='u' xmlns:q='u' p:c='' q:c=''/>" + end, "syntax: x has the attribute c twice"},
		{end, "<x:a xmlns:x='urn:x' xml:base='/'/>" + end, `url: xml:base: "/" is no absolute URL: it has no scheme, such as https`},
		{end, "<x:a xmlns:x='urn:x' xml:lang='e'/>" + end, `language: "e" is no language tag: a language has at least two letters`},
		{end, strings.Repeat("<x:a xmlns:x='urn:x'>", 300) + end, "syntax: elements are nested more than 200 levels deep"},
		{end, "\x01" + end, "syntax: illegal character code U+0001"},
		{end, "\xff" + end, "encoding: the byte 0xff is not UTF-8"},
		{"<?xml version=\"1.0\"?>", "", ""},
		{"<?xml version=\"1.0\"?>", "\uFEFF<?xml version=\"1.0\"?>", ""},
		{"<?xml version=\"1.0\"?>", " <?xml version=\"1.0\"?>", "1:2: syntax: the XML declaration must be at the very start"},
		{"<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"latin1\"?>", `encoding: opening charset "latin1": feeds and sitemaps are in UTF-8`},
		{"<?xml version=\"1.0\"?>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "1:1: syntax: a document type declaration, which readers refuse"},
	}
}

func TestProblemPositions(t *testing.T) {
	r := &report{src: []byte("aé\nüb\n\nc")}
	for _, offset := range []int{9, 0, 3, 6, 4, 100, 8} {
		r.add(offset, "r", "%d", offset)
	}
	var got []string
	for _, p := range r.problems() {
		got = append(got, fmt.Sprintf("%d:%d=%s", p.Line, p.Column, p.Text))
	}
	if want := []string{"1:1=0", "1:3=3", "2:1=4", "2:2=6", "3:1=8", "4:1=9", "4:2=100"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestEmptyDocuments(t *testing.T) {
	for _, c := range checks {
		for _, doc := range []string{"", " ", "\uFEFF", "<!-- x -->"} {
			if (c.run([]byte(doc)) == nil) != (c.name == "robots" && len(doc) < 5) {
				t.Errorf("%s is wrong about %q", c.name, doc)
			}
		}
	}
}

// checks are all of them.
var checks = []struct {
	name string
	run  func(b []byte) []Problem
}{
	{"rss", func(b []byte) []Problem { return RSS(b, "https://example.com/feed") }},
	{"atom", func(b []byte) []Problem { return Atom(b, "https://example.com/feed") }},
	{"json", func(b []byte) []Problem { return JSONFeed(b, "https://example.com/feed") }},
	{"sitemap", func(b []byte) []Problem { return Sitemap(b, "") }},
	{"index", func(b []byte) []Problem { return SitemapIndex(b, "https://example.com/sitemap.xml") }},
	{"robots", Robots},
	{"llms", LLMs},
}

// FuzzRules gives every check any bytes.
func FuzzRules(f *testing.F) {
	for _, s := range []string{
		rssDoc, atomDoc, jsonDoc, sitemapDoc, robotsDoc, llmsDoc,
		"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b '&b;&b;'>]><a>&b;</a>", strings.Repeat("<a>", 250), strings.Repeat("[", 100),
		"<rss version='2.0'><channel><link>:</link></channel></rss>", `{"items":[{"id":1}]}`, "# a\n## b\n- [", "<a:b xmlns:a=''/>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, c := range checks {
			last := Problem{Line: 1, Column: 1}
			for _, p := range c.run(b) {
				if p.Line < last.Line || p.Line == last.Line && p.Column < last.Column {
					t.Errorf("%s: %v comes after %v", c.name, p, last)
				}
				if p.Rule == "" || p.Text == "" || len(p.Text) > 600 {
					t.Errorf("%s: %v", c.name, p)
				}
				last = p
			}
		}
		Alternates([][]byte{b, []byte(sitemapDoc)})
	})
}

// TestBombs holds that hostile documents take no long time: each is checked in
// time and space linear in its size.
func TestBombs(t *testing.T) {
	const n = 30_000
	for name, doc := range map[string]string{
		"depth":      strings.Repeat("<a>", n),
		"width":      "<rss version='2.0'><channel>" + strings.Repeat("<a/>", n/4) + "</channel></rss>",
		"attributes": "<rss" + strings.Repeat(" a='b'", n) + ">",
		"name":       "<" + strings.Repeat("a", n) + ">",
		"entities":   "<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'>" + strings.Repeat("<!ENTITY c '&b;&b;'>", n/10) + "]><a>&c;</a>",
		"references": "<a>" + strings.Repeat("&#65;", n) + "</a>",
		"arrays":     strings.Repeat("[", n),
		"objects":    strings.Repeat(`{"items":`, n),
		"keys":       `{"version":"` + strings.Repeat(`","x`, n/10) + `":1}`,
		"hashes":     strings.Repeat("#", n),
		"brackets":   "# a\n## b\n- " + strings.Repeat("[", n),
		"lines":      strings.Repeat("x\n", n/10),
	} {
		for _, c := range checks {
			if c.run([]byte(doc)) == nil && (c.name != "robots" || name != "hashes") { // a comment
				t.Errorf("%s finds nothing wrong with %s", c.name, name)
			}
		}
	}
}
