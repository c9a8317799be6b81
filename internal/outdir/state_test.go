package outdir

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestManifestFormat(t *testing.T) {
	names := []string{"end 1 00000000", "index.html", "posts/hello/index.html", "日本語/ x .html"}
	data := encodeManifest(names)
	want := "jam manifest 1\nend 1 00000000\nindex.html\nposts/hello/index.html\n日本語/ x .html\nend 4 "
	if !strings.HasPrefix(string(data), want) {
		t.Errorf("manifest\n%s\nwant\n%s", data, want)
	}
	got, err := decodeManifest(data)
	if err != nil || !slices.Equal(got, names) {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := decodeManifest(encodeManifest(nil)); err != nil || len(got) != 0 {
		t.Errorf("empty manifest: %q, %v", got, err)
	}
	for i := range data {
		if _, err := decodeManifest(data[:i]); err == nil {
			t.Errorf("accepts the first %d bytes", i)
		}
		flipped := bytes.Clone(data)
		flipped[i] ^= 1
		if _, err := decodeManifest(flipped); err == nil {
			t.Errorf("accepts %q", flipped)
		}
	}
	_, err = decodeManifest(append(data, '\n'))
	wantError(t, err, "damaged")
	_, err = decodeManifest([]byte(strings.Replace(string(data), "manifest 1", "manifest 2", 1)))
	wantError(t, err, "unknown version")
}

func TestDamagedManifest(t *testing.T) {
	for _, data := range []string{"", "garbage", "jam manifest 2\n", manifestHeader, manifestHeader + "old.html\n", "\x00\x00\x00"} {
		dir := t.TempDir()
		old := tree{"old.html": "1", "a/b": "1"}
		old.build(t, dir)
		tree{stateDir + "/" + manifestName: data}.put(t, dir)
		d := mustBegin(t, dir)
		tree{"a/b": "1"}.mustWrite(t, d)
		if removed, err := d.Commit(t.Context()); len(removed) > 0 || err != nil {
			t.Errorf("%q: removed %q, %v", data, removed, err)
		}
		if w := d.Warnings(); len(w) != 1 || !strings.HasPrefix(w[0], ".jam/manifest: ") || !strings.HasSuffix(w[0], "so none is removed") {
			t.Errorf("%q: warnings %q", data, w)
		}
		wantTree(t, dir, old)
		// From now on builds know their files again.
		tree{}.build(t, dir)
		wantTree(t, dir, tree{"old.html": "1"})
	}
}

func TestWarningsAreCopies(t *testing.T) {
	d := mustBegin(t, t.TempDir())
	if w := d.Warnings(); len(w) != 0 {
		t.Errorf("warnings %q", w)
	}
	d.warn("one")
	d.Warnings()[0] = "changed"
	if w := d.Warnings(); w[0] != "one" {
		t.Errorf("warnings %q", w)
	}
}

func TestJournalFormat(t *testing.T) {
	names := []string{"index.html", "with space", "日本語/x"}
	data := []byte(journalHeader)
	for _, name := range names {
		data = appendRecord(data, name)
	}
	if line, _, _ := strings.Cut(string(data[len(journalHeader):]), "\n"); line != "774be9c9 index.html" {
		t.Errorf("first record %q", line)
	}
	ends := 0
	for i := range len(data) + 1 {
		got, err := decodeJournal(data[:i])
		if i > len(journalHeader) && data[i-1] == '\n' {
			ends++
		}
		if err != nil || !slices.Equal(got, names[:ends]) {
			t.Errorf("first %d bytes: %q, %v, want %q", i, got, err, names[:ends])
		}
	}
	tests := []struct {
		data  string
		names []string
		text  string
	}{
		{"", nil, ""},
		{"jam journal 2\n" + string(data[len(journalHeader):]), nil, "unknown version"},
		{"garbage", nil, "damaged"},
		{string(data) + "774be9c9 other.html\n", names, "1 of its lines"},
		{string(data) + "zzzzzzzz x\n\n \n" + string(appendRecord(nil, "last")), append(slices.Clone(names), "last"), "3 of its lines"},
		{string(data) + strings.Repeat("\x00", 4096), names, ""},
	}
	for _, tt := range tests {
		got, err := decodeJournal([]byte(tt.data))
		if !slices.Equal(got, tt.names) || (err == nil) != (tt.text == "") {
			t.Errorf("%q: %q, %v", tt.data, got, err)
		}
		if tt.text != "" {
			wantError(t, err, tt.text)
		}
	}
}

func TestJournalOfKilledBuild(t *testing.T) {
	dir := t.TempDir()
	tree{"known": "1"}.build(t, dir)
	data := appendRecord([]byte(journalHeader), "new/a")
	data = append(data, "0123"...)
	tree{
		"new/a": "half a build", "foreign": "mine",
		stateDir + "/" + journalName:            string(data),
		stateDir + "/" + tempPrefix + "7":       "half a fi",
		stateDir + "/" + stageName + "/posts/b": "half a fi",
		stateDir + "/" + lockName:               "",
	}.put(t, dir)
	d := mustBegin(t, dir)
	wantState(t, dir, lockName, manifestName)
	tree{"known": "2", "b": "2"}.mustWrite(t, d)
	removed, err := d.Commit(t.Context())
	if err != nil || !slices.Equal(removed, []string{"new/a"}) {
		t.Errorf("removed %q, %v", removed, err)
	}
	if w := d.Warnings(); len(w) > 0 {
		t.Errorf("warnings %q", w)
	}
	wantTree(t, dir, tree{"known": "2", "b": "2", "foreign": "mine"})
	wantState(t, dir, manifestName)
}

// TestJournalPrecedesFile makes the journal fail: no file may appear then.
func TestJournalPrecedesFile(t *testing.T) {
	dir := t.TempDir()
	d := mustBegin(t, dir)
	tree{"first": "1"}.mustWrite(t, d)
	d.journal.f.Close()
	tree{"a/b": "1"}.mustWrite(t, d)
	for _, name := range []string{"c", "d"} {
		if _, err := d.Write(t.Context(), name, nil); err == nil {
			t.Errorf("%s is written without the journal", name)
		}
	}
	if err := d.Abort(); err == nil {
		t.Error("a/b is placed without the journal")
	}
	wantTree(t, dir, tree{"first": "1"})
	wantState(t, dir, journalName)
}

// TestListedNamesAreNotJournaled checks that a build which only changes files has no journal.
func TestListedNamesAreNotJournaled(t *testing.T) {
	dir := t.TempDir()
	tree{"a": "1"}.build(t, dir)
	d := mustBegin(t, dir)
	tree{"a": "2"}.mustWrite(t, d)
	wantState(t, dir, lockName, manifestName)
	tree{"b": "2"}.mustWrite(t, d)
	data, err := os.ReadFile(filepath.Join(dir, stateDir, journalName))
	if want := string(appendRecord([]byte(journalHeader), "b")); err != nil || string(data) != want {
		t.Errorf("journal %q, %v, want %q", data, err, want)
	}
}

func FuzzManifest(f *testing.F) {
	f.Add(encodeManifest(nil))
	f.Add(encodeManifest([]string{"a/b.html", "c"}))
	f.Add(encodeManifest([]string{"../x"}))
	f.Add([]byte(manifestHeader + "a\nend 1 00000000\n"))
	f.Add([]byte(manifestHeader))
	f.Fuzz(func(t *testing.T, data []byte) {
		// The checksum would keep the fuzzer from the names, so try them with a right one too.
		body := append([]byte(manifestHeader), data...)
		body = append(body, '\n')
		body = append(body, manifestEnd(bytes.Count(body, []byte("\n"))-1, body)...)
		for _, data := range [][]byte{data, body} {
			names, err := decodeManifest(data)
			if err != nil {
				if names != nil {
					t.Errorf("%q: names beside %v", names, err)
				}
				continue
			}
			for _, name := range names {
				if err := checkName(name, false); err != nil {
					t.Errorf("%q: %v", name, err)
				}
			}
			if again := encodeManifest(names); !bytes.Equal(again, data) {
				t.Errorf("%q is read as %q", data, again)
			}
		}
	})
}

func FuzzJournal(f *testing.F) {
	f.Add([]byte(journalHeader), "a")
	f.Add(appendRecord(appendRecord([]byte(journalHeader), "a/b"), "c"), "d/e")
	f.Add(appendRecord([]byte(journalHeader), "../x"), "../y")
	f.Add([]byte(journalHeader+"0000"), "x")
	f.Add([]byte("jam jour"), "x")
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		names, err := decodeJournal(data)
		for _, name := range names {
			if err := checkName(name, false); err != nil {
				t.Errorf("%q: %v", name, err)
			}
		}
		if !bytes.HasPrefix(data, []byte(journalHeader)) {
			if len(names) > 0 {
				t.Errorf("names %q without a header", names)
			}
			return
		}
		// What follows a whole line is read whatever came before.
		if data[len(data)-1] == '\n' && checkName(name, false) == nil {
			more, moreErr := decodeJournal(appendRecord(data, name))
			if !slices.Equal(more, append(names, name)) || (moreErr == nil) != (err == nil) {
				t.Errorf("with %q: %q, %v, before %q, %v", name, more, moreErr, names, err)
			}
		}
	})
}
