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

// budgets checks the sizes of files.
func (r *run) budgets(ctx context.Context) error {
	sizes := make(map[int32]int64)
	size := func(i int32) (int64, error) {
		if n, ok := sizes[i]; ok {
			return n, nil
		}
		info, err := fs.Stat(r.fsys, r.site.files[i].name)
		if err != nil {
			return 0, fmt.Errorf("check: %w", err)
		}
		sizes[i] = info.Size()
		return info.Size(), nil
	}
	for n, b := range r.opt.Budgets {
		g, err := glob.Compile(b.Files)
		if err != nil {
			return fmt.Errorf("check: Budgets[%d]: Files: %w", n, err)
		}
		for i := range r.site.files {
			f := &r.site.files[i]
			if !g.Match(f.name) {
				continue
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			sum, err := size(int32(i))
			if err != nil {
				return err
			}
			with := ""
			if b.Total && f.facts != nil {
				slices.Sort(f.facts.loads)
				for _, l := range slices.Compact(f.facts.loads) {
					more, err := size(l)
					if err != nil {
						return err
					}
					sum += more
				}
				with = " with what the page loads"
			}
			if sum > b.Bytes {
				r.foundAt(sizeBudget, f.name, position{}, b.Files, "%d bytes%s, %d more than the %d of the budget %q", sum, with, sum-b.Bytes, b.Bytes, b.Files)
			}
		}
	}
	return nil
}
