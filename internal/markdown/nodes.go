package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// nodes makes the most frequent nodes of documents. Those of a run are used
// again by the next one. Nil makes each anew.
type nodes struct {
	texts slab[ast.Text]
}

// nodesOf returns the nodes of the run of a parse, or nil.
func nodesOf(pc parser.Context) *nodes {
	if r := runOf(pc); r != nil {
		return &r.nodes
	}
	return nil
}

func (s *nodes) reset() { s.texts.reset() }

func (s *nodes) text(segment text.Segment) *ast.Text {
	if s == nil {
		return ast.NewTextSegment(segment)
	}
	t := s.texts.next()
	t.Segment = segment
	return t
}

// slab is a supply of zero values.
type slab[T any] struct {
	chunks [][]T
	used   int // values of the last but full chunks
	full   int // chunks
}

const slabChunk = 64

func (s *slab[T]) next() *T {
	if s.used == slabChunk {
		s.full, s.used = s.full+1, 0
	}
	if s.full == len(s.chunks) {
		s.chunks = append(s.chunks, make([]T, slabChunk))
	}
	s.used++
	return &s.chunks[s.full][s.used-1]
}

// reset takes all values back. It keeps what documents of usual length need.
func (s *slab[T]) reset() {
	const most = 16 // chunks
	for i := range s.full {
		clear(s.chunks[i])
	}
	if s.full < len(s.chunks) {
		clear(s.chunks[s.full][:s.used])
	}
	if len(s.chunks) > most {
		s.chunks = append([][]T(nil), s.chunks[:most]...)
	}
	s.used, s.full = 0, 0
}
