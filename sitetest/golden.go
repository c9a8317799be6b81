package sitetest

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"
)

// UpdateFlag defines the flag -update of go test, unless there is one already. It is to be called by a TestMain:
//
//	func TestMain(m *testing.M) {
//		sitetest.UpdateFlag()
//		m.Run()
//	}
//
// This package does not define the flag by itself. A second definition panics, and the test's own package, whose variables
// are initialized after those of all that it imports, or another package may define one. In
// TestMain all these are initialized. A boolean flag of that name is heeded whoever defined it, and without any, there is the environment
// variable SITETEST_UPDATE, which does not trouble packages that have no such flag:
//
//	SITETEST_UPDATE=1 go test ./...
func UpdateFlag() {
	if flag.Lookup(updateName) == nil {
		flag.Bool(updateName, false, "write golden files")
	}
}

const (
	updateName = "update"
	updateEnv  = "SITETEST_UPDATE"
)

// updating tells whether golden files are to be written.
func updating() bool {
	if on, err := strconv.ParseBool(os.Getenv(updateEnv)); err == nil && on {
		return true
	}
	f := flag.Lookup(updateName)
	if f == nil {
		return false
	}
	on, err := strconv.ParseBool(f.Value.String())
	return err == nil && on
}

// Golden holds a text against the file of that name, relative to the folder of the test's package, such as "testdata/hello.html".
// The test fails with a diff if they differ. When updating (see [UpdateFlag]), it writes the file instead, and its folder. Where the
// text has no carriage returns, those of the file at the ends of lines do not count: version control may have put them there.
func Golden[T ~string | ~[]byte](t testing.TB, name string, have T) {
	t.Helper()
	golden(t, name, "have", string(have))
}

// GoldenFiles holds files, by their names, against a txtar archive, as [Golden] does. In the archive each file
// ends with a newline, which does not count. A file that cannot stand in an archive, since it is no text or has a line that
// begins a file, is there as its size and checksum.
func GoldenFiles(t testing.TB, name string, have map[string][]byte) {
	t.Helper()
	ar := new(txtar.Archive)
	for _, file := range slices.Sorted(maps.Keys(have)) {
		ar.Files = append(ar.Files, txtar.File{Name: file, Data: inArchive(have[file])})
	}
	golden(t, name, "have", string(txtar.Format(ar)))
}

// Golden holds files of the build against a txtar archive, as [GoldenFiles] does: those with the given names, as for
// [Site.Output], or all.
func (b *Build) Golden(name string, files ...string) {
	b.t.Helper()
	have := b.Files()
	if len(files) > 0 {
		all := have
		have = make(map[string][]byte)
		for _, f := range files {
			o := b.Output(f)
			have[o.name] = all[o.name]
		}
	}
	GoldenFiles(b.t, name, have)
}

// inArchive returns a file as it stands in an archive.
func inArchive(b []byte) []byte {
	if utf8.Valid(b) && !bytes.ContainsRune(b, 0) && len(txtar.Parse(b).Files) == 0 {
		return b
	}
	return fmt.Appendf(nil, "%d bytes, SHA-256 %x\n", len(b), sha256.Sum256(b))
}

// golden is Golden for a text that messages call label.
func golden(t testing.TB, name, label, have string) {
	t.Helper()
	file := filepath.FromSlash(name)
	b, err := os.ReadFile(file)
	want := string(b)
	if !strings.Contains(have, "\r") {
		want = strings.ReplaceAll(want, "\r\n", "\n")
	}
	switch {
	case err == nil && want == have:
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		t.Fatal(err)
	case updating():
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(have), 0o666); err != nil {
			t.Fatal(err)
		}
		t.Logf("wrote %s", name)
	case err != nil:
		t.Errorf("there is no file %s (%s writes it)", name, updateCommand(t))
	default:
		t.Errorf("%s differs from %s (%s writes what it is now):\n%s", label, name, updateCommand(t), diff(name, label, want, have))
	}
}

// updateCommand is how to update what a test has.
func updateCommand(t testing.TB) string {
	test, _, _ := strings.Cut(t.Name(), "/")
	command := "go test -run '^" + test + "$'"
	if flag.Lookup(updateName) != nil {
		return command + " -" + updateName
	}
	return updateEnv + "=1 " + command
}
