package search

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestTerms(t *testing.T) {
	for _, c := range []struct {
		text, want string // terms of a query
		extras     string // terms that an index has besides; with a leading * in German
	}{
		{"Hello, World!", "hello world", ""},
		{"RelPermalink", "relpermalink", "rel permalink"},
		{".Site.RegularPages", "site regularpages", "regular pages"},
		{"HTMLTemplate parseURL2JSON", "htmltemplate parseurl2json", "html template parse url2 json"},
		{"html/template", "html template", ""},
		{"hugo --baseURL=/", "hugo baseurl", "base url"},
		{"foo_bar foo-bar", "foo bar foo bar", ""},
		{"v0.146.1 and 1.5. End", "v0.146.1 and 1.5 end", ""},
		{"Hugo's don't l'image d’Hugo", "hugo don image hugo", ""},
		{"Čeština ÉCOLE naïve ﬁne ＡＢＣ", "cestina ecole naive fine abc", ""},
		{"Straße Æon Łódź Øre ıİ", "strasse aeon lodz ore ii", ""},
		{"Über Mädchen", "uber madchen", "*ueber maedchen"},
		{"Ψυχής ΟΔΟΣ", "ψυχησ οδοσ", ""},
		{"Ёлка Йод", "елка иод", ""},
		{"証明書を", "証明 明書 書を", ""},
		{"中", "中", ""},
		{"Goの型", "go の型", ""},
		{"ﾊﾞﾗ", "バラ", ""},
		{"한국어", "한국 국어", ""},
		{"ภาษา", "ภา าษ ษา", ""},
		{"שָׁלוֹם كِتَابٌ", "שלום كتاب", ""},
		{"हिन्दी தமிழ்", "हिन्दी தமிழ்", ""},
		{"soft\u00adhyphen می\u200cخواهم", "softhyphen میخواهم", ""},
		{"\u00ad \u0301", "", ""},
		{"x² ½", "x2 1⁄2", ""},
		{strings.Repeat("a", 40) + " " + strings.Repeat("я", 40), strings.Repeat("a", 32) + " " + strings.Repeat("я", 32), ""},
		{"a\xffb \xc3", "a b", ""},
	} {
		got := terms(c.text, false, false)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
		extras, german := strings.CutPrefix(c.extras, "*")
		all := terms(c.text, true, german)
		want := append(strings.Fields(c.want), strings.Fields(extras)...)
		slices.Sort(all)
		slices.Sort(want)
		if !slices.Equal(all, want) {
			t.Errorf("%q in an index: %q, want %q", c.text, all, want)
		}
	}
}

// TestFoldByRune compares the folding of single characters, which is
// remembered, with that of whole words.
func TestFoldByRune(t *testing.T) {
	var table runeTable
	for _, follow := range []rune{'a', 0x301, 0x3099, 0x11a8} {
		for r := rune(0x80); r <= 0xffff; r++ {
			if !isWordRune(r) {
				continue
			}
			word := string([]rune{r, follow, r})
			if got, want := table.appendFolded(nil, word), appendFolded(nil, word); !bytes.Equal(got, want) {
				t.Fatalf("%q (%U): %q, want %q", word, []rune(word), got, want)
			}
		}
	}
}

func FuzzTerms(f *testing.F) {
	for _, s := range []string{"RelPermalink", "é́", "証明書", "1.2.3.", "'a'", "\xff\xc3", "ﾊﾞ", "각"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, term := range terms(s, true, true) {
			if term == "" || utf8.ValidString(s) && !utf8.ValidString(term) || utf8.RuneCountInString(term) > maxTermLength {
				t.Fatalf("%q: term %q", s, term)
			}
			if i := strings.IndexFunc(term, func(r rune) bool { return r < '0' && r != '.' || unicode.IsSpace(r) }); i >= 0 {
				t.Fatalf("%q: term %q sorts before an asterisk or has a space", s, term)
			}
		}
	})
}

// node runs a module that imports the script as search, and decodes the JSON
// that it writes. Without Node.js the test is skipped.
func node(t *testing.T, program string, input, output any) {
	t.Helper()
	exe, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node command on this machine")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "search.mjs"), Script(), 0o666); err != nil {
		t.Fatal(err)
	}
	program = "import fs from 'node:fs'; import * as search from './search.mjs';\n" +
		"const input = JSON.parse(fs.readFileSync(0, 'utf8'));\n" + program
	if err := os.WriteFile(filepath.Join(dir, "main.mjs"), []byte(program), 0o666); err != nil {
		t.Fatal(err)
	}
	in, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, filepath.Join(dir, "main.mjs"))
	cmd.Stdin = bytes.NewReader(in)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	if err := json.Unmarshal(out, output); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

const tokensProgram = `process.stdout.write(JSON.stringify(input.map(s => search.tokens(s).map(t => t[0]))));`

func compareTerms(t *testing.T, texts []string) {
	t.Helper()
	var got [][]string
	node(t, tokensProgram, texts, &got)
	wrong := 0
	for i, s := range texts {
		want := terms(s, false, false)
		if slices.Equal(got[i], want) {
			continue
		}
		if wrong++; wrong < 10 {
			k := 0
			for k < len(want) && k < len(got[i]) && want[k] == got[i][k] {
				k++
			}
			t.Errorf("from term %d on the script has %q, the index %q", k, got[i][k:min(k+3, len(got[i]))], want[k:min(k+3, len(want))])
		}
	}
}

// TestScriptTermsOfLetters compares the terms of each character that both
// know, alone and within a word.
func TestScriptTermsOfLetters(t *testing.T) {
	t.Parallel()
	var known []bool
	node(t, `process.stdout.write(JSON.stringify(Array.from({ length: 0x32000 }, (_, r) => /[\p{L}\p{N}\p{M}]/u.test(String.fromCodePoint(r)))));`, 0, &known)
	var texts []string
	var text strings.Builder
	both := 0
	for r := rune(1); r < 0x32000; r++ {
		if surrogate := r >= 0xd800 && r < 0xe000; surrogate || known[r] != (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)) {
			continue
		}
		if r >= 0x4f00 && r < 0x9f00 || r >= 0xad00 && r < 0xd700 || r >= 0x20100 { // more of the same
			continue
		}
		both++
		text.WriteString(string(r) + " x" + string(r) + "y " + string(r) + "の'" + string(r) + "\n")
		if r%64 == 63 {
			texts = append(texts, text.String())
			text.Reset()
		}
	}
	if both < 40000 {
		t.Fatalf("only %d characters are the same to both", both)
	}
	compareTerms(t, texts)
}

func TestScriptTermsOfCorpora(t *testing.T) {
	t.Parallel()
	fsys := corpora(t)
	var texts []string
	size := 0
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".md" {
			return err
		}
		if len(name)%9 != 0 && !strings.Contains(name, "/faq") { // a sample, with every language
			return nil
		}
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		texts = append(texts, strings.ToValidUTF8(string(b), "\ufffd"))
		size += len(b)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if size < 1<<20 {
		t.Fatalf("only %d bytes of text", size)
	}
	compareTerms(t, texts)
}
