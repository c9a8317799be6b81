package jam_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/jam-go/jam/internal/sitegen"
)

var shrinkFor = flag.Duration("shrink", time.Minute, "`time` to look for a smaller case where a build is wrong")

// shrink looks for fewer edits, files and lines with which a chain fails as well.
func shrink(t *testing.T, c *chain) string {
	t.Helper()
	end := time.Now().Add(*shrinkFor)
	small := &chain{start: c.start, config: c.config, first: maps.Clone(c.first), moves: slices.Clone(c.moves)}
	fails := func() bool { return time.Now().Before(end) && small.replay(t) != "" }
	if *shrinkFor > 0 && !fails() {
		return "which a replay does not show: the result is not the same each time"
	}
	small.moves = fewer(small.moves, func(list []move) bool { return try(&small.moves, list, fails) })
	for i := range small.moves {
		try(&small.moves[i].quirk, plain, fails)
	}
	fewerFiles(&small.first, fails)
	for _, m := range small.moves {
		m.Set = maps.Clone(m.Set) // the caller's edits stay as they are
		fewerFiles(&m.Set, fails)
		m.Removed = fewer(m.Removed, func(list []string) bool { return try(&m.Removed, list, fails) })
	}
	archive := small.archive()
	if len(archive) > 20_000 {
		archive = fmt.Sprintf("of %d files", len(small.first))
	}
	return fmt.Sprintf("%s\n%s", small.replay(t), archive)
}

// try sets a variable, and leaves it so if that fails.
func try[T any](v *T, value T, fails func() bool) bool {
	was := *v
	if *v = value; fails() {
		return true
	}
	*v = was
	return false
}

// fewer leaves out of a list what is not needed for it to fail: halves first, then smaller parts.
func fewer[T any](list []T, fails func([]T) bool) []T {
	for n := (len(list) + 1) / 2; n > 0; n /= 2 {
		for i := 0; i < len(list); {
			rest := slices.Concat(list[:i], list[min(i+n, len(list)):])
			if fails(rest) {
				list = rest
			} else {
				i += n
			}
		}
	}
	return list
}

// fewerFiles leaves out files, and then lines of those that are left.
func fewerFiles[M ~map[string]string](files *M, fails func() bool) {
	all := maps.Clone(*files)
	some := func(names []string) M {
		out := M{}
		for _, name := range names {
			out[name] = all[name]
		}
		return out
	}
	names := fewer(slices.Sorted(maps.Keys(all)), func(list []string) bool { return try(files, some(list), fails) })
	for _, name := range names {
		if name == sitegen.ConfigFile {
			fewerOptions(*files, fails)
			continue
		}
		fewer(strings.SplitAfter((*files)[name], "\n"), func(lines []string) bool {
			was := (*files)[name]
			if (*files)[name] = strings.Join(lines, ""); fails() {
				return true
			}
			(*files)[name] = was
			return false
		})
	}
}

// fewerOptions leaves out fields of the configuration.
func fewerOptions(files map[string]string, fails func() bool) {
	var options map[string]any
	if json.Unmarshal([]byte(files[sitegen.ConfigFile]), &options) != nil {
		return
	}
	fewer(slices.Sorted(maps.Keys(options)), func(names []string) bool {
		some := make(map[string]any)
		for _, name := range names {
			some[name] = options[name]
		}
		text, err := json.MarshalIndent(some, "", " ")
		was := files[sitegen.ConfigFile]
		if files[sitegen.ConfigFile] = string(text); err == nil && fails() {
			return true
		}
		files[sitegen.ConfigFile] = was
		return false
	})
}

func only(files sitegen.Files, names []string) sitegen.Files {
	out := sitegen.Files{}
	for _, name := range names {
		out[name] = files[name]
	}
	return out
}

// archive shows a chain: its first tree, and after that the files of each edit.
func (c *chain) archive() string {
	var a txtar.Archive
	add := func(prefix string, files map[string]string) {
		for _, name := range slices.Sorted(maps.Keys(files)) {
			a.Files = append(a.Files, txtar.File{Name: prefix + name, Data: []byte(files[name])})
		}
	}
	add("", c.first)
	var b bytes.Buffer
	for i, e := range c.moves {
		fmt.Fprintf(&b, "edit %d: %s", i+1, e.Name)
		if e.quirk != plain {
			fmt.Fprintf(&b, "; %s", e.quirk)
		}
		if len(e.Removed)+len(e.Touched) > 0 {
			fmt.Fprintf(&b, " (removed %s; touched %s)", e.Removed, e.Touched)
		}
		b.WriteString("\n")
		add(fmt.Sprintf("edit %d/", i+1), e.Set)
	}
	a.Comment = b.Bytes()
	return string(txtar.Format(&a))
}
