package jam

import (
	"fmt"
	"path"
	"reflect"
	"strings"

	"github.com/jam-go/jam/internal/matter"
)

// Ref is the path of another page, as the type of a field in a [Collection]'s
// front matter: Load reports one that leads nowhere. A path that does not begin with
// a slash is first looked up from the folder of the page that has it; see
// [Page.GetPage], which finds the page. It may end with an anchor of that page, after a #.
type Ref string

var refType = reflect.TypeFor[Ref]()

// check reports references in typed front matter that lead nowhere.
func (l *loader) check() error {
	if len(l.matchers) == 0 {
		return nil
	}
	for _, d := range l.snap.pages {
		if err := l.ctx.Err(); err != nil {
			return err
		}
		for i := range l.matchers {
			if v, ok := d.typed[l.matchers[i].schema]; ok {
				l.checkRefs(d, reflect.ValueOf(v), 0)
			}
		}
	}
	return nil
}

// deepest bounds the search for references: a value may hold itself.
const deepest = 32

func (l *loader) checkRefs(d *pageData, v reflect.Value, depth int) {
	if depth > deepest || !holdsRefs(v.Type(), 0) {
		return
	}
	switch v.Kind() {
	case reflect.String:
		if ref := v.String(); ref != "" && ref[0] != '#' {
			l.checkRef(d, ref)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			l.checkRefs(d, v.Elem(), depth+1)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			l.checkRefs(d, v.Index(i), depth+1)
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			l.checkRefs(d, it.Value(), depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			l.checkRefs(d, v.Field(i), depth+1)
		}
	}
}

func (l *loader) checkRef(d *pageData, ref string) {
	// As Page.GetPage looks it up: none that leads out of the content.
	lc := d.local
	whole := ref
	ref, suffix := cutSuffix(ref)
	var candidates []string
	if !strings.HasPrefix(ref, "../") {
		candidates = append(candidates, path.Clean("/"+ref))
	}
	if joined := path.Join(d.dir(), ref); !strings.HasPrefix(ref, "/") && joined != ".." && !strings.HasPrefix(joined, "../") {
		candidates = append(candidates, "/"+joined)
	}
	left := ""
	for _, c := range candidates {
		if id, ok := lc.find(c); ok {
			l.refError(d, whole, l.checkAnchor(id, suffix))
			return
		}
		if e := lc.bySource[strings.TrimPrefix(c, "/")]; e != nil && e.left != "" {
			left = e.left
		} else if why := lc.left[c]; why != "" {
			left = why
		}
	}
	switch left {
	case broken:
	case "":
		id, err := lc.lookup(ref)
		switch {
		case err != nil:
		case id != noPage:
			err = l.checkAnchor(id, suffix)
		default:
			err = fmt.Errorf("it leads to no page%s", lc.suggestPath(path.Join("/", d.dir(), ref)))
		}
		l.refError(d, whole, err)
	default:
		l.refError(d, whole, fmt.Errorf("it leads to a page that is left out: that is %s", left))
	}
}

// checkAnchor reports an anchor that the page does not have.
func (l *loader) checkAnchor(id pageID, suffix string) error {
	if suffix == "" {
		return nil
	}
	if l.snap.anchored == nil {
		l.snap.anchored = make(map[pageID]bool)
	}
	l.snap.anchored[id] = true
	return l.snap.checkAnchor(l.ctx, l.snap.pages[id], suffix)
}

// refError notes what is wrong with a reference, if anything is.
func (l *loader) refError(d *pageData, ref string, err error) {
	if err == nil {
		return
	}
	line, column := 0, 0
	front, _ := l.snap.frontMatter(d)
	if n := findText(front, ref); n != nil {
		line, column = n.Line, n.Column
	}
	l.fail(d.errorAt("front matter", line, column, "reference %q: %w", ref, err))
}

// holdsRefs tells whether a Ref may be within a value of type t.
func holdsRefs(t reflect.Type, depth int) bool {
	if t == refType {
		return true
	}
	if depth > 8 { // a recursive type: look into the values
		return true
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return holdsRefs(t.Elem(), depth+1)
	case reflect.Struct:
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() && holdsRefs(f.Type, depth+1) {
				return true
			}
		}
	}
	return false
}

// findText returns the first value with that text.
func findText(n *matter.Node, text string) *matter.Node {
	if n == nil {
		return nil
	}
	if n.Kind == matter.String && n.Text() == text {
		return n
	}
	for _, e := range n.Entries() {
		if found := findText(e.Value, text); found != nil {
			return found
		}
	}
	for _, item := range n.Items() {
		if found := findText(item, text); found != nil {
			return found
		}
	}
	return nil
}
