package sitetest_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam/sitetest"
)

func TestArchives(t *testing.T) {
	if err := fstest.TestFS(sitetest.FS(archive), "content/posts/hello.md", "layouts/page.html", "static/style.css"); err != nil {
		t.Error(err)
	}
	for archive, want := range map[string]string{
		"-- ../x --\n":             `file "../x" is an invalid path`,
		"-- a --\n-- a --\n":       "duplicate",
		"-- a --\n-- a/b --\n":     "",
		"-- /content/a.md --\n":    `file "/content/a.md" is an invalid path`,
		"-- content//a.md --\nx\n": `file "content//a.md" is an invalid path`,
	} {
		_, err := fs.ReadDir(sitetest.FS(archive), ".")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", archive, err, want)
		}
	}
}
