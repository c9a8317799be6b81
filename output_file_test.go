package jam_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
)

func TestNewOutputFile(t *testing.T) {
	cause := errors.New("the cause")
	text := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("opened")), nil }
	fails := func() (io.ReadCloser, error) { return nil, cause }
	for _, tt := range []struct {
		name    string
		content []byte
		open    func() (io.ReadCloser, error)
		want    string
		err     error
	}{
		{"content", []byte("content"), nil, "content", nil},
		{"content goes before open", []byte("content"), fails, "content", nil},
		{"empty content, too", []byte{}, fails, "", nil},
		{"open", nil, text, "opened", nil},
		{"open fails", nil, fails, "", cause},
		{"neither", nil, nil, "", nil},
	} {
		f := jam.NewOutputFile("a/b.html", tt.content, tt.open)
		if f.Name() != "a/b.html" {
			t.Errorf("%s: name %q", tt.name, f.Name())
		}
		for range 2 {
			if b, err := f.Bytes(); string(b) != tt.want || err != tt.err {
				t.Errorf("%s: Bytes = %q, %v", tt.name, b, err)
			}
			if sum, err := f.Sum(); err != tt.err || err == nil && sum != sha256.Sum256([]byte(tt.want)) {
				t.Errorf("%s: Sum = %x, %v", tt.name, sum, err)
			}
			r, err := f.Open()
			if err != tt.err {
				t.Errorf("%s: Open: %v", tt.name, err)
			}
			if err != nil {
				continue
			}
			if b, err := io.ReadAll(r); string(b) != tt.want || err != nil {
				t.Errorf("%s: Open gives %q, %v", tt.name, b, err)
			}
		}
	}
}

// noTransaction is an Output with a mistake.
type noTransaction struct{}

func (noTransaction) Begin(context.Context) (jam.Transaction, error) { return nil, nil }

func TestOutputWithoutTransaction(t *testing.T) {
	s := sitetest.Load(t, sitetest.FS("-- content/a.md --\nA\n"), nil)
	_, err := s.Site.Build(t.Context(), noTransaction{})
	sitetest.WantErrors(t, err, "write: Begin of the Output returned no Transaction")
}
