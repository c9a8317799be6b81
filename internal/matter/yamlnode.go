package matter

import (
	"math"
	"strconv"
	"time"

	"go.yaml.in/yaml/v4"
)

// yamlNode returns the value as the YAML library has it, with the positions in
// the file, for types that decode themselves from that.
func (n *Node) yamlNode() *yaml.Node {
	y := &yaml.Node{Kind: yaml.ScalarNode, Value: n.text, Line: n.Line, Column: n.Column}
	switch n.Kind {
	case Null:
		y.Tag, y.Value = "!!null", ""
	case Bool:
		y.Tag, y.Value = "!!bool", strconv.FormatBool(n.num != 0)
	case Int:
		y.Tag = "!!int"
		if !n.big {
			y.Value = strconv.FormatInt(int64(n.num), 10)
		}
	case Float:
		y.Tag, y.Value = "!!float", yamlFloat(math.Float64frombits(n.num))
	case String:
		y.Tag = "!!str"
		if n.quoted {
			y.Style = yaml.DoubleQuotedStyle
		}
	case Time:
		y.Tag, y.Value = "!!timestamp", n.yamlTime()
	case List:
		y.Kind, y.Tag = yaml.SequenceNode, "!!seq"
		for _, item := range n.Items() {
			y.Content = append(y.Content, item.yamlNode())
		}
	case Map:
		y.Kind, y.Tag = yaml.MappingNode, "!!map"
		for _, e := range n.Entries() {
			key := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: e.Key, Line: e.Line, Column: e.Column}
			y.Content = append(y.Content, key, e.Value.yamlNode())
		}
	}
	return y
}

func yamlFloat(f float64) string {
	switch {
	case math.IsNaN(f):
		return ".nan"
	case math.IsInf(f, 1):
		return ".inf"
	case math.IsInf(f, -1):
		return "-.inf"
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

func (n *Node) yamlTime() string {
	t := n.instant()
	switch {
	case n.zoned:
		return t.Format(time.RFC3339Nano)
	case t.Equal(t.Truncate(24 * time.Hour)):
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02 15:04:05.999999999")
}
