package outdir

import (
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// keepEnv makes the test binary a child process that builds that directory by checksums over and over.
const keepEnv = "OUTDIR_TEST_KEEP"

func init() {
	if dir := os.Getenv(keepEnv); dir != "" {
		keepForever(dir)
	}
}

// sameSize has files of all versions that have the same names and sizes.
func sameSize(version int) tree {
	files := tree{}
	for i := range 30 {
		files[fmt.Sprintf("same/%d/index.html", i)] = fmt.Sprintf("version %d", (version+i/10)%3)
	}
	return files
}

func keepTree(version int) tree {
	files := crashTree(version)
	maps.Copy(files, sameSize(version))
	return files
}

func keepForever(dir string) {
	ctx := context.Background()
	var last *State
	for n := 0; ; n++ {
		if n%5 == 4 {
			last = nil
		}
		d, err := BeginFrom(ctx, dir, last)
		if err != nil {
			fmt.Println("begin:", err)
			os.Exit(1)
		}
		if n == 0 {
			fmt.Println("ready")
		}
		var group sync.WaitGroup
		for name, data := range keepTree(n % 3) {
			group.Go(func() {
				sum := sumOf(data)
				kept, err := d.Keep(ctx, name, sum)
				if !kept && err == nil {
					_, err = d.WriteFile(ctx, File{Name: name, Data: []byte(data), Sum: &sum})
				}
				if err != nil {
					fmt.Println("write:", err)
				}
			})
		}
		group.Wait()
		if n%7 == 6 {
			err = d.Abort()
		} else {
			_, err = d.Commit(ctx)
		}
		if err != nil {
			fmt.Println("end:", err)
			os.Exit(1)
		}
		last = d.State()
	}
}

// wantRecords checks that each file which is as the manifest says has the content it tells,
// unless the journal takes that back.
func wantRecords(t *testing.T, dir string) (records int) {
	t.Helper()
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(dir, stateDir, name))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		return data
	}
	manifest := read(manifestName)
	if manifest == nil {
		return 0
	}
	m, err := decodeAnyManifest(manifest)
	if err != nil {
		t.Fatal(err)
	}
	void, err := decodeJournal(read(journalName))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range m.entries {
		if !e.hasSum || slices.Contains(void, e.name) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.name))
		if err != nil {
			continue
		}
		records++
		info, err := os.Lstat(filepath.Join(dir, e.name))
		if err != nil {
			t.Error(err)
		} else if at := stampOf(info); (e.brief || at == e.at) && shorten(sumOf(string(data))) != e.sum {
			// A file without times would be compared, but its record should be right here too.
			t.Errorf("%s has the content %.40q with the stamp of another", e.name, data)
		}
	}
	return records
}

// TestKilledKeeping kills a process that builds by checksums at many moments. The next build by
// checksums must end with the right files.
func TestKilledKeeping(t *testing.T) {
	dir := t.TempDir()
	foreign := tree{"posts/mine.txt": "mine"}
	foreign.put(t, dir)
	kept, unkept := 0, 0
	for round := range 12 {
		cmd, out := child(t, keepEnv, dir)
		if line, err := out.ReadString('\n'); line != "ready\n" {
			t.Fatalf("child said %q, %v", line, err)
		}
		time.Sleep(time.Duration(round*round*137%40_000) * time.Microsecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if rest, _ := io.ReadAll(out); len(rest) > 0 {
			t.Fatalf("child said %s", rest)
		}
		cmd.Wait()
		wantRecords(t, dir)

		want := keepTree(round % 3)
		d := mustBegin(t, dir)
		missing := len(want.mustKeep(t, d))
		unkept += missing
		kept += len(want) - missing
		if _, err := d.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		maps.Copy(want, foreign)
		wantTree(t, dir, want)
		wantState(t, dir, manifestName)
		if wantRecords(t, dir) < 30 {
			t.Error("few records")
		}
	}
	t.Logf("kept %d files, wrote %d", kept, unkept)
	if kept == 0 || unkept == 0 {
		t.Error("no test of both")
	}
}

// TestRandomBuilds has builds of several programs, of which some fail, and people who meddle. Each
// build that succeeds must end with the right files.
func TestRandomBuilds(t *testing.T) {
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 1))
	dir := t.TempDir()
	programs := make([]*State, 2)
	meddled := true // since a program looked
	for step := range 150 {
		files := tree{}
		for i := range 12 {
			if r.IntN(4) > 0 {
				files[fmt.Sprintf("d%d/f%d", i%3, i)] = fmt.Sprintf("content %d", r.IntN(2))
			}
		}
		switch r.IntN(6) {
		case 0:
			meddle(t, r, dir)
			meddled = true
		case 1:
			d := mustBeginFrom(t, dir, nil)
			files.mustKeep(t, d)
			if err := d.Abort(); err != nil {
				t.Fatal(err)
			}
		case 2:
			d := mustBegin(t, dir)
			files.mustWrite(t, d)
			if _, err := d.Commit(t.Context()); err != nil {
				t.Fatal(err)
			}
			wantTree(t, dir, files)
			meddled = false
		default:
			p := r.IntN(len(programs))
			if meddled || r.IntN(4) == 0 {
				clear(programs) // they have ended
			}
			d := mustBeginFrom(t, dir, programs[p])
			files.mustKeep(t, d)
			if _, err := d.Commit(t.Context()); err != nil {
				t.Fatal(err)
			}
			programs[p], meddled = d.State(), false
			if w := d.Warnings(); len(w) > 0 {
				t.Errorf("warnings %q", w)
			}
			wantTree(t, dir, files)
			wantState(t, dir, manifestName)
		}
		if !meddled {
			wantRecords(t, dir)
		}
		if t.Failed() {
			t.Fatalf("at step %d with the seed %d", step, seed)
		}
	}
}

// meddle does to an output directory what a build does not know of.
func meddle(t *testing.T, r *rand.Rand, dir string) {
	t.Helper()
	files := readTree(t, dir)
	names := slices.Sorted(maps.Keys(files))
	if len(names) == 0 {
		return
	}
	pick := func() (string, os.FileInfo) {
		name := names[r.IntN(len(names))]
		path := filepath.Join(dir, strings.TrimSuffix(name, "/"))
		info, err := os.Lstat(path)
		if err != nil {
			t.Fatal(err)
		}
		return path, info
	}
	path, info := pick()
	if info.IsDir() {
		return
	}
	var err error
	switch r.IntN(6) {
	case 0:
		err = os.Remove(path)
	case 1:
		err = os.WriteFile(path, []byte("content 9"), 0o644)
	case 2:
		if err = os.WriteFile(path, []byte("content 8"), 0o644); err == nil {
			time.Sleep(10 * time.Millisecond)
			err = os.Chtimes(path, info.ModTime(), info.ModTime())
		}
	case 3:
		err = os.Chtimes(path, time.Time{}, time.Unix(r.Int64N(1e9), 0))
	case 4:
		if other, with := pick(); !with.IsDir() {
			err = os.Rename(other, path)
		}
	case 5:
		if err = os.WriteFile(path+"~", []byte("content 7"), 0o644); err == nil {
			err = os.Chtimes(path+"~", info.ModTime(), info.ModTime())
		}
		if err == nil {
			err = os.Rename(path+"~", path)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}
