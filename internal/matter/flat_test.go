package matter

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// dump writes all that a tree has, private parts included.
func dump(n *Node) string {
	var b strings.Builder
	dumpTo(&b, n)
	return b.String()
}

func dumpTo(b *strings.Builder, n *Node) {
	name := "-"
	if n.name != nil {
		name = *n.name
	}
	num := n.num
	if n.Kind == Float && math.IsNaN(math.Float64frombits(num)) {
		num = 0
	}
	fmt.Fprintf(b, "%v %d:%d name %s text %q quoted %v zoned %v big %v num %d", n.Kind, n.Line, n.Column, name, n.text, n.quoted, n.zoned, n.big, num)
	if n.Kind == Time {
		fmt.Fprintf(b, " %v", n.instant())
	}
	b.WriteByte('\n')
	for _, e := range n.Entries() {
		fmt.Fprintf(b, "%q %d:%d ", e.Key, e.Line, e.Column)
		dumpTo(b, e.Value)
	}
	for _, item := range n.Items() {
		dumpTo(b, item)
	}
}

// sameAsLibrary compares the flat reader's tree with that of the library, and
// reports whether there was one to compare.
func sameAsLibrary(t testing.TB, format Format, block []byte) bool {
	t.Helper()
	got := frontMatterLimits.flat(format, block, 2)
	if got == nil {
		return false
	}
	want, errs := frontMatterLimits.decode(format, block, 2)
	if want == nil {
		t.Fatalf("%q is read, but the library has errors: %v", block, errs)
	}
	if got, want := dump(got), dump(want); got != want {
		t.Fatalf("%q\n got %s\nwant %s", block, got, want)
	}
	return true
}

// TestFlatCorpora compares the two readers on all front matter of the trees, and
// checks that most of it is flat.
func TestFlatCorpora(t *testing.T) {
	flat, all := map[string]int{}, map[string]int{}
	contentFiles(t, corpora(t), func(path string, src []byte) {
		h, ok := findHead(src)
		if !ok || !h.closed {
			return
		}
		tree, _, _ := strings.Cut(path, "/")
		tree += ", " + string(h.format)
		all[tree]++
		if sameAsLibrary(t, h.format, src[h.start:h.end]) {
			flat[tree]++
		}
	})
	for tree, n := range all {
		t.Logf("%s: %d of %d are flat", tree, flat[tree], n)
		if flat[tree] < n*9/10 && !strings.HasPrefix(tree, "zola") {
			t.Errorf("%s: too few are flat", tree)
		}
	}
}

// flatPieces are what random documents are put together of: what begins a line,
// and what follows, which may be a line's end.
var flatPieces = map[Format][2][]string{
	YAML: {
		{
			"a: ", "b: ", "c: ", "d:", "e:\n", "f:\n", "g: ", "title: ", "  a: ", "  b: ", "  c:", "  d:\n", "  - ", "  - ", "  - a: ", "    b: ", "    - ", "- ", "- ", "- b: ", "  x", " y: ", "   - ",
			"_x1: ", "k.e-y: ", "null: ", "<<: ", `"q": `, "'q': ", "ä: ", "1: ", "a b: ", "? ", "--- ", "...", "%", "- - ", "-", "\t", "- \t", "\n", "\n  \n", "# c", "  # c",
		},
		{
			"x", "true", "False", "NULL", "~", "yes", "0", "7", "-1", "+2", "010", "0x1f", "0o17", "0b1", "1_000", "1.5", ".5", "1e3", "-.inf", ".NaN", "1.2.3", "123456789012345678901234567890", "12:30", "10 things",
			"2024-05-06", "2024-5-6", "2024-02-30", "2024-05-06T07:08:09Z", "2024-05-06t07:08:09z", "2024-05-06T07:08:09+02:00", "2024-05-06T07:08:09.5-00:30", "2024-05-06 07:08:09", "2024-05-06 07:08:09 +0200", "2024-05-06 07:08", "2024-05-06T07:08:09",
			`"quoted"`, `'single'`, `'don''t'`, `"esc\taped"`, `"q \" \\"`, `"\\\"`, `""`, `''`, `"`, `'`, "it's", "#", " # comment", "[a, b]", "[]", "[ ]", "[a,]", "[a, 'b', \"c\"] ", "[1, 2.5, true]", "[a b , c]", "[a: b]", "[[a]]", "[", "]", ",", "{", "}", "{a: 1}",
			"&x ", "*x", "!!str ", "| \n  text\n", ">-\n  text\n", "@", "`", "\\", "\u00a0", "\u0085", "\u2028", "\ufeff", "\x7f", "\x01", "日本", "😀", "http://x/#y", "x: y", "x:y", "-x", "--", "$x", "=", "(x)", "*", "\xff",
			"\n", "\n", "\n\n", "\r\n", "\r", "\n  ", "\n\t", " ", "  ", "\t", "", "", "",
		},
	},
	TOML: {
		{
			"a = ", "b = ", "c=", "d =", "title = ", "  e = ", "f  = ", "1 = ", "-x_ = ", "ä = ", "g.h = ", `"q" = `, "'q' = ", "[a]", "[t]", "[u]", "[[v]]", "[t.u]", " [ w ] ", "[", "a", "= ", "# c", "\n", "",
		},
		{
			`"x"`, `"y z"`, `'lit\eral'`, `"esc\taped"`, `"q \" \\"`, `"\\\"`, `""`, `''`, `"""m"""`, "'''m'''", `"`, "true", "false", "True", "0", "7", "-1", "+2", "-0", "010", "0x1f", "0o17", "0b1", "1_000", "1.5", ".5", "5.", "1e3", "-2.50", "0.5", "inf", "nan", "1234567890123456789012",
			"2024-05-06", "2024-5-6", "2024-02-30", "0000-01-01", "2024-05-06T07:08:09Z", "2024-05-06t07:08:09z", "2024-05-06T07:08:09+02:00", "2024-05-06T07:08:09-00:00", "2024-05-06T07:08:09.5Z", "2024-05-06 07:08:09", "2024-05-06T07:08:09", "07:08:09",
			`["a", "b"]`, "[]", "[ ]", `["a",]`, `["a" "b"]`, "[,]", "[1, 2.5, true]", `[ 'a' ,"b"]`, "[\n  \"a\", # c\n\n  \"b\",\n]", "[\n1\n]", "[[1]]", "[{}]", "[", "]", "{}", "{a = 1}",
			" # comment", "#", "\n", "\n", "\r\n", "\r", "\t", " ", "", "", "", "x", "日本", `"日本"`, "\u00a0", "\u0085", "\x7f", "\x01", "\xff", ",",
		},
	},
}

// flatDocument puts a document of some lines together.
func flatDocument(r *rand.Rand, pieces [2][]string) []byte {
	var b strings.Builder
	for range 1 + r.IntN(8) {
		b.WriteString(pieces[0][r.IntN(len(pieces[0]))])
		b.WriteString(pieces[1][r.IntN(len(pieces[1]))])
		if r.IntN(8) == 0 {
			b.WriteString(pieces[1][r.IntN(len(pieces[1]))])
		}
		b.WriteString("\n")
	}
	return []byte(b.String())
}

// TestFlatGenerated compares the two readers on what is put together at random.
func TestFlatGenerated(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for format, pieces := range flatPieces {
		flat := 0
		for range 40_000 {
			if sameAsLibrary(t, format, flatDocument(r, pieces)) {
				flat++
			}
		}
		if flat < 900 {
			t.Errorf("only %d %s documents are flat", flat, format)
		}
	}
}

func TestFlat(t *testing.T) {
	for _, c := range []struct {
		name   string
		format Format
		src    string
		flat   bool
	}{
		{"scalars", YAML, "a: x\nb: 'it''s'\nc: \"d\"\nd: 1\ne: -2.50\nf: true\ng: ~\nh:\ni: 2024-05-06\n", false},
		{"all scalars but odd numbers", YAML, "a: x\nb: 'it''s'\nc: \"d\"\nd: 1\nf: true\ng: ~\nh:\ni: 2024-05-06\nj: 1.2.3\nk: 10 things\n", true},
		{"lists", YAML, "a: [x, 'y', \"z\", 1]\nb:\n- x\n- 2\nc:\n  - x\n  # none\n\n  - y # z\nd: []\n", true},
		{"maps", YAML, "a:\n  b:\n    c: 1\n  d: [x]\ne:\n- f: 1\n  g:\n  - h\n- f: 2\n", true},
		{"a list alone", YAML, "- a\n- b\n", true},
		{"comments and CRLF", YAML, "# x\r\n\r\na: b # c\r\n# d\r\ne: f#g\r\n", true},
		{"columns in characters", YAML, "a: [äö, 日本, x]\n", true},
		{"nothing", YAML, "", false},
		{"comments alone", YAML, "# a\n", false},
		{"duplicate", YAML, "a: 1\na: 2\n", false},
		{"duplicate within", YAML, "a:\n  b: 1\n  b: 2\n", false},
		{"two lines", YAML, "a: x\n  y\n", false},
		{"map in a scalar", YAML, "a: x\n  y: z\n", false},
		{"list in a scalar", YAML, "a: x\n  - z\n", false},
		{"less indented", YAML, "a:\n    b: 1\n  c: 2\n", false},
		{"list after a map", YAML, "a: 1\n- b\n", false},
		{"anchor", YAML, "a: &x 1\nb: *x\n", false},
		{"merge key", YAML, "<<: {a: 1}\n", false},
		{"block", YAML, "a: |\n  text\n", false},
		{"escape", YAML, `a: "\u0041"`, false},
		{"escaped quotes and backslashes", YAML, `a: ["\"b\" \\", "\\"] # "`, true},
		{"quote that is escaped, and none", YAML, `a: "b\\\"`, false},
		{"TOML escaped quotes and backslashes", TOML, `a = ["\"b\" \\", "\\", '\'] # "`, true},
		{"tab", YAML, "a:\tb\n", false},
		{"line separator", YAML, "a: b\u2028c: d\n", false},
		{"colon", YAML, "a: b: c\n", false},
		{"text after quotes", YAML, "a: 'b' c\n", false},
		{"comment that is none", YAML, "a: 'b'#c\n", false},
		{"document", YAML, "--- a\n", false},
		{"TOML", TOML, "a = \"x\"\nb = '\\y'\nc = -1 # d\n\n[e]\nf = [\"g\", 'h']\n[i]\nj = 2.5\nk = 2024-05-06T07:08:09-02:00\nl=true\n", true},
		{"TOML list of several lines", TOML, "a = [\r\n  1, # b\r\n\r\n  2,\r\n]\r\nc = []\r\n", true},
		{"TOML columns", TOML, "a = [\"äö\", \"日本\", 1]\n", true},
		{"no TOML", TOML, "", true},
		{"TOML table twice", TOML, "[a]\n[a]\n", false},
		{"TOML key and table", TOML, "a = 1\n[a]\n", false},
		{"TOML dotted key", TOML, "a.b = 1\n", false},
		{"TOML dotted table", TOML, "[a.b]\n", false},
		{"TOML list of tables", TOML, "[[a]]\n", false},
		{"TOML strings of several lines", TOML, "a = \"\"\"x\"\"\"\n", false},
		{"TOML leading zero", TOML, "a = 01\n", false},
		{"TOML list that is not closed", TOML, "a = [1,\n", false},
		{"TOML two values", TOML, "a = 1 2\n", false},
		{"TOML no value", TOML, "a =\n", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sameAsLibrary(t, c.format, []byte(c.src)); got != c.flat {
				t.Errorf("flat is %v, want %v", got, c.flat)
			}
		})
	}
}

func TestFlatLimits(t *testing.T) {
	for _, c := range []struct {
		format       Format
		src          string
		nodes, depth int
	}{
		{YAML, "a: b\n", 2, 1},
		{YAML, "a: [b, c]\nd:\n  e: f\n", 6, 2},
		{YAML, "a:\n- b: c\n  d: [e]\n", 6, 4},
		{TOML, "a = 1\n", 2, 1},
		{TOML, "a = 1\n[b]\nc = 2\n", 4, 2},
		{TOML, "[b]\nc = [2]\nd = 3\n", 5, 3},
	} {
		exact := Limits{MaxBytes: len(c.src), MaxNodes: c.nodes, MaxDepth: c.depth}
		shorter, fewer, flatter := exact, exact, exact
		shorter.MaxBytes--
		fewer.MaxNodes--
		flatter.MaxDepth = max(1, c.depth-1)
		for _, limits := range []Limits{exact, shorter, fewer, flatter} {
			ok := limits == exact
			_, errs := limits.decode(c.format, []byte(c.src), 1)
			if got := limits.flat(c.format, []byte(c.src), 1); (got != nil) != ok || (len(errs) == 0) != ok {
				t.Errorf("%q, %+v: flat %v, errors %v", c.src, limits, got, errs)
			}
		}
	}
}

// TestFlatAllocations counts what is allocated for small front matter: the nodes and their text, and nothing to scan it with.
func TestFlatAllocations(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector, with which the short tests are run, empties pools")
	}
	src := []byte("title: A\ntags: [a, b]\nparams:\n  c: d\n")
	l := dataLimits
	if n := testing.AllocsPerRun(1000, func() {
		if l.flat(YAML, src, 1) == nil {
			t.Fatal("it is not flat")
		}
	}); n > 5 {
		t.Errorf("%.0f allocations", n)
	}
}

// TestHeadAlone checks that front matter can be read again without the body.
func TestHeadAlone(t *testing.T) {
	contentFiles(t, corpora(t), func(path string, src []byte) {
		doc, err := Parse(src)
		if err != nil || doc.Root == nil {
			return
		}
		head, err := Parse(src[:doc.BodyOffset])
		if err != nil || dump(head.Root) != dump(doc.Root) {
			t.Errorf("%s: the head alone gives another tree, and error %v", path, err)
		}
	})
}

// TestFlatKeepsNothing checks that the nodes of front matter share no memory with
// the file.
func TestFlatKeepsNothing(t *testing.T) {
	for _, comment := range []string{"", "# " + strings.Repeat("long ", 1000) + "\n"} {
		src := []byte("---\ntitle: Hello\n" + comment + "tags: [go, \"web\", 'don''t']\n---\nBody")
		doc, err := Parse(src)
		if err != nil {
			t.Fatal(err)
		}
		before := dump(doc.Root)
		for i := range src {
			src[i] = '?'
		}
		if after := dump(doc.Root); after != before {
			t.Errorf("the nodes change with the file:\n%s", after)
		}
	}
}

// TestFlatLongLine checks that the time which a line takes is not quadratic in its length.
func TestFlatLongLine(t *testing.T) {
	items := strings.Repeat("1,", 300_000)
	for format, src := range map[Format]string{YAML: "a: [" + items + "1]", TOML: "a = [" + items + "1]"} {
		l := dataLimits
		n := l.flat(format, []byte(src), 1)
		if n == nil {
			t.Fatalf("the %s is not flat", format)
		}
		list := n.Get("a").Items()
		if last := list[len(list)-1]; len(list) != 300_001 || last.Column != len(src)-1 {
			t.Errorf("%s: the last of %d items is in column %d of %d", format, len(list), last.Column, len(src))
		}
	}
}

func FuzzFlat(f *testing.F) {
	for format, pieces := range flatPieces {
		r := rand.New(rand.NewPCG(3, 4))
		for range 200 {
			f.Add(string(format), string(flatDocument(r, pieces)))
		}
	}
	for format, src := range threeFormats {
		f.Add(string(format), src)
	}
	f.Add("yaml", "title: \"A b\"\ndate: 2024-05-06T07:08:09Z\ntags:\n  - x\n  - y: 1\n    z: [a, b]\nmenu:\n  main:\n    weight: 1 # c\n")
	f.Fuzz(func(t *testing.T, format, src string) {
		if sameAsLibrary(t, Format(format), []byte(src)) && !utf8.ValidString(src) {
			t.Fatal("what is not UTF-8 is read")
		}
	})
}

func BenchmarkFlat(b *testing.B) {
	for _, format := range []Format{YAML, TOML} {
		src := []byte(benchHeads[string(format)])
		h, _ := findHead(src)
		block := src[h.start:h.end]
		b.Run(string(format), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if frontMatterLimits.flat(format, block, 2) == nil {
					b.Fatal("not flat")
				}
			}
		})
	}
}
