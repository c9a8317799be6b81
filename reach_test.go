package jam_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/sitegen"
)

// editsFile is the file of an archive in testdata/reach that has the edits, and what each makes a build render.
const editsFile = "edits"

// TestReach tells, for each of a table of edits, exactly which files are rendered again. Each archive in testdata/reach is a
// site about one subject, and edits of it; see reachEdit.
func TestReach(t *testing.T) {
	names, err := filepath.Glob("testdata/reach/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no sites", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			last := len(archive.Files) - 1
			if archive.Files[last].Name != editsFile {
				t.Fatalf("%s: the last file is not %q", name, editsFile)
			}
			files := make(sitegen.Files)
			for _, f := range archive.Files[:last] {
				files[f.Name] = string(f.Data)
			}
			edits, err := parseReach(string(archive.Files[last].Data))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, e := range edits {
				e.reaches = reach(t, files, e)
			}
			have := formatReach(edits)
			if *update {
				archive.Files[last].Data = []byte(have)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if want := string(archive.Files[last].Data); have != want {
				t.Errorf("%s: %s\nhave\n%s", name, diffTexts(have, want), have)
			}
		})
	}
}

// reach makes an edit of a site and returns which files a build makes of it, in a process that goes on and in one that has but the
// cache of the last. Both have to make the same files, and what a clean build makes.
func reach(t *testing.T, files sitegen.Files, e *reachEdit) []string {
	t.Helper()
	tree := maps.Clone(files)
	for i := range e.steps {
		if err := e.apply(i, tree, map[string]int{}); err != nil {
			t.Fatalf("%s: %v", e.name, err)
		}
	}
	clean := cleanBuild(t, mapTree(tree, nil), genConfig(t, tree, nil))
	cached := e.build(t, files, clean, new(mapCache))
	if e.configures() { // which needs another Load
		return cached
	}
	if reloaded := e.build(t, files, clean, nil); !slices.Equal(reloaded, cached) {
		t.Errorf("%s: with Reload:\n%s\nwith a cache:\n%s", e.name, strings.Join(reloaded, "\n"), strings.Join(cached, "\n"))
	}
	return cached
}

// build builds a site, makes the edit, and builds it again: from the cache, or by Reload when there is none. In the end it has to be as
// the clean build.
func (e *reachEdit) build(t *testing.T, files sitegen.Files, clean *buildOutcome, cache jam.Cache) []string {
	t.Helper()
	tree, stamps, moving, out := maps.Clone(files), make(map[string]int), new(movingTree), jam.Memory()
	var site *jam.Site
	for step := 0; ; step++ {
		moving.set(mapTree(tree, stamps))
		cfg := genConfig(t, tree, moving)
		cfg.Cache = cache
		var err error
		if site == nil || cache != nil {
			site, err = jam.Load(t.Context(), moving, cfg)
		} else {
			site, err = site.Reload(t.Context())
		}
		if err != nil {
			t.Fatalf("%s: step %d: %v", e.name, step, err)
		}
		before := outputFiles(t, out)
		made := buildSite(t, site, out)
		if step == len(e.steps) {
			made.files = outputFiles(t, out)
			if problem := made.diff(clean); problem != "" || len(made.errs) > 0 {
				t.Fatalf("%s: %s%s", e.name, problem, made.errs)
			}
			return reachesOf(made, before)
		}
		if err := e.apply(step, tree, stamps); err != nil {
			t.Fatalf("%s: %v", e.name, err)
		}
	}
}

// reachesOf lists the files that a build made, or removed.
func reachesOf(o *buildOutcome, before map[string]string) (list []string) {
	for _, r := range o.report.Rendered {
		mark := madeMark
		if old, ok := before[r.File]; ok && old == o.files[r.File] {
			mark = vainMark
		}
		list = append(list, mark+r.String())
	}
	for _, name := range o.report.Removed {
		list = append(list, goneMark+name)
	}
	return list
}

// apply makes the changes of a step.
func (e *reachEdit) apply(step int, tree sitegen.Files, stamps map[string]int) error {
	for _, c := range e.steps[step] {
		if err := c.apply(tree, stamps, step+1); err != nil {
			return err
		}
	}
	return nil
}

// apply makes a change of a tree.
func (c *reachCommand) apply(tree sitegen.Files, stamps map[string]int, step int) error {
	name := c.args[0]
	some := c.of(tree)
	if len(some) == 0 && c.verb != "write" && c.verb != "config" && c.verb != "clock" {
		return fmt.Errorf("there is no %s", name)
	}
	switch c.verb {
	case "write":
		tree[name] = c.args[1]
		some = []string{name}
	case "replace":
		if !strings.Contains(tree[name], c.args[1]) {
			return fmt.Errorf("%s has no %q", name, c.args[1])
		}
		tree[name] = strings.ReplaceAll(tree[name], c.args[1], c.args[2])
	case "remove":
		for _, file := range some {
			delete(tree, file)
		}
	case "move":
		for _, file := range some {
			to := c.args[1] + strings.TrimPrefix(file, name)
			tree[to], stamps[to] = tree[file], stamps[file]
			delete(tree, file)
		}
		return nil
	case "config":
		return setConfig(tree, name, c.args[1])
	case "clock":
		tree[sitegen.ClockFile] = name
		return nil
	}
	for _, file := range some {
		stamps[file] = step
	}
	return nil
}

// of returns the file that a command is about, or those in a folder.
func (c *reachCommand) of(tree sitegen.Files) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(tree)), func(file string) bool {
		return file != c.args[0] && !strings.HasPrefix(file, c.args[0]+"/")
	})
}

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

func replaceIn(f fstest.MapFS, name, old, new string) {
	text := string(f[name].Data)
	if !strings.Contains(text, old) {
		panic(name + " has no " + old)
	}
	f[name] = file(strings.ReplaceAll(text, old, new))
}

// setConfig gives a field of the configuration a value in JSON; none removes it.
func setConfig(tree sitegen.Files, field, value string) error {
	all := make(map[string]json.RawMessage)
	if text := tree[sitegen.ConfigFile]; text != "" {
		if err := json.Unmarshal([]byte(text), &all); err != nil {
			return err
		}
	}
	delete(all, field)
	if value != "" {
		all[field] = json.RawMessage(value)
	}
	var b bytes.Buffer
	err := json.NewEncoder(&b).Encode(all)
	tree[sitegen.ConfigFile] = b.String()
	return err
}
