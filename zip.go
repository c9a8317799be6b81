package jam

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"

	"github.com/jam-go/jam/internal/filename"
)

// Zip returns an Output that writes a zip archive to w. The same site gives
// the same bytes: files are in order of their names, with a fixed time. It serves one
// build; one that fails leaves a truncated archive.
func Zip(w io.Writer) Output { return &zipOutput{w: w} }

type zipOutput struct {
	w    io.Writer
	used atomic.Bool
}

func (z *zipOutput) Begin(context.Context) (Transaction, error) {
	if z.used.Swap(true) {
		return nil, errors.New("a Zip output serves one build: make another")
	}
	return &zipTransaction{zip.NewWriter(z.w), make(map[string]bool)}, nil
}

type zipTransaction struct {
	w     *zip.Writer
	names map[string]bool // those that it has
}

// zipTime is the earliest that the format can hold.
var zipTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

func (t *zipTransaction) Sequential() {}

func (t *zipTransaction) Write(_ context.Context, f *OutputFile) (_ Status, err error) {
	if err := filename.Check(f.name); err != nil {
		return "", err
	}
	if t.names[f.name] {
		return "", errors.New("written twice in one build")
	}
	t.names[f.name] = true
	w, err := t.w.CreateHeader(&zip.FileHeader{Name: f.Name(), Method: zip.Deflate, Modified: zipTime})
	if err != nil {
		return "", err
	}
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if _, err := io.Copy(w, r); err != nil {
		return "", err
	}
	return Written, nil
}

func (t *zipTransaction) Commit(context.Context) ([]string, error) { return nil, t.w.Close() }
func (t *zipTransaction) Abort() error                             { return nil }
