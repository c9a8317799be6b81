package jam

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// Reload loads the tree and the sources again, with the same configuration, and
// returns the next snapshot; this one stays as it is, and in use. The next one is what Load
// would return, and it shares with this one what has not changed. When there are mistakes, the error is
// Load's, with every one of them, and this site can be used further.
//
// The names of changed files, if given, are where Reload looks, and what is not named is taken as
// unchanged: it is quick to name what a watcher has seen. They are paths in the tree with slashes, such
// as "content/posts/a.md" or "layouts/page.html"; of a folder, they stand for everything in it. It does not matter
// whether a file was changed, created, removed, or only touched, and names of what is not
// part of the site are of no effect. A name in none of the site's folders is taken for one in [Config.Sources], which
// are then asked for their documents.
//
// Without names, Reload looks everywhere. A file of the operating system has changed if its size, its times or its place on
// the disk have, or if it was written within two seconds of being read and its content has; files of other file
// systems are read to know. Documents of a [Source] other than [FS] are taken for new ones, and where there are
// [Config.Generators], everything is loaded anew.
//
// Reload may be called while the site is in use, and several times for one site.
func (s *Site) Reload(ctx context.Context, changed ...string) (*Site, error) {
	var next *snapshot
	err := guard("load", func() (err error) {
		next, err = s.v.snap.reload(ctx, changed)
		return err
	})
	if err != nil {
		return nil, err
	}
	next.table, next.store, next.outs = s.v.snap.table, s.v.snap.store, s.v.snap.outs
	next.last.Store(s.v.snap.last.Load())
	return next.base.site(next.main), nil
}

// reload returns the next snapshot. What is not sure to come out as Load would have it is left to that.
func (s *snapshot) reload(ctx context.Context, changed []string) (next *snapshot, err error) {
	if s.set.reloads() {
		r := &reloader{ctx: ctx, start: time.Now(), now: s.set.Now(), last: s}
		err := guard("load", func() (err error) {
			next, err = r.reload(changed)
			return err
		})
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err == nil && r.mistakes != nil:
			return nil, r.mistakes
		case err == nil && next != nil:
			return next, nil
		}
	}
	return load(ctx, s.tree, s.cfg)
}

// reloads tells whether the parts of a site can be loaded again one by one. Generators make documents of everything.
func (s *settings) reloads() bool { return len(s.Generators) == 0 }

// reloader makes a snapshot of the last one and of what has changed.
type reloader struct {
	ctx   context.Context
	start time.Time
	now   time.Time // by the configured clock
	last  *snapshot

	mu       sync.Mutex
	texts    map[int]pageText // by numbers in last.docs, those that pages are described by as before
	again    map[int]bool     // documents that are to be described again
	named    []int            // documents to look at
	relist   bool             // the documents are to be listed again
	moved    map[string]bool  // or only these files, which have come or gone
	listed   bool             // they have been
	restatic bool             // and the static files
	folders  [len(partFolders)]bool

	afresh   bool // all documents are to be described again
	rescan   bool // those that call shortcodes are
	inherits bool // cascades are what they were

	mistakes error // why there is no next snapshot
}

// reload returns the next snapshot, or nil where there are mistakes, or Load is to make it.
func (r *reloader) reload(changed []string) (*snapshot, error) {
	r.texts, r.again, r.moved = make(map[int]pageText), make(map[int]bool), make(map[string]bool)
	if len(changed) == 0 {
		changed = []string{"."}
	}
	l := r.loader()
	for _, name := range changed {
		if err := r.look(l, name); err != nil {
			return nil, err
		}
	}
	if err := r.lookAtNamed(); err != nil {
		return nil, err
	}
	if err := l.prepareParts(r.folders); err != nil {
		return nil, err
	}
	same, err := r.sameModel(l)
	if err != nil {
		return nil, err
	}
	next := r.last.successor(l)
	if same {
		r.replaceTexts(next)
		next.unkept.Store(r.last.unkept.Load() + int64(len(r.texts)))
		next.how = retouched
	} else if next, err = r.rebuild(l); next == nil || err != nil {
		return nil, err
	}
	if !l.failed(next.content.checkUsed()) {
		return nil, nil
	}
	next.warnings = next.allWarnings()
	if next.set.Strict {
		l.errs = append(l.errs, next.warnings...)
	}
	// What was not made anew had no mistakes, so these are all of them.
	if r.mistakes = joinErrors(l.errs); r.mistakes != nil {
		return nil, nil
	}
	next.base = newView(next)
	next.base.shared = true
	next.loading = time.Since(r.start)
	next.set.Logger.DebugContext(r.ctx, "site reloaded", "documents", len(next.docs), "pages", len(next.pages),
		"files", len(next.routes.list), "warnings", len(next.warnings))
	return next, nil
}

// loader returns a loader for what is to be made anew.
func (r *reloader) loader() *loader {
	s := r.last
	return &loader{ctx: r.ctx, set: s.set, now: r.now, last: r, static: s.static, staticListed: true, base: &snapshot{
		model: &model{set: s.set, tree: s.tree, cfg: s.cfg, markdown: s.markdown, strict: s.strict, titles: s.titles, minifier: s.minifier},
		data:  s.data, renderer: s.renderer, content: s.content, folders: s.folders,
	}}
}

// sameModel tells whether the model is what it was, or, where there are mistakes, whether all of them are known. What is
// listed again is in the loader then.
func (r *reloader) sameModel(l *loader) (bool, error) {
	s := r.last
	same := s.set.Permalink == nil && s.span.holds(r.now) && len(r.again) == 0 && (!r.folders[ofMessages] || len(l.errs) > 0)
	if r.folders[ofLayouts] && !r.sameTemplates(l) {
		same = false
	}
	for i := range r.texts {
		if d := s.made[i]; d != nil && d.id != noPage && s.anchored[d.id] {
			same = false
		}
	}
	if r.restatic {
		if err := l.listStatic(); err != nil {
			return false, err
		}
		same = same && slices.EqualFunc(s.static, l.static, func(a, b *document) bool { return a.name == b.name })
	}
	if !r.relists() {
		return same, nil
	}
	if !r.listed {
		if err := r.list(l); err != nil {
			return false, err
		}
	}
	return l.match() && same, nil
}

// replaceTexts gives a snapshot the texts that have changed.
func (r *reloader) replaceTexts(next *snapshot) {
	others := false
	for i, t := range r.texts {
		d := next.made[i]
		if d != nil && d.id != noPage {
			*next.text(d) = t
			continue
		}
		if !others {
			others, next.others = true, maps.Clone(next.others)
		}
		next.others[next.docs[i]] = t
	}
}

// successor returns a snapshot with the same model, and what a loader has made anew besides. It does not lead to s, which
// may go.
func (s *snapshot) successor(l *loader) *snapshot {
	return &snapshot{
		model: s.model, loaded: l.now,
		data: l.base.data, renderer: l.base.renderer, content: l.base.content, folders: l.base.folders,
		texts: slices.Clone(s.texts), bodyStates: make([]bodyState, len(s.texts)), others: s.others,
		views: make(chan *view, cap(s.views)),
	}
}
