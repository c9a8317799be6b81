package check

import (
	"context"
	"fmt"
	"io/fs"
	"slices"

	"github.com/jam-go/jam/internal/glob"
)

// Budget is the size that files may have.
type Budget struct {
	Files string // a pattern as in path.Match; ** matches any number of folders: "**/*.html"
	Bytes int64  // as they are in the file system, not compressed
	Total bool   // for pages: with the images, styles, scripts and other files of the site that they load
}

// budget is one whose pattern was read.
type budget struct {
	Budget
	files glob.Glob
}

func compileBudgets(list []Budget) ([]budget, error) {
	out := make([]budget, len(list))
	for i, b := range list {
		g, err := glob.Compile(b.Files)
		if err != nil {
			return nil, fmt.Errorf("check: Budgets[%d]: Files: %w", i, err)
		}
		out[i] = budget{b, g}
	}
	return out, nil
}

// checkSizes checks the sizes of files.
func (r *run) checkSizes(ctx context.Context) error {
	s := sizes{r, make(map[int32]int64)}
	for _, b := range r.budgets {
		for i := range r.site.files {
			if err := ctx.Err(); err != nil {
				return err
			}
			f := &r.site.files[i]
			if !b.files.Match(f.name) {
				continue
			}
			size, err := s.of(int32(i))
			with := ""
			if b.Total && f.facts != nil && err == nil {
				size, err = s.total(f.facts, size)
				with = " with what the page loads"
			}
			if err != nil {
				return fmt.Errorf("check: %w", err)
			}
			if size > b.Bytes {
				r.foundAt(sizeBudget, f.name, position{}, b.Files, "%d bytes%s, %d more than the %d of the budget %q", size, with, size-b.Bytes, b.Bytes, b.Files)
			}
		}
	}
	return nil
}

// sizes are those of files that were asked for.
type sizes struct {
	*run
	known map[int32]int64
}

func (s sizes) of(i int32) (int64, error) {
	if n, ok := s.known[i]; ok {
		return n, nil
	}
	info, err := fs.Stat(s.fsys, s.site.files[i].name)
	if err != nil {
		return 0, err
	}
	s.known[i] = info.Size()
	return info.Size(), nil
}

// total adds the sizes of the files that a page loads to its own.
func (s sizes) total(f *facts, size int64) (int64, error) {
	slices.Sort(f.loads)
	f.loads = slices.Compact(f.loads)
	for _, i := range f.loads {
		n, err := s.of(i)
		if err != nil {
			return 0, err
		}
		size += n
	}
	return size, nil
}
