package tree

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func sample() *FS {
	names := []string{"index.html", "a/b/c.txt", "a/x.txt", "zé/über.md"}
	return New(names, time.Unix(1000, 0), func(name string) (Content, error) {
		if name == "a/x.txt" {
			return Content{Size: 1, Reader: io.LimitReader(strings.NewReader("xyz"), 1)}, nil
		}
		return Content{Size: int64(len(name)), Reader: strings.NewReader(name)}, nil
	})
}

func TestFS(t *testing.T) {
	if err := fstest.TestFS(sample(), "index.html", "a/b/c.txt", "a/x.txt", "zé/über.md"); err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(New(nil, time.Time{}, nil)); err != nil {
		t.Fatal(err)
	}
}

func TestErrors(t *testing.T) {
	f := sample()
	if _, err := f.Open("nope"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open(nope) = %v", err)
	}
	if _, err := f.Open("../a"); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("Open(../a) = %v", err)
	}
	if _, err := f.Open("index.html/x"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open below a file = %v", err)
	}
	if _, err := f.ReadFile("a"); err == nil {
		t.Error("a folder can be read as a file")
	}
	if _, err := f.ReadDir("index.html"); err == nil {
		t.Error("a file can be listed as a folder")
	}
	file, err := f.Open("index.html")
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	if _, err := file.Read(make([]byte, 1)); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("Read after Close = %v", err)
	}
	cause := errors.New("cause")
	broken := New([]string{"x"}, time.Time{}, func(string) (Content, error) { return Content{}, cause })
	for _, err := range []error{
		func() error { _, err := broken.Open("x"); return err }(),
		func() error { _, err := broken.Stat("x"); return err }(),
		func() error { _, err := broken.ReadFile("x"); return err }(),
	} {
		if !errors.Is(err, cause) {
			t.Errorf("err = %v, want the cause", err)
		}
	}
}
