package outdir

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"
)

func TestStatus(t *testing.T) {
	dir := t.TempDir()
	long := strings.Repeat("0123456789", 3*bufferSize/10)
	flipped := long[:len(long)-1] + "x"
	tests := []struct {
		name, before, after string
		want                Status
	}{
		{"equal", "abc", "abc", Kept},
		{"empty", "", "", Kept},
		{"changed", "abc", "abd", Written},
		{"longer", "abc", "abcd", Written},
		{"shorter", "abc", "ab", Written},
		{"emptied", "abc", "", Written},
		{"filled", "", "abc", Written},
		{"long equal", long, long, Kept},
		{"long changed at the end", long, flipped, Written},
		{"long shorter by a buffer", long, long[:bufferSize], Written},
		{"buffer longer", long[:bufferSize/2], long[:bufferSize], Written},
	}
	ways := map[string]func(d *Dir, name, data string) (Status, error){
		"Write": func(d *Dir, name, data string) (Status, error) {
			return d.Write(t.Context(), name, []byte(data))
		},
		"WriteFrom": func(d *Dir, name, data string) (Status, error) {
			return d.WriteFrom(t.Context(), name, from(strings.NewReader(data)))
		},
		"WriteFrom in single bytes": func(d *Dir, name, data string) (Status, error) {
			return d.WriteFrom(t.Context(), name, from(iotest.OneByteReader(strings.NewReader(data))))
		},
		"WriteFrom file": func(d *Dir, name, data string) (Status, error) {
			tree{"f": data}.put(t, dir)
			return d.WriteFrom(t.Context(), name, func() (io.ReadCloser, error) { return os.Open(filepath.Join(dir, "f")) })
		},
	}
	for _, tt := range tests {
		for way, write := range ways {
			t.Run(tt.name+"/"+way, func(t *testing.T) {
				dir := t.TempDir()
				tree{"a/f": tt.before}.build(t, dir)
				old := time.Now().Add(-time.Hour).Truncate(time.Second)
				path := filepath.Join(dir, "a", "f")
				if err := os.Chtimes(path, old, old); err != nil {
					t.Fatal(err)
				}
				d := mustBegin(t, dir)
				got, err := write(d, "a/f", tt.after)
				if got != tt.want || err != nil {
					t.Errorf("got %v, %v, want %v", got, err, tt.want)
				}
				if _, err := d.Commit(t.Context()); err != nil {
					t.Error(err)
				}
				wantTree(t, dir, tree{"a/f": tt.after})
				info, err := os.Stat(path)
				if err != nil || info.ModTime().Equal(old) != (tt.want == Kept) {
					t.Errorf("time %v, was %v, %v", info.ModTime(), old, err)
				}
			})
		}
	}
	for s, want := range map[Status]string{Written: "written", Kept: "kept", 7: "Status(7)"} {
		if s.String() != want {
			t.Errorf("%d is %q, want %q", s, s, want)
		}
	}
}

func TestForeignFileInPlace(t *testing.T) {
	dir := t.TempDir()
	tree{"index.html": "mine", "same.html": "same"}.put(t, dir)
	tree{"index.html": "built", "same.html": "same"}.build(t, dir)
	wantTree(t, dir, tree{"index.html": "built", "same.html": "same"})
	tree{}.build(t, dir)
	wantTree(t, dir, tree{})
}

func TestModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no permission bits")
	}
	dir := t.TempDir()
	tree{"d/new": "1", "d/private": "1"}.build(t, dir)
	if err := os.Chmod(filepath.Join(dir, "d/private"), 0o640); err != nil {
		t.Fatal(err)
	}
	tree{"d/new": "22", "d/private": "22"}.build(t, dir)
	// What a plain program creates tells the umask.
	tree{"plain/f": ""}.put(t, dir)
	for name, like := range map[string]string{"d": "plain", "d/new": "plain/f"} {
		got, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.Stat(filepath.Join(dir, like))
		if err != nil || got.Mode() != want.Mode() {
			t.Errorf("%s has mode %v, want %v (%v)", name, got.Mode(), want.Mode(), err)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "d/private")); err != nil || info.Mode() != 0o640 {
		t.Errorf("replaced file has mode %v, %v", info.Mode(), err)
	}
	wantTree(t, dir, tree{"d/new": "22", "d/private": "22", "plain/f": ""})
}

func TestFailedWrites(t *testing.T) {
	broken := errors.New("broken")
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	longName := strings.Repeat("n", 300)
	tests := []struct {
		name  string
		write func(d *Dir) error
		is    error
		text  string
	}{
		{"source does not open", func(d *Dir) error {
			_, err := d.WriteFrom(t.Context(), "a/f", func() (io.ReadCloser, error) { return nil, broken })
			return err
		}, broken, "write a/f: reading its source: broken"},
		{"source is missing", func(d *Dir) error {
			_, err := d.WriteFrom(t.Context(), "a/f", func() (io.ReadCloser, error) { return os.Open("no/such") })
			return err
		}, fs.ErrNotExist, "write a/f: reading its source: open no/such"},
		{"source breaks", func(d *Dir) error {
			r := io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken))
			_, err := d.WriteFrom(t.Context(), "a/f", from(r))
			return err
		}, broken, "write a/f: reading its source: broken"},
		{"source breaks when compared", func(d *Dir) error {
			r := io.MultiReader(strings.NewReader("ol"), iotest.ErrReader(broken))
			_, err := d.WriteFrom(t.Context(), "old.html", from(r))
			return err
		}, broken, "write old.html: reading its source: broken"},
		{"context ended", func(d *Dir) error {
			_, err := d.Write(canceled, "a/f", nil)
			return err
		}, context.Canceled, "write a/f: context canceled"},
		{"context ends", func(d *Dir) error {
			ctx, cancel := context.WithCancel(t.Context())
			_, err := d.WriteFrom(ctx, "a/f", from(readerFunc(func(p []byte) (int, error) {
				cancel()
				return len(p), nil
			})))
			return err
		}, context.Canceled, "write a/f: context canceled"},
		{"name the system refuses", func(d *Dir) error {
			_, err := d.Write(t.Context(), longName, []byte("x"))
			return err
		}, nil, "write " + longName + ": "},
		{"twice", func(d *Dir) error {
			_, err := d.Write(t.Context(), "f", nil)
			if err == nil {
				_, err = d.Write(t.Context(), "f", nil)
			}
			return err
		}, nil, "write f: written twice in one build"},
		{"bad name", func(d *Dir) error {
			_, err := d.Write(t.Context(), "../f", nil)
			return err
		}, nil, "write ../f: not a valid file name"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			tree{"old.html": "old"}.build(t, dir)
			d := mustBegin(t, dir)
			err := tt.write(d)
			wantError(t, err, tt.text)
			if tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("error %v does not wrap %v", err, tt.is)
			}
			if e, ok := errors.AsType[*fs.PathError](err); !ok || e.Op != "write" {
				t.Errorf("error %#v", err)
			}
			removed, cerr := d.Commit(t.Context())
			if len(removed) > 0 || cerr == nil || !errors.Is(cerr, err) {
				t.Errorf("Commit: removed %q, %v", removed, cerr)
			}
			if got := readTree(t, dir)["old.html"]; got != "old" {
				t.Errorf("old file holds %q", got)
			}
			if temps, err := filepath.Glob(filepath.Join(dir, stateDir, tempPrefix+"*")); len(temps) > 0 {
				t.Errorf("left %q, %v", temps, err)
			}
			tree{"n.html": "n"}.build(t, dir)
			wantTree(t, dir, tree{"n.html": "n"})
			wantState(t, dir, manifestName)
		})
	}
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestSourceIsClosed(t *testing.T) {
	d := mustBegin(t, t.TempDir())
	var closed int
	for i, r := range []io.Reader{strings.NewReader("x"), iotest.ErrReader(io.ErrNoProgress)} {
		d.WriteFrom(t.Context(), fmt.Sprint(i), func() (io.ReadCloser, error) {
			return struct {
				io.Reader
				io.Closer
			}{r, closerFunc(func() error { closed++; return nil })}, nil
		})
	}
	if closed != 2 {
		t.Errorf("%d sources of 2 closed", closed)
	}
}

// panickingStat panics when it is asked for its size.
type panickingStat struct {
	io.Reader
	io.Closer
}

func (panickingStat) Stat() (fs.FileInfo, error) { panic("no") }

func TestSourceThatPanicsIsClosed(t *testing.T) {
	d, closed := mustBegin(t, t.TempDir()), false
	defer func() {
		if r := recover(); r != "no" || !closed {
			t.Errorf("recovered %v, closed %v", r, closed)
		}
		if err := d.Abort(); err != nil {
			t.Error(err)
		}
	}()
	d.WriteFrom(t.Context(), "a", func() (io.ReadCloser, error) {
		return panickingStat{strings.NewReader("x"), closerFunc(func() error { closed = true; return nil })}, nil
	})
}

// TestPanicLeavesNothing has a source panic while its file is being written, in a directory that is there and in a new one.
func TestPanicLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	tree{"there/a": "1"}.build(t, dir)
	d := mustBegin(t, dir)
	for _, name := range []string{"there/b", "new/b"} {
		func() {
			defer func() {
				if r := recover(); r != "no" {
					t.Errorf("recovered %v", r)
				}
			}()
			d.WriteFrom(t.Context(), name, from(readerFunc(func([]byte) (int, error) { panic("no") })))
		}()
	}
	if err := d.Abort(); err != nil {
		t.Error(err)
	}
	entries, err := os.ReadDir(filepath.Join(dir, stateDir))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), tempPrefix) || e.Name() == stageName {
			t.Errorf("%s is left", e.Name())
		}
	}
	wantTree(t, dir, tree{"there/a": "1"})
}

type closerFunc func() error

func (f closerFunc) Close() error { return f() }

func TestConcurrentWrites(t *testing.T) {
	dir := t.TempDir()
	for round := range 3 {
		want := tree{}
		for i := range 120 {
			// More directories than are held open, and many in one.
			want[fmt.Sprintf("%d/%d/index.html", i%5, i)] = fmt.Sprint(i, i%2*round)
			want[fmt.Sprintf("flat/%d-%d.html", i, i%3*round)] = fmt.Sprint(i)
		}
		d := mustBegin(t, dir)
		names := make(chan string)
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				for name := range names {
					var err error
					if len(name)%2 == 0 {
						_, err = d.Write(t.Context(), name, []byte(want[name]))
					} else {
						_, err = d.WriteFrom(t.Context(), name, from(bytes.NewReader([]byte(want[name]))))
					}
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		for name := range want {
			names <- name
		}
		close(names)
		group.Wait()
		if _, err := d.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantTree(t, dir, want)
		wantState(t, dir, manifestName)
	}
}

func TestOpenDirectoriesAreBounded(t *testing.T) {
	dir := t.TempDir()
	files := tree{}
	for i := range 3 * maxOpenDirs {
		files[fmt.Sprintf("a/%d/index.html", i)] = "1"
	}
	files.build(t, dir)
	// Files that no build is known to have written are looked at with care.
	if err := os.Remove(filepath.Join(dir, stateDir, manifestName)); err != nil {
		t.Fatal(err)
	}
	d := mustBegin(t, dir)
	files.mustWrite(t, d)
	if n := len(d.dirs.open); n != maxOpenDirs+1 {
		t.Errorf("%d directories are open, want %d and the root", n, maxOpenDirs)
	}
	for name, open := range d.dirs.open {
		if want := map[bool]int{true: 1}[name == "."]; open.users != want {
			t.Errorf("%s has %d users, want %d", name, open.users, want)
		}
	}
}
