package outdir

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func needSymlinks(t *testing.T) {
	t.Helper()
	if err := os.Symlink("to", filepath.Join(t.TempDir(), "link")); err != nil {
		t.Skip("no symbolic links:", err)
	}
}

func TestNames(t *testing.T) {
	long := strings.Repeat("a/", 100) + "index.html"
	for _, name := range []string{
		"index.html", "a/b/c.html", ".nojekyll", ".well-known/x", "日本語/語.html", "with space/a b", "a:b", "aux",
		"con.html", "a.", "a ", "..a", "a..", "what?", "\"quoted\"", "%2e%2e/x", "a/.jam/x", ".jams", "jam", long,
	} {
		if err := checkName(name, false); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, name := range []string{
		"", ".", "..", "/", "/a", "a/", "a//b", "./a", "a/.", "../a", "a/../b", "a/..", "a\x00b", "a\nb", "a\x7f", `a\b`,
		`..\a`, "a\xffb", ".jam", ".jam/x", ".JAM/manifest", ".Jam", "\t",
	} {
		wantError(t, checkName(name, false), "not a valid file name")
		wantError(t, checkName(name, true), "not a valid file name")
	}
	for _, name := range []string{
		"aux", "AUX.html", "a/nul/b", "con.tar.gz", "com1", "Com0.x", "lpt¹", "prn .txt", "conin$", "a.", "a ", "a./b",
		"a:b", "c:/x", "what?", "a*", "a<b", "a>b", "a|b", `"a"`,
	} {
		wantError(t, checkName(name, true), "on Windows")
	}
	for _, name := range []string{"auxiliary", "com", "com10", "comx", "lpt", "console.html", "xaux", "a.b.c", "日本語"} {
		if err := checkName(name, true); err != nil {
			t.Errorf("%q on Windows: %v", name, err)
		}
	}
}

func TestStateIsRefused(t *testing.T) {
	for _, name := range []string{".jam/manifest", ".jam", ".JAM/x"} {
		d := mustBegin(t, t.TempDir())
		_, err := d.Write(t.Context(), name, nil)
		wantError(t, err, "write "+name, "holds the state of builds")
	}
}

// TestStateUnderAnotherName has what a file system does that knows the state folder
// by a second spelling.
func TestStateUnderAnotherName(t *testing.T) {
	d := mustBegin(t, t.TempDir())
	other, err := d.root.Lstat(stateDir)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.root.Mkdir("alias", 0o755); err != nil {
		t.Fatal(err)
	}
	if d.dirs.state, err = d.root.Lstat("alias"); err != nil || os.SameFile(other, d.dirs.state) {
		t.Fatal("no two folders", err)
	}
	_, err = d.Write(t.Context(), "alias/manifest", nil)
	wantError(t, err, "write alias/manifest: alias is the folder .jam")
}

func TestLinksLeadNowhere(t *testing.T) {
	needSymlinks(t)
	outside := t.TempDir()
	secret := tree{"secret": "1", "index.html": "1", "deep/x": "1"}
	secret.put(t, outside)
	for _, to := range []string{outside, "../" + filepath.Base(outside), "inside"} {
		dir := filepath.Join(filepath.Dir(outside), "public")
		tree{"a/index.html": "1", "a/deep/x": "1"}.build(t, dir)
		inside := tree{"inside/index.html": "1", "inside/deep/x": "1"}
		inside.put(t, dir)
		for _, name := range []string{"a/index.html", "a/deep/x", "a/deep", "a"} {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
		tree{"a": "-> " + to}.put(t, dir)
		for _, name := range []string{"a/index.html", "a/new", "a/deep/x", "a/new/x"} {
			d := mustBegin(t, dir)
			_, err := d.Write(t.Context(), name, []byte("1"))
			wantError(t, err, "write "+name+": a is a symbolic link")
			d.Abort()
		}
		// The listed files must not be removed through the link either.
		d := mustBegin(t, dir)
		if removed, err := d.Commit(t.Context()); err != nil || len(removed) > 0 {
			t.Errorf("removed %q, %v", removed, err)
		}
		if w := d.Warnings(); len(w) != 2 || w[1] != "a/index.html is not removed, because a is a symbolic link now" {
			t.Errorf("warnings %q", w)
		}
		inside["a"] = "-> " + to
		wantTree(t, dir, inside)
		wantTree(t, outside, secret)
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLinkInPlaceOfFile(t *testing.T) {
	needSymlinks(t)
	dir, outside := t.TempDir(), t.TempDir()
	tree{"secret": "same"}.put(t, outside)
	// Equal content behind the link must not pass for the file's.
	tree{"twin": "same"}.build(t, dir)
	tree{"a": "-> " + filepath.Join(outside, "secret"), "b": "-> twin", "c": "-> nowhere"}.put(t, dir)
	tree{"a": "same", "b": "same", "c": "same"}.build(t, dir)
	wantTree(t, dir, tree{"a": "same", "b": "same", "c": "same"})
	wantTree(t, outside, tree{"secret": "same"})

	if err := os.Remove(filepath.Join(dir, "a")); err != nil {
		t.Fatal(err)
	}
	tree{"a": "-> b"}.put(t, dir)
	d := mustBegin(t, dir)
	if removed, err := d.Commit(t.Context()); err != nil || len(removed) != 2 {
		t.Errorf("removed %q, %v", removed, err)
	}
	if w := d.Warnings(); len(w) != 1 || w[0] != "a is not removed, because a is a symbolic link now" {
		t.Errorf("warnings %q", w)
	}
	wantTree(t, dir, tree{"a": "-> b"})
}

func TestLinksInState(t *testing.T) {
	needSymlinks(t)
	outside := t.TempDir()
	secret := tree{"manifest": string(encodeManifest([]string{"x"})), "lock": "1", "journal": "1"}
	secret.put(t, outside)
	for _, name := range []string{"", "/lock", "/manifest", "/journal"} {
		for _, to := range []string{outside + name, "/nowhere" + name, "nowhere"} {
			dir := t.TempDir()
			tree{"x": "mine", stateDir + name: "-> " + to}.put(t, dir)
			d, err := Begin(t.Context(), dir)
			if err == nil {
				t.Errorf("%s%s -> %s: no error", stateDir, name, to)
				d.Abort()
			}
			wantTree(t, outside, secret)
		}
	}
}

// TestOutputIsLink has the output directory itself behind a link, which is the user's choice.
func TestOutputIsLink(t *testing.T) {
	needSymlinks(t)
	dir := t.TempDir()
	tree{"real/": "", "public": "-> real"}.put(t, dir)
	tree{"index.html": "1"}.build(t, filepath.Join(dir, "public"))
	wantTree(t, filepath.Join(dir, "real"), tree{"index.html": "1"})
}

func TestHostileManifest(t *testing.T) {
	for _, name := range []string{"../victim", "/victim", ".jam/../victim", ".jam/lock", "a/../../victim", ".", "..", "", `..\victim`, "a\x00b"} {
		base := t.TempDir()
		dir := filepath.Join(base, "public")
		victims := tree{"victim": "1", "public/victim": "1", "public/a": "1"}
		victims.put(t, base)
		manifest := string(encodeManifest([]string{"a", name}))
		tree{stateDir + "/" + manifestName: manifest}.put(t, dir)
		d := mustBegin(t, dir)
		if w := d.Warnings(); len(w) != 1 || !strings.HasPrefix(w[0], ".jam/manifest: damaged: it lists ") {
			t.Errorf("%q: warnings %q", name, w)
		}
		if removed, err := d.Commit(t.Context()); err != nil || len(removed) > 0 {
			t.Errorf("%q: removed %q, %v", name, removed, err)
		}
		wantTree(t, base, victims)
	}
}

func TestHostileJournal(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(base, "public")
	victims := tree{"victim": "1", "public/victim": "1"}
	victims.put(t, base)
	data := []byte(journalHeader)
	for _, name := range []string{"../victim", "/victim", ".jam/../victim", ".jam/lock", "ours"} {
		data = appendRecord(data, name)
	}
	tree{stateDir + "/" + journalName: string(data), "ours": "1"}.put(t, dir)
	d := mustBegin(t, dir)
	if w := d.Warnings(); len(w) != 1 || !strings.Contains(w[0], "4 of its lines") {
		t.Errorf("warnings %q", w)
	}
	if removed, err := d.Commit(t.Context()); err != nil || len(removed) != 1 {
		t.Errorf("removed %q, %v", removed, err)
	}
	wantTree(t, base, victims)
	wantState(t, dir, manifestName)
}

// TestDirectoryBecomesLink swaps a directory that is held open.
func TestDirectoryBecomesLink(t *testing.T) {
	needSymlinks(t)
	if runtime.GOOS == "windows" {
		t.Skip("an open directory cannot be renamed")
	}
	outside, dir := t.TempDir(), t.TempDir()
	tree{"a/": ""}.put(t, dir)
	d := mustBegin(t, dir)
	tree{"a/x": "1"}.mustWrite(t, d)
	if _, err := d.Write(t.Context(), "a/y", nil); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "a"), filepath.Join(dir, "b")); err != nil {
		t.Fatal(err)
	}
	tree{"a": "-> " + outside}.put(t, dir)
	if _, err := d.Write(t.Context(), "a/z", nil); err == nil || errors.Is(err, fs.ErrClosed) {
		t.Errorf("error %v", err)
	}
	wantTree(t, outside, tree{})
}

// TestLinkInTheWay has a link where an earlier build's file is in the way of this
// build's: it is not the file that may go.
func TestLinkInTheWay(t *testing.T) {
	needSymlinks(t)
	for _, tt := range []struct{ link, write, text string }{
		{"a", "a/b", "a is a symbolic link"},
		{"c/d", "c", "no earlier build wrote c/d in it"},
	} {
		dir := t.TempDir()
		tree{"a": "1", "c/d": "1"}.build(t, dir)
		if err := os.Remove(filepath.Join(dir, tt.link)); err != nil {
			t.Fatal(err)
		}
		tree{tt.link: "-> nowhere"}.put(t, dir)
		d := mustBegin(t, dir)
		_, err := d.Write(t.Context(), tt.write, nil)
		wantError(t, err, "write "+tt.write+": ", tt.text)
	}
}
