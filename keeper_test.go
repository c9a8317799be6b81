package jam

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jam-go/jam/internal/outdir"
)

// openText returns a file that is read from a stream.
func openText(name, text string) *OutputFile {
	return &OutputFile{name: name, open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
}

func sumOf(text string) Sum { return sha256.Sum256([]byte(text)) }

func TestOutputFileSum(t *testing.T) {
	known := &OutputFile{name: "x", content: []byte("a"), sum: sumOf("told"), hasSum: true}
	for text, f := range map[string]*OutputFile{
		"": {name: "x"}, "a": {name: "x", content: []byte("a")}, "b": openText("x", "b"), "told": known,
	} {
		for range 2 {
			if got, err := f.Sum(); got != sumOf(text) || err != nil {
				t.Errorf("%q: sum %x, %v", text, got, err)
			}
		}
	}
	no := errors.New("no")
	for _, f := range []*OutputFile{
		{open: func() (io.ReadCloser, error) { return nil, no }},
		{open: func() (io.ReadCloser, error) { return io.NopCloser(failingReader{no}), nil }},
	} {
		for range 2 {
			if got, err := f.Sum(); got != (Sum{}) || !errors.Is(err, no) {
				t.Errorf("sum %x, %v", got, err)
			}
		}
	}
}

type failingReader struct{ err error }

func (r failingReader) Read(p []byte) (int, error) { return copy(p, "half"), r.err }

// keeping is a build of files with checksums, and of others.
type keeping struct {
	t *testing.T
	Keeper
}

func beginKeeping(t *testing.T, out Output) keeping {
	t.Helper()
	tr, err := out.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	k, ok := tr.(Keeper)
	if !ok {
		t.Fatalf("%T does not keep files", tr)
	}
	return keeping{t, k}
}

func (k keeping) write(f *OutputFile, want Status) {
	k.t.Helper()
	if got, err := k.Write(k.t.Context(), f); got != want || err != nil {
		k.t.Errorf("%s: %q, %v, want %q", f.name, got, err, want)
	}
}

func (k keeping) keep(name, text string, want bool) {
	k.t.Helper()
	if got, err := k.Keep(k.t.Context(), name, sumOf(text)); got != want || err != nil {
		k.t.Errorf("%s: kept %v, %v, want %v", name, got, err, want)
	}
}

func (k keeping) commit(want ...string) {
	k.t.Helper()
	if got, err := k.Commit(k.t.Context()); !slices.Equal(got, want) || err != nil {
		k.t.Errorf("removed %q, %v, want %q", got, err, want)
	}
}

func summed(name, text string) *OutputFile {
	return &OutputFile{name: name, content: []byte(text), sum: sumOf(text), hasSum: true}
}

func testKeep(t *testing.T, out Output, files func() map[string]string) {
	want := func(want map[string]string) {
		t.Helper()
		got := files()
		for name, text := range want {
			if got[name] != text {
				t.Errorf("%s is %q, want %q", name, got[name], text)
			}
		}
		if len(got) != len(want) {
			t.Errorf("files %q, want %q", got, want)
		}
	}
	k := beginKeeping(t, out)
	k.keep("a", "1", false)
	k.write(summed("a", "1"), Written)
	k.write(summed("d/b", "2"), Written)
	k.write(&OutputFile{name: "d/c", content: []byte("3")}, Written)
	k.write(openText("d/e", "4"), Written)
	k.write(summed("gone", "5"), Written)
	k.commit()

	for range 2 { // the second time everything is as it was
		k = beginKeeping(t, out)
		k.keep("a", "other", false)
		k.keep("a", "1", true)
		k.keep("d/b", "2", true)
		k.keep("d/c", "3", true)
		k.keep("d/e", "4", true)
		k.keep("none", "5", false)
		if files()["gone"] != "" {
			k.commit("gone")
		} else {
			k.commit()
		}
		want(map[string]string{"a": "1", "d/b": "2", "d/c": "3", "d/e": "4"})
	}

	k = beginKeeping(t, out)
	k.keep("a", "2", false)
	k.write(summed("a", "2"), Written)
	k.keep("d/b", "3", false)
	k.write(summed("d/b", "2"), Kept)
	k.write(&OutputFile{name: "d/c", content: []byte("3")}, Kept)
	k.keep("d/e", "4", true)
	if err := k.Abort(); err != nil {
		t.Error(err)
	}

	k = beginKeeping(t, out)
	k.write(summed("a", "3"), Written)
	k.keep("d/b", "2", true)
	k.commit("d/c", "d/e")
	want(map[string]string{"a": "3", "d/b": "2"})

	k = beginKeeping(t, out)
	k.keep("a", "1", false)
	k.keep("a", "2", false)
	k.keep("a", "3", true)
	k.commit("d/b")
	want(map[string]string{"a": "3"})
}

func TestMemoryKeeps(t *testing.T) {
	out := Memory()
	testKeep(t, out, func() map[string]string {
		files := map[string]string{}
		for name, b := range out.Files() {
			files[name] = string(b)
		}
		return files
	})
}

// A checksum that a build gives for a stream is not taken for that of what is read later.
func TestMemoryKeepsWhatItHas(t *testing.T) {
	out := Memory()
	k := beginKeeping(t, out)
	f := openText("a", "now")
	f.sum, f.hasSum = sumOf("before"), true
	k.write(f, Written)
	k.commit()
	k = beginKeeping(t, out)
	k.keep("a", "before", false)
	k.keep("a", "now", true)
	k.commit()
}

// What Memory has is not what the caller wrote it from.
func TestMemoryCopies(t *testing.T) {
	out, text := Memory(), []byte("text")
	k := beginKeeping(t, out)
	k.write(&OutputFile{name: "a", content: text}, Written)
	k.commit()
	copy(text, "else")
	k = beginKeeping(t, out)
	k.keep("a", "text", true)
	k.commit()
	if got := out.Files()["a"]; !bytes.Equal(got, []byte("text")) {
		t.Errorf("got %q", got)
	}
}

func TestZipDoesNotKeep(t *testing.T) {
	tr, err := Zip(io.Discard).Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := tr.(Keeper); ok {
		t.Error("an archive has no files of earlier builds")
	}
}

func dirFiles(t *testing.T, dir string) func() map[string]string {
	return func() map[string]string {
		files := map[string]string{}
		err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || strings.HasPrefix(name, ".jam/") {
				return err
			}
			b, err := os.ReadFile(filepath.Join(dir, name))
			files[name] = string(b)
			return err
		})
		if err != nil {
			t.Error(err)
		}
		return files
	}
}

func TestDirKeeps(t *testing.T) {
	dir := t.TempDir()
	testKeep(t, Dir(dir), dirFiles(t, dir))
}

// resuming is a Dir that hands the state of each build to the next one.
type resuming struct {
	dir  dirOutput
	last *dirTransaction
}

func (r *resuming) Begin(ctx context.Context) (Transaction, error) {
	var last *outdir.State
	if r.last != nil {
		last = r.last.state()
	}
	t, err := r.dir.beginFrom(ctx, last)
	if err == nil {
		now := t.(dirTransaction)
		r.last = &now
	}
	return t, err
}

func TestDirKeepsInOneProcess(t *testing.T) {
	dir := t.TempDir()
	testKeep(t, &resuming{dir: Dir(dir).(dirOutput)}, dirFiles(t, dir))
}

// A Write that reads a stream notes the checksum of what it reads.
func TestSumOfStream(t *testing.T) {
	for _, out := range []Output{Memory(), Dir(t.TempDir())} {
		for _, want := range []Status{Written, Kept} {
			k := beginKeeping(t, out)
			opened := 0
			f := openText("a", "text")
			f.wantSum = true
			open := f.open
			f.open = func() (io.ReadCloser, error) { opened++; return open() }
			k.write(f, want)
			if sum, err := f.Sum(); sum != sumOf("text") || err != nil || opened != 1 {
				t.Errorf("%T: sum %x, %v, opened %d times", out, sum, err, opened)
			}
			k.commit()
		}
		k := beginKeeping(t, out)
		k.keep("a", "text", true)
		k.commit()
	}
}
