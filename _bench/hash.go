package main

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/jam-go/jam"
)

// hashDir returns the hash of an output directory, and how many files are in it.
func hashDir(dir string) (sum string, files int, err error) { return hashFS(os.DirFS(dir)) }

// hashFS returns the hash of the names and contents of all files of an output, in the order of fs.WalkDir,
// and their number. What jam keeps for itself is none of it.
func hashFS(fsys fs.FS) (sum string, files int, err error) {
	h := sha256.New()
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == ".jam":
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		files++
		return hashFile(h, fsys, name)
	})
	const enough = 8
	return hex.EncodeToString(h.Sum(nil)[:enough]), files, err
}

func hashFile(w io.Writer, fsys fs.FS, name string) error {
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	// With the lengths before them, no two outputs give the same bytes.
	head := binary.BigEndian.AppendUint64(nil, uint64(len(name)))
	head = append(head, name...)
	head = binary.BigEndian.AppendUint64(head, uint64(info.Size()))
	if _, err := w.Write(head); err != nil {
		return err
	}
	_, err = io.Copy(w, f)
	return err
}

// trees are content trees of the shared ones that can be built without the sites that they are from.
var trees = []struct {
	name, content string
	cfg           jam.Config
}{
	{name: "hugoDocs", content: "content/en"},
	{name: "letsencrypt", content: "content", cfg: jam.Config{Permalinks: map[string]string{"en/post": "/:year/:month/:day/:slug/"}}},
	{name: "rust-blog", content: "content"},
	{name: "jekyll-docs/docs", content: "_docs", cfg: jam.Config{NoBundles: true}},
	{name: "zola-docs/docs", content: "content"},
	{name: "zola-docs/test_site", content: "content"},
}

// hashTrees builds the trees with the plain theme, once as they are and once in every format, and prints the
// hashes of the outputs and of the warnings.
func hashTrees(ctx context.Context, w io.Writer, shared string) error {
	for _, t := range trees {
		for _, all := range []bool{false, true} {
			cfg := t.cfg
			cfg.ContentDir, cfg.Renderer = t.content, jam.PlainTheme()
			cfg.Markdown = jam.Markdown{Unsafe: true, KeepShortcodes: true}
			cfg.Future, cfg.Now = true, func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }
			name := path.Join(t.name, t.content)
			if all {
				name += ", all formats"
				everyFormat(&cfg)
			}
			if err := hashTree(ctx, w, name, filepath.Join(shared, "corpora", filepath.FromSlash(t.name)), &cfg); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}

func everyFormat(cfg *jam.Config) {
	cfg.BaseURL = "https://example.org/"
	list := []string{"html", "rss", "atom", "jsonfeed", "json"}
	cfg.Outputs = map[string][]string{
		"home":    append([]string{"sitemap", "robots", "search"}, list...),
		"section": list, "term": list, "taxonomy": {"html", "json"},
		"page": {"html", "json", "txt", "markdown"},
	}
	cfg.Pagination = map[string]jam.Pagination{"section": {Size: 10}, "term": {Size: 10}}
}

func hashTree(ctx context.Context, w io.Writer, name, dir string, cfg *jam.Config) error {
	s, err := jam.Load(ctx, os.DirFS(dir), cfg)
	if err != nil {
		return err
	}
	out := jam.Memory()
	report, err := s.Build(ctx, out)
	if err != nil {
		return err
	}
	sum, files, err := hashFS(out.FS())
	if err != nil {
		return err
	}
	if files != len(report.Written) {
		return errors.New("the output has other files than the report")
	}
	var warnings strings.Builder
	for _, e := range report.Warnings {
		fmt.Fprintln(&warnings, e)
	}
	said := sha256.Sum256([]byte(warnings.String()))
	_, err = fmt.Fprintf(w, "%s  %x  %5d files %4d warnings  %s\n",
		sum, said[:4], files, len(report.Warnings), name)
	return err
}
