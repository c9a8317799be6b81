package jam_test

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/jam-go/jam"
)

// systemFault is a fault of the operating system, which hurts by so much that there is from none of it to all that a build needs.
type systemFault struct {
	most, step int
	begin      func(t *testing.T, s *faultSite, n int) (end func())
	want       []error // one of them is the cause
}

// limit sets a resource limit of this process, and returns what sets it back.
func limit(t *testing.T, resource int, n uint64) (end func()) {
	t.Helper()
	var was syscall.Rlimit
	if err := syscall.Getrlimit(resource, &was); err != nil {
		t.Skip(err)
	}
	if err := syscall.Setrlimit(resource, &syscall.Rlimit{Cur: n, Max: was.Max}); err != nil {
		t.Skip(err)
	}
	return func() {
		if err := syscall.Setrlimit(resource, &was); err != nil {
			t.Fatal(err)
		}
	}
}

// mountTmpfs mounts a file system in memory for the output of a site.
func mountTmpfs(t *testing.T, s *faultSite, options string) {
	t.Helper()
	at := t.TempDir()
	if err := syscall.Mount("tmpfs", at, "tmpfs", 0, options); err != nil {
		t.Skip("no file system can be mounted:", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(at, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	s.dir = filepath.Join(at, "out")
}

var systemFaults = map[string]systemFault{
	// The disk has room for n blocks.
	"full disk": {most: 130, step: 1, want: []error{syscall.ENOSPC}, begin: func(t *testing.T, s *faultSite, n int) func() {
		var st syscall.Statfs_t
		if err := syscall.Statfs(filepath.Dir(s.dir), &st); err != nil {
			t.Fatal(err)
		}
		filler := filepath.Join(filepath.Dir(s.dir), "filler")
		if err := os.WriteFile(filler, make([]byte, (int(st.Bfree)-n)*int(st.Bsize)), 0o600); err != nil {
			t.Fatal(err)
		}
		return func() {
			if err := os.Remove(filler); err != nil {
				t.Fatal(err)
			}
		}
	}},
	// The disk has room for n files.
	"no inodes": {most: 130, step: 1, want: []error{syscall.ENOSPC}, begin: func(t *testing.T, s *faultSite, n int) func() {
		var st syscall.Statfs_t
		if err := syscall.Statfs(filepath.Dir(s.dir), &st); err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(filepath.Dir(s.dir), "fillers")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		for i := range int(st.Ffree) - 1 - n {
			if err := os.Mkdir(filepath.Join(dir, string(rune('a'+i%26))+strings.Repeat("x", i/26)), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		return func() {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}
	}},
	"read-only file system": {most: 0, step: 1, want: []error{syscall.EROFS}, begin: func(t *testing.T, s *faultSite, n int) func() {
		at := filepath.Dir(s.dir)
		if err := syscall.Mount("", at, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
			t.Fatal(err)
		}
		return func() {
			if err := syscall.Mount("", at, "", syscall.MS_REMOUNT, ""); err != nil {
				t.Fatal(err)
			}
		}
	}},
	// The n-th folder of the output can't be changed, nor what is directly in it.
	"read-only folder": {most: 12, step: 1, want: []error{fs.ErrPermission}, begin: func(t *testing.T, s *faultSite, n int) func() {
		dirs := []string{s.dir}
		_ = filepath.WalkDir(s.dir, func(name string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() && name != s.dir {
				dirs = append(dirs, name)
			}
			return err
		})
		dir := dirs[n%len(dirs)]
		if msg, err := exec.Command("chattr", "+i", dir).CombinedOutput(); err != nil {
			t.Skipf("no folder can be protected: %v %s", err, msg)
		}
		return func() {
			if msg, err := exec.Command("chattr", "-i", dir).CombinedOutput(); err != nil {
				t.Fatalf("%v %s", err, msg)
			}
		}
	}},
	// The process may open n more files.
	"few handles": {most: 40, step: 1, want: []error{syscall.EMFILE}, begin: func(t *testing.T, _ *faultSite, n int) func() {
		return limit(t, syscall.RLIMIT_NOFILE, uint64(openHandles()-1+n))
	}},
	// No file may have more than n bytes.
	"short files": {most: 14000, step: 151, want: []error{syscall.EFBIG}, begin: func(t *testing.T, _ *faultSite, n int) func() {
		signal.Ignore(syscall.SIGXFSZ)
		end := limit(t, syscall.RLIMIT_FSIZE, uint64(n))
		return func() {
			end()
			signal.Reset(syscall.SIGXFSZ)
		}
	}},
}

// inProcess runs a test in a process of its own, which has no files but those of the test: "go test" has a log, which would be cut off, too.
func inProcess(t *testing.T, flags ...string) {
	t.Helper()
	pattern := "^" + strings.ReplaceAll(t.Name(), "/", "$/^") + "$"
	cmd := exec.CommandContext(t.Context(), os.Args[0], append([]string{"-test.v", "-test.run=" + pattern}, flags...)...)
	msg, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v", err)
	}
	t.Logf("%s", msg)
}

var limitFiles = flag.Bool("limit-files", false, "limit how long the files of this process may be")

// TestSystemFaults builds a site while the operating system has not what a build needs: the error comes back, each file of
// the output is whole, and the next build makes it right.
func TestSystemFaults(t *testing.T) {
	for name, f := range systemFaults {
		t.Run(name, func(t *testing.T) {
			if name == "short files" && !*limitFiles {
				inProcess(t, "-limit-files", "-faults="+*faultsFlag)
				return
			}
			s := newFaultSite(t, 26, func(string) bool { return true })
			switch name {
			case "full disk", "read-only file system":
				mountTmpfs(t, s, "size=8m")
			case "no inodes":
				mountTmpfs(t, s, "nr_inodes=300")
			}
			if first := s.run(t, t.Context(), 0, func(*faultRun) {}); first.err != nil {
				t.Fatal(first.err)
			}
			step := f.step
			if *faultsFlag != "all" {
				step = max(f.step, f.most/3|1)
			}
			counts := tally{}
			for n := 0; n <= f.most && !t.Failed(); n += step {
				f.test(t, s, n, counts)
			}
			counts.log(t)
		})
	}
}

func (f *systemFault) test(t *testing.T, s *faultSite, n int, counts tally) {
	t.Helper()
	if s.emptied = n%2 > 0; s.emptied { // so that it has to be written anew
		s.empty(t)
		if err := os.Mkdir(s.dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	handles := openHandles()
	next := 1 - s.now
	end := f.begin(t, s, n)
	r := s.run(t, t.Context(), next, func(*faultRun) {})
	end()
	switch {
	case r.err == nil && !slices.ContainsFunc(r.report.Warnings, func(e *jam.Error) bool { return e.Op == "cache" }):
		counts["enough"]++
	case r.err == nil:
		counts["the cache could not be written"]++
	case slices.ContainsFunc(f.want, func(want error) bool { return errors.Is(r.err, want) }):
		counts["the build fails"]++
	default:
		t.Errorf("error %v", r.err)
	}
	settled(t, "handles", handles, openHandles)
	if s.stuck = ""; r.err != nil && strings.Contains(r.err.Error(), "RemoveAll new: "+syscall.EMFILE.Error()) {
		s.stuck = "new" // to remove a folder takes a handle
	}
	s.wholeFiles(t)
	if r.err == nil {
		s.holds(t, next, false)
	}
	h := s.run(t, t.Context(), next, func(*faultRun) {})
	if h.err != nil {
		t.Errorf("the next build: %v", h.err)
	}
	s.holds(t, next, false)
	if t.Failed() {
		t.Logf("with %d: %v", n, r.err)
	}
	s.now, s.emptied = next, false
}
