package qr

import (
	"bufio"
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

// render draws a symbol with two characters a module.
func render(c *Code) string {
	var b strings.Builder
	for y := range c.Size() {
		for x := range c.Size() {
			if c.Dark(x, y) {
				b.WriteString("██")
			} else {
				b.WriteString("  ")
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestVersions compares the capacity of each version and level, and a symbol of each version,
// with the golden file. When that was made, an independent decoder read the symbols of all
// versions and levels.
func TestVersions(t *testing.T) {
	const name = "testdata/versions.txt"
	var got strings.Builder
	for level := Low; level <= High; level++ {
		for v := 1; v <= maxVersion; v++ {
			n := (8*dataCodewords(v, level) - 4 - bytes.countBits(v)) / 8
			fmt.Fprintf(&got, "%d-%v %d", v, level, n)
			if (v+int(level))%4 != 0 {
				got.WriteByte('\n')
				continue
			}
			text := strings.Repeat("Some plain text; ", 200)[:n]
			c, err := Encode(text, level)
			if err != nil {
				t.Fatal(err)
			}
			if c.Version() != v {
				t.Fatalf("%d bytes at level %v: version %d, want %d", n, level, c.Version(), v)
			}
			if back, err := read(c); err != nil || back != text {
				t.Errorf("version %d, level %v: read back as %.40q, %v", v, level, back, err)
			}
			fmt.Fprintf(&got, " %x\n", sha256.Sum256([]byte(render(c))))
		}
	}
	if *update {
		if err := os.WriteFile(name, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(strings.NewReader(got.String()))
	for line := range strings.Lines(string(want)) {
		if !lines.Scan() || lines.Text() != strings.TrimSpace(line) {
			t.Errorf("got %s, want %s", lines.Text(), line)
		}
	}
}

func TestEncode(t *testing.T) {
	for _, tt := range []struct {
		text    string
		level   Level
		version int
	}{
		{"1", High, 1},
		{"01234567", Medium, 1},
		{strings.Repeat("1", 41), Low, 1},
		{strings.Repeat("1", 42), Low, 2},
		{"HELLO WORLD", Quartile, 1},
		{strings.Repeat("A", 25), Low, 1},
		{strings.Repeat("A", 26), Low, 2},
		{strings.Repeat("a", 17), Low, 1},
		{strings.Repeat("a", 18), Low, 2},
		{"https://example.org/?a=1&b=2#ü", Medium, 3},
		{"漢字", Medium, 1},
		{"\x00\xff", Medium, 1},
		{strings.Repeat("1", 7089), Low, 40},
		{strings.Repeat("A", 4296), Low, 40},
		{strings.Repeat("a", 2953), Low, 40},
		{strings.Repeat("a", 1273), High, 40},
	} {
		c, err := Encode(tt.text, tt.level)
		if err != nil {
			t.Errorf("%.30q: %v", tt.text, err)
			continue
		}
		if c.Version() != tt.version || c.Size() != 17+4*tt.version {
			t.Errorf("%.30q: version %d with %d modules, want version %d", tt.text, c.Version(), c.Size(), tt.version)
		}
		if back, err := read(c); err != nil || back != tt.text {
			t.Errorf("%.30q: read back as %.40q, %v", tt.text, back, err)
		}
	}
}

func TestEncodeErrors(t *testing.T) {
	for _, tt := range []struct {
		text  string
		level Level
		want  string
	}{
		{"", Low, "no text to encode"},
		{"a", 4, "unknown level Level(4) of error correction"},
		{strings.Repeat("a", 2954), Low, "2954 characters are too many for a QR code with error correction level low, which holds 2953 of this kind"},
		{strings.Repeat("1", 3058), High, "3058 characters are too many for a QR code with error correction level high, which holds 3057 of this kind"},
	} {
		if _, err := Encode(tt.text, tt.level); err == nil || err.Error() != tt.want {
			t.Errorf("%.10q: error %v, want %s", tt.text, err, tt.want)
		}
	}
}

func TestParseLevel(t *testing.T) {
	for l := Low; l <= High; l++ {
		if got, err := ParseLevel(l.String()); got != l || err != nil {
			t.Errorf("%v: %v, %v", l, got, err)
		}
	}
	if _, err := ParseLevel("L"); err == nil || !strings.Contains(err.Error(), `"L"`) {
		t.Errorf("error %v", err)
	}
}

func TestDark(t *testing.T) {
	c, err := Encode("HELLO WORLD", Medium)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range [][2]int{{-1, 0}, {0, -1}, {c.Size(), 0}, {0, c.Size()}} {
		if c.Dark(at[0], at[1]) {
			t.Errorf("%v is dark", at)
		}
	}
	if !c.Dark(0, 0) || c.Dark(1, 1) || !c.Dark(8, c.Size()-8) {
		t.Error("the function patterns are wrong")
	}
}

func TestSVG(t *testing.T) {
	c, err := Encode("1", Low)
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.SVG(Image{})
	if err != nil {
		t.Fatal(err)
	}
	head := `<svg width="116" height="116" viewBox="0 0 29 29" shape-rendering="crispEdges" aria-hidden="true"><path fill="#fff" d="M0 0h29v29H0z"/><path fill="#000" d="M4 4h7v1h-7z`
	if !strings.HasPrefix(got, head) || !strings.HasSuffix(got, `z"/></svg>`) {
		t.Errorf("got %.300s", got)
	}
	got, err = c.SVG(Image{Scale: 2, Alt: `a "b"`, Title: "<t>", Class: "c&d", ID: "i"})
	if err != nil {
		t.Fatal(err)
	}
	head = `<svg id="i" class="c&amp;d" width="58" height="58" viewBox="0 0 29 29" shape-rendering="crispEdges" role="img" aria-label="a &#34;b&#34;"><title>&lt;t&gt;</title><path`
	if !strings.HasPrefix(got, head) {
		t.Errorf("got %.300s", got)
	}
	for _, scale := range []int{-1, 1, 1001} {
		if _, err := c.SVG(Image{Scale: scale}); err == nil {
			t.Errorf("scale %d passes", scale)
		}
	}
}

// FuzzEncode reads every symbol back.
func FuzzEncode(f *testing.F) {
	f.Add("https://example.org/", uint8(1))
	f.Add("0123456789", uint8(3))
	f.Add("A-Z $%*+-./:", uint8(0))
	f.Add("\x00ü\xff", uint8(2))
	f.Fuzz(func(t *testing.T, text string, level uint8) {
		c, err := Encode(text, Level(level))
		if err != nil {
			if text != "" && level < 4 && len(text) < 1274 {
				t.Fatal(err)
			}
			return
		}
		if back, err := read(c); err != nil || back != text {
			t.Fatalf("%q is read back as %q, %v", text, back, err)
		}
		if _, err := c.SVG(Image{Alt: text}); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Encode("https://example.com/posts/some-long-title/", Medium); err != nil {
			b.Fatal(err)
		}
	}
}
