package funcs

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// decodeXML parses XML to maps, without the root element. An element with
// neither attributes nor elements is its text, a repeated one a slice.
// Attributes have keys with a leading hyphen, text beside them the key
// "#text". Name spaces are dropped.
func decodeXML(s string) (any, error) {
	dec := xml.NewDecoder(strings.NewReader(s))
	for {
		t, err := dec.Token()
		if err == io.EOF {
			return nil, errors.New("the XML has no element")
		}
		if err != nil {
			return nil, err
		}
		if start, ok := t.(xml.StartElement); ok {
			return xmlElement(dec, start, 0)
		}
	}
}

func xmlElement(dec *xml.Decoder, start xml.StartElement, depth int) (any, error) {
	if depth > maxNesting {
		return nil, errors.New("the XML is nested too deeply")
	}
	out := make(map[string]any)
	for _, a := range start.Attr {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
			out["-"+a.Name.Local] = a.Value
		}
	}
	var content strings.Builder
	for {
		t, err := dec.Token()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.CharData:
			content.Write(t)
		case xml.StartElement:
			v, err := xmlElement(dec, t, depth+1)
			if err != nil {
				return nil, err
			}
			addRepeated(out, t.Name.Local, v)
		case xml.EndElement:
			text := strings.TrimSpace(content.String())
			if len(out) == 0 {
				return text, nil
			}
			if text != "" {
				out["#text"] = text
			}
			return out, nil
		}
	}
}

// addRepeated sets a key, and collects the values of a repeated one in a slice.
func addRepeated(m map[string]any, key string, v any) {
	switch old := m[key].(type) {
	case nil:
		m[key] = v
	case []any:
		m[key] = append(old, v)
	default:
		m[key] = []any{old, v}
	}
}
