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

// counted is a reader that is closed once, maybe one that seeks.
type counted struct {
	io.Reader
	open *int
}

func (c counted) Close() error {
	*c.open--
	return nil
}

type countedSeeker struct {
	*strings.Reader
	open *int
}

func (c countedSeeker) Close() error { return counted{open: c.open}.Close() }

// TestReadersAreClosed counts the readers that are open after each way to a file.
func TestReadersAreClosed(t *testing.T) {
	open := 0
	f := New([]string{"a/index.html", "a/x.txt"}, time.Time{}, func(name string) (Content, error) {
		open++
		if name == "a/x.txt" {
			return Content{Size: int64(len(name)), Reader: countedSeeker{strings.NewReader(name), &open}}, nil
		}
		return Content{Size: int64(len(name)), Reader: counted{strings.NewReader(name), &open}}, nil
	})
	for _, name := range []string{"a/index.html", "a/x.txt"} {
		if b, err := f.ReadFile(name); string(b) != name || err != nil || open != 0 {
			t.Errorf("ReadFile(%s) = %q, %v; %d readers are open", name, b, err, open)
		}
		if info, err := f.Stat(name); err != nil || info.Size() != int64(len(name)) || open != 0 {
			t.Errorf("Stat(%s) = %v, %v; %d readers are open", name, info, err, open)
		}
		file, err := f.Open(name)
		if err != nil || open != 1 {
			t.Fatalf("Open(%s): %v; %d readers are open", name, err, open)
		}
		if err := file.Close(); err != nil || open != 0 {
			t.Errorf("Close of %s: %v; %d readers are open", name, err, open)
		}
		if err := file.Close(); !errors.Is(err, fs.ErrClosed) || open != 0 {
			t.Errorf("a second Close of %s: %v; %d readers are open", name, err, open)
		}
	}
	dir, err := f.Open("a")
	if err != nil {
		t.Fatal(err)
	}
	if list, err := dir.(fs.ReadDirFile).ReadDir(-1); len(list) != 2 || err != nil || open != 0 {
		t.Errorf("ReadDir: %v, %v; %d readers are open", list, err, open)
	}
}

// TestClosed has files and folders refuse everything once they are closed.
func TestClosed(t *testing.T) {
	f := sample()
	closed := func(name string) fs.File {
		file, err := f.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		return file
	}
	buf := make([]byte, 1)
	seeker := closed("index.html").(interface {
		io.ReadSeeker
		io.ReaderAt
	})
	for what, do := range map[string]func() error{
		"read":    func() error { _, err := seeker.Read(buf); return err },
		"read at": func() error { _, err := seeker.ReadAt(buf, 0); return err },
		"seek":    func() error { _, err := seeker.Seek(0, io.SeekStart); return err },
		"list":    func() error { _, err := closed("a").(fs.ReadDirFile).ReadDir(1); return err },
	} {
		if err := do(); !errors.Is(err, fs.ErrClosed) {
			t.Errorf("%s: %v", what, err)
		}
	}
	dir, err := f.Open("a")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := dir.Read(buf); n != 0 || err == nil {
		t.Errorf("a folder is read: %d, %v", n, err)
	}
}
