package matter

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// yaml reads a YAML document; nil after an error, Null when it is empty.
func (b *builder) yaml(block []byte, loc locator) *Node {
	r := yamlReader{builder: b, loc: newYAMLLocator(loc)}
	var doc, next yaml.Node
	// The loader's limit only has to keep its recursion shallow: the exact one
	// is counted while nodes are made.
	loader, err := yaml.NewLoader(bytes.NewReader(block), yaml.WithPlugin(loaderlimits.New(
		loaderlimits.DepthFunc(func(depth int, _ *loaderlimits.DepthContext) error {
			if depth > 2*b.limits.MaxDepth {
				r.deep = true
				return b.tooDeep()
			}
			return nil
		}))))
	if err == nil {
		err = loader.Load(&doc)
	}
	if err == io.EOF || err == nil && len(doc.Content) == 0 {
		return b.node(Null, r.loc.base+1, 1)
	}
	if err == nil {
		err = loader.Load(&next)
		if err == nil {
			line, column := r.loc.at(next.Line, next.Column)
			b.fail(line, column, "a second YAML document starts here, where only one is allowed")
			return nil
		}
	}
	if err != io.EOF {
		r.syntaxError(err)
		return nil
	}
	root, _ := r.read(doc.Content[0], 1)
	return root
}

type yamlReader struct {
	*builder
	loc     yamlLocator
	anchors map[*yaml.Node]*yamlAnchor
	deep    bool // the loader stopped at its limit
}

// yamlAnchor is what an alias stands for; node is nil while it is being read.
type yamlAnchor struct {
	node   *Node
	size   int // in nodes
	height int // of lists and maps
}

// read converts a value that is at depth if it is a list or a map, and returns
// how many levels of those it has. The node is nil once reading has failed.
func (r *yamlReader) read(y *yaml.Node, depth int) (n *Node, height int) {
	if y.Kind == yaml.AliasNode {
		return r.alias(y, depth)
	}
	if y.Anchor == "" {
		return r.convert(y, depth)
	}
	if r.anchors == nil {
		r.anchors = make(map[*yaml.Node]*yamlAnchor)
	}
	a := &yamlAnchor{}
	r.anchors[y] = a
	before := r.nodes
	n, a.height = r.convert(y, depth)
	a.node, a.size = n, r.nodes-before
	return n, a.height
}

func (r *yamlReader) convert(y *yaml.Node, depth int) (n *Node, height int) {
	line, column := r.loc.at(y.Line, y.Column)
	if n = r.node(Null, line, column); n == nil {
		return nil, 0
	}
	if y.Kind == yaml.ScalarNode {
		if err := n.setYAML(y); err != nil {
			r.problem(line, column, "%w", err)
		}
		return n, 0
	}
	if !r.deeper(depth, line, column) {
		return nil, 0
	}
	if y.Kind == yaml.MappingNode {
		n.Kind = Map
		height = r.readMap(n, y, depth)
	} else {
		n.Kind = List
		height = r.readList(n, y, depth)
	}
	if r.failed {
		return nil, 0
	}
	return n, height + 1
}

// alias returns the anchor's value, as if it were written at the alias.
func (r *yamlReader) alias(y *yaml.Node, depth int) (*Node, int) {
	line, column := r.loc.at(y.Line, y.Column)
	a, ok := r.anchors[y.Alias]
	switch {
	case !ok: // the anchor of a key
		if n, _ := r.convert(y.Alias, depth); n != nil {
			n.Line, n.Column = line, column
			return n, 0
		}
		return nil, 0
	case a.node == nil:
		r.fail(line, column, "the alias *%s is inside what it stands for", y.Value)
		return nil, 0
	case !r.spend(a.size, line, column) || !r.deeper(depth+a.height-1, line, column):
		return nil, 0
	}
	n := *a.node
	n.Line, n.Column = line, column
	return &n, a.height
}

func (r *yamlReader) readList(n *Node, y *yaml.Node, depth int) (height int) {
	m := n.grow()
	m.items = make([]*Node, 0, len(y.Content))
	for _, c := range y.Content {
		item, h := r.read(c, depth+1)
		if item == nil {
			return 0
		}
		m.items = append(m.items, item)
		height = max(height, h)
	}
	return height
}

func (r *yamlReader) readMap(n *Node, y *yaml.Node, depth int) (height int) {
	n.grow().entries = make([]Entry, 0, len(y.Content)/2)
	var merge *Node // the value of <<
	var mergeAt Entry
	place := 0 // index of the entry before which << stands
	for i := 0; i+1 < len(y.Content); i += 2 {
		e, ok := r.key(y.Content[i])
		if !ok {
			continue
		}
		var h int
		if e.Value, h = r.read(y.Content[i+1], depth+1); e.Value == nil {
			return 0
		}
		height = max(height, h)
		if y.Content[i].Tag != "!!merge" {
			r.add(n, e)
			continue
		}
		if merge != nil {
			r.duplicate(e, mergeAt)
			continue
		}
		merge, mergeAt, place = e.Value, e, len(n.Entries())
	}
	if merge != nil {
		r.merge(n, merge, place)
	}
	return height
}

// merge puts the entries of the value of a merge key where the key stands,
// except those whose keys the map has itself.
func (r *yamlReader) merge(n, value *Node, place int) {
	sources := []*Node{value}
	if value.Kind == List {
		sources = value.Items()
	}
	own := n.Entries()
	n.more = &more{entries: make([]Entry, 0, len(own))}
	for _, e := range own[:place] {
		n.add(e)
	}
	hidden := &Node{}
	for _, e := range own[place:] {
		hidden.add(e)
	}
	for _, s := range sources {
		if s.Kind != Map {
			r.problem(s.Line, s.Column, "a merge key << wants a map or a list of maps, have %s", s.Kind.Article())
		}
		for _, e := range s.Entries() {
			if n.find(e.Key) < 0 && hidden.find(e.Key) < 0 {
				n.add(e)
			}
		}
	}
	for _, e := range own[place:] {
		n.add(e)
	}
}

func (r *yamlReader) key(y *yaml.Node) (e Entry, ok bool) {
	e.Line, e.Column = r.loc.at(y.Line, y.Column)
	if y.Kind == yaml.AliasNode {
		y = y.Alias
	}
	if y.Kind != yaml.ScalarNode {
		hint := ""
		if y.Kind == yaml.MappingNode && y.Style&yaml.FlowStyle != 0 {
			hint = " (quote a value that begins with {{)"
		}
		r.problem(e.Line, e.Column, "a key must be a scalar, not a list or a map%s", hint)
		return e, false
	}
	e.Key = y.Value
	return e, true
}

const blockOrQuoted = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle

// setYAML takes a scalar by the core schema of YAML 1.2 (section 10.3.2), with
// YAML 1.1's timestamps added. The library resolves tags by YAML 1.1, which
// knows more numbers: these stay strings, and 010 is ten.
func (n *Node) setYAML(y *yaml.Node) error {
	n.text = y.Value
	switch {
	case y.Style&yaml.TaggedStyle != 0:
		return n.setTagged(y.Tag)
	case y.Style&blockOrQuoted != 0:
		n.Kind, n.quoted = String, true
		return nil
	}
	n.Kind = String
	switch y.Tag {
	case "!!null":
		n.Kind = Null
	case "!!bool":
		n.setBool(strings.EqualFold(n.text, "true"))
	case "!!int", "!!float":
		n.setCoreNumber()
	case "!!timestamp":
		n.setTimestamp()
	}
	return nil
}

// setTagged takes a scalar with a tag in the file. Unknown tags mean nothing.
func (n *Node) setTagged(tag string) error {
	n.Kind, n.quoted = String, true
	ok := true
	switch tag {
	case "!!null":
		n.Kind = Null
	case "!!bool":
		ok = strings.EqualFold(n.text, "true") || strings.EqualFold(n.text, "false")
		n.setBool(strings.EqualFold(n.text, "true"))
	case "!!int":
		ok = n.setCoreNumber() && n.Kind == Int
	case "!!float":
		if ok = n.setCoreNumber(); ok && n.Kind == Int {
			f, _ := n.asFloat()
			n.setFloat(f)
		}
	case "!!timestamp":
		ok = n.setTimestamp()
	case "!!binary":
		data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(n.text), ""))
		n.text, ok = string(data), err == nil
	}
	if !ok {
		return fmt.Errorf("%s is not a YAML %s", quoteKey(n.text), strings.TrimPrefix(tag, "!!"))
	}
	return nil
}

// setCoreNumber takes the node's text if it is a number of the core schema.
func (n *Node) setCoreNumber() bool {
	s := n.text
	switch unsigned := strings.TrimLeft(s, "+-"); {
	case strings.HasPrefix(s, "0o"):
		return n.setInt(s[2:], 8)
	case strings.HasPrefix(s, "0x"):
		return n.setInt(s[2:], 16)
	case strings.EqualFold(unsigned, ".inf"):
		sign := 1
		if s[0] == '-' {
			sign = -1
		}
		n.setFloat(math.Inf(sign))
		return true
	case strings.EqualFold(s, ".nan"):
		n.setFloat(math.NaN())
		return true
	case strings.Trim(unsigned, "0123456789") == "":
		return n.setInt(s, 10)
	case strings.Trim(unsigned, "0123456789.eE+-") != "":
		return false
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return false
	}
	n.setFloat(f)
	return true
}

func (n *Node) setTimestamp() bool {
	t, zoned, err := parseTime(n.text)
	if err != nil {
		return false
	}
	n.setTime(t, zoned)
	return true
}

// syntaxError reports the library's error at the place that helps most.
func (r *yamlReader) syntaxError(err error) {
	e, ok := errors.AsType[*yaml.LoadError](err)
	if !ok {
		r.fail(r.loc.base+1, 1, "invalid YAML: %w", err)
		return
	}
	mark := e.Mark
	if e.ContextMark.Line > 0 && (strings.Contains(e.ContextMsg, "simple key") || strings.Contains(e.ContextMsg, "quoted scalar") && e.Mark.Line > e.ContextMark.Line) {
		mark = e.ContextMark
	}
	line, column := r.loc.at(mark.Line, mark.Column)
	if mark.Line == 0 {
		line, column = r.loc.locator.at(bytes.IndexFunc(r.loc.src, isControl))
	}
	message := e.Message
	if e.ContextMsg != "" {
		message += " " + e.ContextMsg
	}
	if r.deep { // of which the loader keeps the text alone
		r.fail(line, column, "%w", r.tooDeep())
		return
	}
	r.fail(line, column, "invalid YAML: %s%s", message, yamlHint(e.Message))
}

// isControl reports the characters that YAML allows only escaped.
func isControl(c rune) bool {
	return c < ' ' && c != '\t' && c != '\n' && c != '\r' || c >= 0x7f && c < 0xa0 && c != 0x85 || c == 0xfffe || c == 0xffff
}

func yamlHint(message string) string {
	switch {
	case strings.HasPrefix(message, "mapping values are not allowed"):
		return ` (quote a value that holds ": ")`
	case strings.HasPrefix(message, "could not find expected ':'"):
		return ` (want key: value, with a space after the colon)`
	case strings.HasPrefix(message, "found character that cannot start"):
		return ` (quote a value that begins with it)`
	case strings.HasPrefix(message, "found a tab"):
		return ` (indent with spaces)`
	}
	return ""
}
