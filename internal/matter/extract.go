package matter

import (
	"bufio"
	"bytes"
	"errors"
	"sync"

	"github.com/adrg/frontmatter"
)

// extractor is what reading one block needs and the next one can use again.
type extractor struct {
	head   []byte
	source bytes.Reader
	reader *bufio.Reader // which package frontmatter would allocate else
}

var extractors = sync.Pool{New: func() any { return &extractor{reader: bufio.NewReader(nil)} }}

// rawFormats hand out the block as it is, by opening fence.
var rawFormats = map[string][]*frontmatter.Format{
	"---": {rawFormat("---", "---")},
	"+++": {rawFormat("+++", "+++")},
	";;;": {rawFormat(";;;", ";;;")},
}

func rawFormat(open, end string) *frontmatter.Format {
	return frontmatter.NewFormat(open, end, func(b []byte, v any) error {
		*v.(*[]byte) = b
		return nil
	})
}

var errNotExtracted = errors.New("the block could not be extracted")

// extract returns a copy of the block.
//
// Package frontmatter is given nothing but the block, between fences: it
// copies what it is given. The fences are not always the file's. It takes any
// line for the closing fence that equals it but for white space around, so
// if the block has such a line the closing fence is made one that it lacks.
// And it knows neither YAML's ... nor JSON that begins or ends within a line.
func (h *head) extract(src []byte) ([]byte, error) {
	block := src[h.start:h.end]
	open := "---"
	switch h.format {
	case TOML:
		open = "+++"
	case JSON:
		open = ";;;"
	}
	formats, end := rawFormats[open], open
	for bytes.Contains(block, []byte(end)) {
		end += end
	}
	if end != open {
		formats = []*frontmatter.Format{rawFormat(open, end)}
	}

	x := extractors.Get().(*extractor)
	x.head = append(x.head[:0], open...)
	x.head = append(x.head, '\n')
	x.head = append(x.head, block...)
	if h.open == "{" {
		x.head = append(x.head, '\n')
	}
	x.head = append(x.head, end...)
	x.source.Reset(x.head)
	x.reader.Reset(&x.source)

	var raw []byte
	_, err := frontmatter.MustParse(x.reader, &raw, formats...)
	x.reader.Reset(nil)
	x.source.Reset(nil)
	if cap(x.head) <= 64<<10 { // keep no giants
		extractors.Put(x)
	}
	if err == nil && len(raw) < len(block) {
		err = errNotExtracted
	}
	return raw, err
}
