package builtin

import (
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/jam-go/jam/internal/builtin/qr"
	"github.com/jam-go/jam/internal/exec"
	"github.com/jam-go/jam/internal/suggest"
)

// QR is the template function qr: it returns text as the svg element of a QR code. Of options, "level" is low,
// medium (the default), quartile or high, "scale" the pixels a module from 2 (4), and "alt",
// "title", "class" and "id" are those of the element. What is nil is as if not there. It is safe for concurrent use.
func QR(text any, options ...map[string]any) (template.HTML, error) {
	level := qr.Medium
	var img qr.Image
	for _, opt := range options {
		for _, key := range slices.Sorted(maps.Keys(opt)) {
			if opt[key] == nil {
				continue
			}
			value, err := printed(opt[key])
			if err == nil {
				err = set(&level, &img, key, value)
			}
			if err != nil {
				return "", err
			}
		}
	}
	s, err := printed(text)
	if err != nil {
		return "", err
	}
	if strings.ContainsAny(s, "\x02\x03") {
		return "", fmt.Errorf("the text of a QR code has control characters, perhaps for the output of a shortcode inside it")
	}
	code, err := qr.Encode(s, level)
	if err != nil {
		return "", err
	}
	svg, err := code.SVG(img)
	return template.HTML(svg), err
}

// printed returns what is printed of a value that a template gives, and "" for nil.
func printed(v any) (string, error) {
	if v == nil {
		return "", nil
	}
	if err := exec.Printable(v); err != nil {
		return "", err
	}
	return fmt.Sprint(v), nil
}

// set sets an option.
func set(level *qr.Level, img *qr.Image, key, value string) (err error) {
	switch key {
	case "level":
		*level, err = qr.ParseLevel(value)
	case "scale":
		if img.Scale, err = strconv.Atoi(value); err != nil || img.Scale == 0 {
			err = fmt.Errorf("scale %q of a QR code: want a number of pixels, 2 or more", value)
		}
	case "alt":
		img.Alt = value
	case "title":
		img.Title = value
	case "class":
		img.Class = value
	case "id":
		img.ID = value
	default:
		known := []string{"alt", "class", "id", "level", "scale", "title"}
		err = fmt.Errorf("a QR code has no option %q%s", key, suggest.DidYouMean(key, known))
	}
	return err
}
