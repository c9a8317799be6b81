package matter

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
)

// json reads a JSON text; nil after an error.
func (b *builder) json(block []byte, loc locator) *Node {
	var all json.RawMessage
	if err := json.Unmarshal(block, &all); err != nil {
		off := len(bytes.TrimRight(block, " \t\r\n"))
		if e, ok := errors.AsType[*json.SyntaxError](err); ok && !strings.Contains(e.Error(), "unexpected end") {
			off = int(e.Offset) - 1
		}
		line, column := loc.at(off)
		b.fail(line, column, "invalid JSON: %w", err)
		return nil
	}
	r := jsonReader{builder: b, src: block, loc: loc, tokens: json.NewDecoder(bytes.NewReader(block))}
	r.tokens.UseNumber()
	return r.read(1)
}

type jsonReader struct {
	*builder
	src    []byte
	loc    locator
	tokens *json.Decoder
}

// next returns the next token and its position.
func (r *jsonReader) next() (token json.Token, line, column int) {
	off := int(r.tokens.InputOffset())
	for off < len(r.src) && strings.IndexByte(" \t\r\n,:", r.src[off]) >= 0 {
		off++
	}
	line, column = r.loc.at(off)
	token, err := r.tokens.Token()
	if err != nil {
		r.fail(line, column, "invalid JSON: %w", err)
	}
	return token, line, column
}

// read reads a value that is at depth if it is a list or a map; nil once
// reading has failed.
func (r *jsonReader) read(depth int) *Node {
	token, line, column := r.next()
	n := r.node(Null, line, column)
	if n == nil {
		return nil
	}
	switch v := token.(type) {
	case json.Delim:
		if !r.deeper(depth, line, column) {
			return nil
		}
		if v == '{' {
			return r.readMap(n, depth)
		}
		return r.readList(n, depth)
	case string:
		n.Kind, n.text, n.quoted = String, v, true
	case json.Number:
		if err := n.setNumber(string(v)); err != nil {
			r.problem(line, column, "%w", err)
		}
	case bool:
		n.setBool(v)
		n.text = "false"
		if v {
			n.text = "true"
		}
	}
	return n
}

func (r *jsonReader) readList(n *Node, depth int) *Node {
	n.Kind = List
	for r.tokens.More() {
		item := r.read(depth + 1)
		if item == nil {
			return nil
		}
		n.push(item)
	}
	r.next()
	return n
}

func (r *jsonReader) readMap(n *Node, depth int) *Node {
	n.Kind = Map
	for r.tokens.More() {
		var e Entry
		var key json.Token
		key, e.Line, e.Column = r.next()
		e.Key, _ = key.(string)
		if e.Value = r.read(depth + 1); e.Value == nil {
			return nil
		}
		r.add(n, e)
	}
	r.next()
	return n
}
