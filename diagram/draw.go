package diagram

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bep/goat"
)

// The size of a character in pixels, and where the first one's middle is, in goat.
const (
	cellWidth, cellHeight = 8, 16
	left, top             = 8, 16
)

// drawing gathers what goat draws, element by element, in as few elements as can be: lines in
// one path, characters in words.
type drawing struct {
	grid                   *grid
	lines, triangles       strings.Builder
	hollow, filled, shades strings.Builder
	words                  []word
	buf                    bytes.Buffer
	unknown                string // an element of goat's that is not known here
}

// word is text in one line.
type word struct {
	x, y  int // where it begins, as a place in the grid
	cells int
	text  string // escaped
}

func draw(text string, f frame) (string, error) {
	for _, given := range []string{f.title, f.id, f.class} {
		if strings.ContainsFunc(given, isInvalid) || !utf8.ValidString(given) {
			return "", fmt.Errorf("diagram: invalid characters in %q", given)
		}
	}
	g, err := newGrid(text)
	if err != nil {
		return "", err
	}
	canvas := goat.NewCanvas(strings.NewReader(g.String()))
	d := &drawing{grid: g}
	for _, l := range canvas.Lines() {
		d.add(l)
	}
	for _, t := range canvas.Triangles() {
		d.add(t)
	}
	for _, c := range canvas.RoundedCorners() {
		d.add(&c)
	}
	for _, c := range canvas.Circles() {
		d.add(&c)
	}
	for _, b := range canvas.Bridges() {
		d.add(b)
	}
	for _, t := range canvas.Text() {
		d.add(t)
	}
	if d.unknown != "" {
		return "", fmt.Errorf("diagram: the element %q", d.unknown)
	}
	var b strings.Builder
	f.write(&b, (g.width+1)*cellWidth, len(g.rows)*cellHeight+cellHeight/2+1, d.String())
	return b.String(), nil
}

// add takes what goat draws: one element, whose attributes are in single quotes.
func (d *drawing) add(from goat.Drawable) {
	d.buf.Reset()
	from.Draw(&d.buf)
	element := d.buf.String()
	name, _, _ := strings.Cut(strings.TrimPrefix(element, "<"), " ")
	switch name {
	case "path":
		d.lines.WriteString(path(value(element, "d")))
	case "polygon":
		d.triangle(value(element, "points"), value(element, "transform"))
	case "circle":
		b := &d.filled
		if value(element, "fill") != "currentColor" {
			b = &d.hollow
		}
		fmt.Fprintf(b, `<circle cx="%d" cy="%d" r="6"/>`, integer(element, "cx")+left, integer(element, "cy")+top)
	case "rect":
		d.shade(element)
	case "text":
		d.character(element)
	default:
		d.unknown = name
	}
}

// value returns the value of an attribute.
func value(element, name string) string {
	_, rest, _ := strings.Cut(element, " "+name+"='")
	v, _, _ := strings.Cut(rest, "'")
	return v
}

func integer(element, name string) int {
	n, _ := strconv.Atoi(value(element, name))
	return n
}

func number(n int) string { return strconv.Itoa(n) }

// path moves the data of a path, points after M, L and A, to where the diagram is.
func path(data string) string {
	var b strings.Builder
	arc := false
	for i, field := range strings.Fields(data) {
		x, y, isPair := strings.Cut(field, ",")
		switch {
		case !isPair && len(field) == 1 && field[0] >= 'A':
			arc = field == "A"
			b.WriteString(field)
			continue
		case arc && len(field) > 0 && i < 6: // radii, rotation, flags
			b.WriteString(field + " ")
			continue
		}
		px, _ := strconv.Atoi(x)
		py, _ := strconv.Atoi(y)
		b.WriteString(number(px+left) + "," + number(py+top))
	}
	return b.String()
}

// triangle adds an arrow's head, rotated.
func (d *drawing) triangle(points, transform string) {
	var angle, cx, cy float64
	if _, err := fmt.Sscanf(transform, "rotate(%f, %f, %f)", &angle, &cx, &cy); err != nil {
		d.unknown = transform
		return
	}
	sin, cos := math.Sincos(angle * math.Pi / 180)
	for i, field := range strings.Fields(points) {
		var x, y float64
		if _, err := fmt.Sscanf(field, "%f,%f", &x, &y); err != nil {
			d.unknown = field
			return
		}
		d.triangles.WriteByte("ML"[min(i, 1)])
		x, y = x-cx, y-cy
		d.triangles.WriteString(decimal(cx+x*cos-y*sin+left) + "," + decimal(cy+x*sin+y*cos+top))
	}
	d.triangles.WriteByte('z')
}

func decimal(f float64) string {
	return strconv.FormatFloat(math.Round(f*10)/10, 'f', -1, 64)
}

// shade adds a place that is filled, with how dark it is.
func (d *drawing) shade(element string) {
	opacity := ""
	var level int
	if _, err := fmt.Sscanf(value(element, "fill"), "rgb(%d,", &level); err == nil {
		opacity = fmt.Sprintf(` fill-opacity="%.2f"`, 1-float64(level)/255)
	}
	fmt.Fprintf(&d.shades, `<rect x="%d" y="%d" width="%d" height="%d"%s/>`,
		integer(element, "x")+left, integer(element, "y")+top, cellWidth, cellHeight, opacity)
}

// character adds a character.
func (d *drawing) character(element string) {
	_, text, _ := strings.Cut(element, ">")
	text = strings.TrimSuffix(text, "</text>\n")
	w := word{integer(element, "x") / cellWidth, (integer(element, "y") - 4) / cellHeight, 1, text}
	if text == string(filler) {
		w.text = ""
	}
	d.words = append(d.words, w)
}

// joined returns the characters as words, with single spaces between those of a phrase.
func (d *drawing) joined() []word {
	slices.SortFunc(d.words, func(a, b word) int {
		if a.y != b.y {
			return a.y - b.y
		}
		return a.x - b.x
	})
	var out []word
	for _, w := range d.words {
		if last := len(out) - 1; last >= 0 && out[last].y == w.y {
			l := &out[last]
			switch w.x - l.x - l.cells {
			case 0:
				l.text += w.text
				l.cells += w.cells
				continue
			case 1:
				if d.grid.at(w.x-1, w.y) == ' ' {
					l.text += " " + w.text
					l.cells += 1 + w.cells
					continue
				}
			}
		}
		out = append(out, w)
	}
	return out
}

// String returns the elements. The size of the letters is that of which a fixed font's are as wide
// as their place.
func (d *drawing) String() string {
	var b strings.Builder
	group := func(attributes, content string) {
		if content != "" {
			b.WriteString("<g " + attributes + ">" + content + "</g>")
		}
	}
	if d.lines.Len() > 0 {
		b.WriteString(`<path fill="none" stroke="currentColor" d="` + d.lines.String() + `"/>`)
	}
	if d.triangles.Len() > 0 {
		b.WriteString(`<path fill="currentColor" d="` + d.triangles.String() + `"/>`)
	}
	group(`class="hollow" fill="Canvas" stroke="currentColor"`, d.hollow.String())
	group(`fill="currentColor" stroke="currentColor"`, d.filled.String())
	group(`fill="currentColor"`, d.shades.String())
	var text strings.Builder
	for _, w := range d.joined() {
		fmt.Fprintf(&text, `<text x="%d" y="%d"`, w.x*cellWidth+left-cellWidth/2, w.y*cellHeight+top+4)
		if w.cells > 1 {
			fmt.Fprintf(&text, ` textLength="%d"`, w.cells*cellWidth)
		}
		text.WriteString(">" + w.text + "</text>")
	}
	group(`fill="currentColor" font-family="Menlo,Consolas,monospace" font-size="13.3"`, text.String())
	return b.String()
}
