package sitetest_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"testing"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
)

// TestOutputs tests those of package jam.
func TestOutputs(t *testing.T) {
	for name, test := range map[string]sitetest.OutputTest{
		"Memory": {New: func() (jam.Output, func() (fs.FS, error)) {
			m := jam.Memory()
			return m, func() (fs.FS, error) { return m.FS(), nil }
		}},
		"Dir": {New: func() (jam.Output, func() (fs.FS, error)) {
			dir := t.TempDir()
			return jam.Dir(dir), func() (fs.FS, error) { return os.DirFS(dir), nil }
		}},
		"Zip": {OneBuild: true, New: func() (jam.Output, func() (fs.FS, error)) {
			var buf bytes.Buffer
			return jam.Zip(&buf), func() (fs.FS, error) {
				if buf.Len() == 0 {
					return os.DirFS(t.TempDir()), nil
				}
				return zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := sitetest.TestOutput(test); err != nil {
				t.Error(err)
			}
		})
	}
}
