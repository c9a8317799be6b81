package outdir

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// The environment variables that make the test binary a child process.
const (
	holdEnv  = "OUTDIR_TEST_HOLD"  // begins a build of that directory, says so, and waits
	buildEnv = "OUTDIR_TEST_BUILD" // builds that directory over and over
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(holdEnv); dir != "" {
		holdDir(dir)
	}
	if dir := os.Getenv(buildEnv); dir != "" {
		buildForever(dir)
	}
	os.Exit(m.Run())
}

// child starts the test binary with an environment variable.
func child(t *testing.T, variable, value string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Skip("no executable:", err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), variable+"="+value)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Skip("no processes:", err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	return cmd, bufio.NewReader(out)
}

func holdDir(dir string) {
	if _, err := Begin(context.Background(), dir); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("ready")
	time.Sleep(time.Hour)
}

func TestBusyInProcess(t *testing.T) {
	dir := t.TempDir()
	d := mustBegin(t, dir)
	_, err := Begin(t.Context(), filepath.Join(dir, "..", filepath.Base(dir)))
	if !errors.Is(err, ErrBusy) {
		t.Errorf("error %v", err)
	}
	wantError(t, err, filepath.Base(dir), "another build is writing to this directory")
	mustBegin(t, t.TempDir()) // another directory is free
	tree{"a": "1"}.mustWrite(t, d)
	if err := d.Abort(); err != nil {
		t.Error(err)
	}
	tree{"a": "2"}.build(t, dir)
	wantState(t, dir, manifestName)
}

func TestBusyOtherProcess(t *testing.T) {
	dir := t.TempDir()
	cmd, out := child(t, holdEnv, dir)
	if line, err := out.ReadString('\n'); line != "ready\n" {
		t.Fatalf("child said %q, %v", line, err)
	}
	if _, err := Begin(t.Context(), dir); !errors.Is(err, ErrBusy) {
		t.Errorf("while the child holds it: %v", err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	io.Copy(io.Discard, out)
	cmd.Wait()
	tree{"a": "1"}.build(t, dir)
	wantState(t, dir, manifestName)
}

// TestContention has many builds wanting one directory: never two at once.
func TestContention(t *testing.T) {
	dir := t.TempDir()
	var mu sync.Mutex
	var holders, most, won int
	var group sync.WaitGroup
	for g := range 8 {
		group.Go(func() {
			for range 50 {
				d, err := Begin(t.Context(), dir)
				if errors.Is(err, ErrBusy) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				holders++
				won++
				most = max(most, holders)
				mu.Unlock()
				if _, err := d.Write(t.Context(), fmt.Sprint(g), nil); err != nil {
					t.Error(err)
				}
				mu.Lock()
				holders--
				mu.Unlock()
				if _, err := d.Commit(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if most != 1 || won == 0 {
		t.Errorf("%d builds at once, %d in all", most, won)
	}
	wantState(t, dir, manifestName)
}

// TestLockFileRemoved removes a held lock's file: the next build must not take the old
// one for the lock, nor fail for good.
func TestLockFileRemoved(t *testing.T) {
	dir := t.TempDir()
	d := mustBegin(t, dir)
	if err := os.Remove(filepath.Join(dir, stateDir, lockName)); err != nil {
		t.Skip("a held file cannot be removed:", err)
	}
	d.Abort()
	tree{"a": "1"}.build(t, dir)
	wantState(t, dir, manifestName)
}
