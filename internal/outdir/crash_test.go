package outdir

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// crashFile is a file's content that tells whether it is whole.
func crashFile(name string, version int) string {
	line := fmt.Sprintf("%s %d\n", name, version)
	return strings.Repeat(line, 1+len(name)*7%40*version) + "end\n"
}

func isWhole(name, data string) bool {
	return slices.ContainsFunc([]int{0, 1, 2}, func(v int) bool { return data == crashFile(name, v) })
}

// crashTree has the files of a version: some come, some go, some change, and places
// change between file and directory.
func crashTree(version int) tree {
	files := tree{}
	add := func(name string) { files[name] = crashFile(name, version) }
	for i := range 40 {
		if i%3 != version {
			add(fmt.Sprintf("posts/%d/index.html", i))
		}
		add(fmt.Sprintf("v%d/%d", version, i))
	}
	for i := range 5 {
		if i%2 == version%2 {
			add(fmt.Sprintf("swap/%d", i))
		} else {
			add(fmt.Sprintf("swap/%d/x/%d", i, version))
		}
	}
	return files
}

func buildForever(dir string) {
	ctx := context.Background()
	for n := 0; ; n++ {
		d, err := Begin(ctx, dir)
		if err != nil {
			fmt.Println("begin:", err)
			os.Exit(1)
		}
		if n == 0 {
			fmt.Println("ready")
		}
		var group sync.WaitGroup
		for name, data := range crashTree(n % 3) {
			group.Go(func() {
				var err error
				if len(name)%2 == 0 {
					_, err = d.Write(ctx, name, []byte(data))
				} else {
					_, err = d.WriteFrom(ctx, name, from(strings.NewReader(data)))
				}
				if err != nil {
					fmt.Println("write:", err)
				}
			})
		}
		group.Wait()
		if n%4 == 3 {
			err = d.Abort()
		} else {
			_, err = d.Commit(ctx)
		}
		if err != nil {
			fmt.Println("end:", err)
			os.Exit(1)
		}
	}
}

// TestKilled kills a building process at many moments. No file may be torn, and
// the next build must find all that was left.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	foreign := tree{"posts/mine.txt": "mine", "CNAME": "mine"}
	foreign.put(t, dir)
	leftovers := 0
	for round := range 20 {
		cmd, out := child(t, buildEnv, dir)
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

		for name, data := range readTree(t, dir) {
			if _, mine := foreign[name]; !mine && !strings.HasSuffix(name, "/") && !isWhole(name, data) {
				t.Errorf("round %d: %s is torn: %d bytes", round, name, len(data))
			}
		}
		if entries, err := os.ReadDir(filepath.Join(dir, stateDir)); err == nil && len(entries) > 2 {
			leftovers++
		}
		want := crashTree(round % 3)
		if round%5 == 4 {
			want = tree{}
		}
		want.build(t, dir)
		for name, data := range foreign {
			want[name] = data
		}
		wantTree(t, dir, want)
		wantState(t, dir, manifestName)
	}
	t.Logf("%d of 20 kills left a journal or temporary files", leftovers)
}
