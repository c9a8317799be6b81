package highlight

import (
	"errors"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
)

func css(t *testing.T, light, dark string) string {
	t.Helper()
	var b strings.Builder
	if err := CSS(&b, light, dark); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCSS(t *testing.T) {
	both := css(t, "", "")
	if both != css(t, "light", "Dark") {
		t.Error("the default styles are not light and dark")
	}
	for range 3 {
		if css(t, "", "") != both {
			t.Fatal("not the same bytes every time")
		}
	}
	light, dark, _ := strings.Cut(strings.TrimPrefix(both, layout), "@media screen and (prefers-color-scheme:dark){\n")
	for _, want := range []string{".chroma,.highlight>figcaption{color:#23262b;background-color:#f4f4f0}\n", ".chroma .ge{font-style:italic}\n"} {
		if !strings.Contains(light, want) {
			t.Errorf("no %s in %s", want, light)
		}
	}
	if want := ".chroma,.highlight>figcaption{color:#d9dbdf;background-color:#212429}\n"; !strings.Contains(dark, want) {
		t.Errorf("no %s in %s", want, dark)
	}
	if one := css(t, "monokai", ""); one != css(t, "", "monokai") || strings.Contains(one, "prefers-color-scheme") {
		t.Errorf("one style: %s", one)
	}
	if strings.Count(both, "{") != strings.Count(both, "}") {
		t.Error("braces differ")
	}
}

// TestCSSResets sees that nothing of the light style is left in the dark one.
func TestCSSResets(t *testing.T) {
	light, dark := sheet(mustFind(t, "pygments")), sheet(mustFind(t, "bw"))
	dark.reset(light)
	for selector, l := range light {
		d := dark[selector]
		if l.color != "" && d.color == "" || l.background != "" && d.background == "" || l.weight != "" && d.weight == "" ||
			l.slant != "" && d.slant == "" || l.underline != "" && d.underline == "" {
			t.Errorf("%s: %v stays under %v", selector, l, d)
		}
	}
	if d := dark[".chroma .nc"]; d.color != "inherit" {
		t.Errorf("class names: %v", d)
	}
}

func mustFind(t *testing.T, name string) *chroma.Style {
	t.Helper()
	s, err := findStyle(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCSSErrors(t *testing.T) {
	for _, names := range [][2]string{{"gihub", ""}, {"", "gihub"}, {"light", "gihub"}} {
		err := CSS(new(strings.Builder), names[0], names[1])
		if err == nil || err.Error() != `highlight: unknown style "gihub" (did you mean "github"?)` {
			t.Errorf("%q: %v", names, err)
		}
	}
	if err := CSS(failingWriter{}, "", ""); !errors.Is(err, errWrite) {
		t.Errorf("got %v", err)
	}
}

var errWrite = errors.New("no room")

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errWrite }

func TestStyles(t *testing.T) {
	names := Styles()
	if !slices.IsSorted(names) || !slices.Contains(names, "light") || !slices.Contains(names, "github-dark") {
		t.Errorf("styles %q", names)
	}
	for _, name := range names {
		s := mustFind(t, name)
		if b := base(s); b.color == "" || b.background == "" || contrast(t, b.color, b.background) < 2 {
			t.Errorf("%s: text can't be read: %v", name, b)
		}
		css(t, name, "")
	}
}

// TestContrast holds our styles against WCAG 2.2, 1.4.3: every colour of text is at
// least 4.5 to every background that it can be on.
func TestContrast(t *testing.T) {
	for _, name := range []string{"light", "dark"} {
		var texts, grounds []string
		for _, d := range sheet(mustFind(t, name)) {
			if d.color != "" {
				texts = append(texts, d.color)
			}
			if d.background != "" {
				grounds = append(grounds, d.background)
			}
		}
		if len(texts) < 10 || len(grounds) < 4 {
			t.Fatalf("%s: colours %q on %q", name, texts, grounds)
		}
		for _, text := range texts {
			for _, ground := range grounds {
				if c := contrast(t, text, ground); c < 4.5 {
					t.Errorf("%s: contrast of %s on %s is %.2f", name, text, ground, c)
				}
			}
		}
	}
}

var hexColour = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// contrast returns the contrast ratio as WCAG 2.2 defines it.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	luminance := func(colour string) float64 {
		if !hexColour.MatchString(colour) {
			t.Fatalf("colour %q", colour)
		}
		c := chroma.ParseColour(colour)
		part := func(v uint8) float64 {
			f := float64(v) / 255
			if f <= 0.04045 {
				return f / 12.92
			}
			return math.Pow((f+0.055)/1.055, 2.4)
		}
		return 0.2126*part(c.Red()) + 0.7152*part(c.Green()) + 0.0722*part(c.Blue())
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
