package qr

import (
	"fmt"
	"html"
	"strconv"
	"strings"
)

// quiet is how wide the light border of a symbol is, in modules.
const quiet = 4

// Image is how a symbol is shown as SVG.
type Image struct {
	Scale int    // pixels a module; 0 is 4
	Alt   string // what the image says to who cannot see it; "" marks it as decoration
	Title string // shown on hovering
	Class string
	ID    string
}

// maxScale keeps the numbers in reason.
const maxScale = 1000

// SVG returns the symbol as an svg element for HTML, dark on light whatever the colours
// around it, with the quiet zone. It fails if the scale is not between 2 and 1000.
func (c *Code) SVG(img Image) (string, error) {
	if img.Scale == 0 {
		img.Scale = 4
	}
	if img.Scale < 2 || img.Scale > maxScale {
		return "", fmt.Errorf("scale %d of a QR code: want 2 to %d pixels a module", img.Scale, maxScale)
	}
	n := c.size + 2*quiet
	var b strings.Builder
	b.WriteString("<svg")
	attr := func(name, value string) {
		if value != "" {
			b.WriteString(" " + name + `="` + html.EscapeString(value) + `"`)
		}
	}
	attr("id", img.ID)
	attr("class", img.Class)
	attr("width", strconv.Itoa(n*img.Scale))
	attr("height", strconv.Itoa(n*img.Scale))
	attr("viewBox", fmt.Sprintf("0 0 %d %d", n, n))
	attr("shape-rendering", "crispEdges")
	if img.Alt == "" {
		attr("aria-hidden", "true")
	} else {
		attr("role", "img")
		attr("aria-label", img.Alt)
	}
	b.WriteByte('>')
	if img.Title != "" {
		b.WriteString("<title>" + html.EscapeString(img.Title) + "</title>")
	}
	fmt.Fprintf(&b, `<path fill="#fff" d="M0 0h%dv%dH0z"/><path fill="#000" d="`, n, n)
	b.Write(c.appendPath(nil))
	b.WriteString(`"/></svg>`)
	return b.String(), nil
}

// appendPath appends a rectangle for each run of dark modules in a row.
func (c *Code) appendPath(d []byte) []byte {
	for y := range c.size {
		for x := 0; x < c.size; x++ {
			start := x
			for c.Dark(x, y) {
				x++
			}
			if x == start {
				continue
			}
			d = strconv.AppendInt(append(d, 'M'), int64(start+quiet), 10)
			d = strconv.AppendInt(append(d, ' '), int64(y+quiet), 10)
			d = strconv.AppendInt(append(d, 'h'), int64(x-start), 10)
			d = strconv.AppendInt(append(d, "v1h-"...), int64(x-start), 10)
			d = append(d, 'z')
		}
	}
	return d
}
