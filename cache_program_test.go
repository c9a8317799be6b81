package jam

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// TestProgramReplaced puts another file in the place of a program that runs: its checksum stays that of itself.
func TestProgramReplaced(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("a program that runs can't be replaced everywhere, nor be read then")
	}
	const child = "JAM_TEST_PROGRAM_REPLACED"
	if os.Getenv(child) != "" {
		fmt.Println("ready")
		bufio.NewReader(os.Stdin).ReadString('\n')
		sum, err := executableSum()
		fmt.Println(sum, err)
		return
	}
	b, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(name, b, 0o700); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), name, "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), child+"=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	lines.Scan()
	if lines.Text() != "ready" {
		t.Fatalf("the program says %q", lines.Text())
	}
	if err := os.WriteFile(name+"2", []byte("another"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(name+"2", name); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(in)
	lines.Scan()
	sum, err := executableSum()
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprint(sum, nil); lines.Text() != want {
		t.Errorf("the program's checksum is %q, not %q", lines.Text(), want)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}
