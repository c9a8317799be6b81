package jam

import (
	"context"

	"github.com/jam-go/jam/internal/work"
)

// files makes and writes all files, or has the output keep them.
func (b *build) files(ctx context.Context, views []*view) error {
	_, sequential := b.t.(Sequential)
	if sequential { // which wants them in their order: all must be decided before
		if _, err := b.inc.settle(ctx, views); err != nil {
			return err
		}
		return work.Ordered(ctx, len(views), len(b.inc.kept), func(worker, i int) product {
			return b.produce(ctx, b.inc.view(views, worker), i)
		}, func(i int, p product) error {
			b.write(ctx, i, p)
			return nil
		})
	}
	undecided := make([]bool, len(b.inc.kept))
	for _, i := range b.inc.maybe {
		undecided[i] = true
	}
	var now, later []int
	missing, err := b.keepAll(ctx, len(views), undecided)
	if err != nil {
		return err
	}
	for i := range b.inc.kept {
		switch {
		case undecided[i]:
			later = append(later, i)
		case missing[i]:
			now = append(now, i)
		}
	}
	make := func(list []int) error {
		return work.Each(ctx, len(views), len(list), func(worker, k int) {
			v := b.inc.view(views, worker)
			if v.buffers == nil { // a file is written before the next one is made
				v.buffers = new(fileBuffers)
			}
			b.write(ctx, list[k], b.produce(ctx, v, list[k]))
		})
	}
	if err = make(now); err != nil {
		return err
	}
	todo, err := b.inc.settle(ctx, views)
	if err != nil {
		return err
	}
	for _, i := range later {
		if rec := b.inc.kept[i]; rec != nil && !b.keep(ctx, i, rec) {
			todo = append(todo, i)
		} else if rec != nil && b.inc.new.routes[i] == rec {
			b.report.Kept = append(b.report.Kept, b.snap.routes.list[i].file)
		}
	}
	return make(todo)
}

// keepAll has the output keep the files that would come out as they are there, but for those that are not decided yet, and tells which ones
// have to be made.
func (b *build) keepAll(ctx context.Context, workers int, undecided []bool) (missing []bool, err error) {
	const some = 256 // files at a time: most often it takes no more than a look
	missing = make([]bool, len(undecided))
	err = work.Each(ctx, workers, (len(missing)+some-1)/some, func(_, k int) {
		var kept []string
		for i := k * some; i < min(len(missing), (k+1)*some); i++ {
			if rec := b.inc.kept[i]; !undecided[i] {
				if missing[i] = rec == nil || !b.keep(ctx, i, rec); !missing[i] && b.inc.new.routes[i] == rec {
					kept = append(kept, b.snap.routes.list[i].file)
				}
			}
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		b.report.Kept = append(b.report.Kept, kept...)
	})
	return missing, err
}

// keep has the output keep a file that would come out as it is there, if it can.
func (b *build) keep(ctx context.Context, i int, rec *routeRecord) bool {
	k, ok := b.t.(Keeper)
	if !ok || !rec.hasSum {
		return false
	}
	r := b.snap.routes.list[i]
	var kept bool
	err := guard("write", func() (err error) {
		kept, err = k.Keep(ctx, r.file, rec.sum)
		return err
	})
	if err != nil {
		b.write(ctx, i, product{err: wrapOp(ctx, "write", r.file, err)})
		return true
	}
	if kept {
		b.inc.new.routes[i] = rec
		b.snap.set.progress("build", &b.done, len(b.snap.routes.list))
	}
	return kept
}

// produce makes a file, and its record.
func (b *build) produce(ctx context.Context, v *view, i int) product {
	r := b.snap.routes.list[i]
	if rec := b.inc.kept[i]; rec != nil {
		if content := b.packs.content(ctx, rec); content != nil {
			return product{file: &OutputFile{name: r.file, content: content, sum: rec.sum, hasSum: true}, record: rec, stored: true}
		}
	}
	p := b.snap.produce(ctx, v, r)
	if p.err == nil && p.record != nil && p.file.open == nil {
		p.record.sum, p.err = p.file.Sum()
		p.record.hasSum = true
		b.pack(ctx, i, p)
	}
	return p
}

// pack stores the content of a file in the cache, unless it is there.
func (b *build) pack(ctx context.Context, i int, p product) {
	if b.inc.kept[i] == nil && b.inc.cameOutAsBefore(i, p.record) && b.inc.was[i].content.pack != "" {
		p.record.content = b.inc.was[i].content
		return
	}
	b.packs.keep(ctx, p.record, p.file.content)
}
