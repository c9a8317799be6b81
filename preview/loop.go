package preview

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jam-go/jam"
)

// loop loads the site whenever something has changed, until the handler is closed.
func (h *Handler) loop() {
	defer h.stopEvents()
	h.startEvents()
	h.look(h.tracker.all)
	h.load(change{unsure: true})
	h.publish(1)
	for {
		select {
		case <-h.ctx.Done():
		case <-h.wake:
			h.changed(h.settle())
		case <-h.tick:
			h.poll()
		}
		if h.ctx.Err() != nil {
			if h.ticker != nil {
				h.ticker.Stop()
			}
			return
		}
	}
}

// look asks the tracker, and gives up on events if there are none of some folder.
func (h *Handler) look(ask func() []string) []string {
	changed := ask()
	if err := h.tracker.fault; err != nil && h.events != nil {
		h.startPolling(err)
	}
	return changed
}

// changed loads the site if what was noticed is a change.
func (h *Handler) changed(p pending) {
	if h.ctx.Err() != nil {
		return
	}
	if p.failed != nil {
		h.startPolling(p.failed)
	}
	moved := h.follow()
	var files []string
	if p.all || moved {
		files = h.look(h.tracker.all)
	}
	files = append(files, h.look(func() []string { return h.tracker.look(p.hints) })...)
	c := change{files: files, unsure: p.fresh || p.again || moved}
	if len(files) > 0 || c.unsure {
		c.again = p.again && len(files) == 0 && !p.fresh
		h.load(c)
	}
	h.publish(p.count)
}

// poll looks at everything, and once more when something has changed: it may just be being written.
func (h *Handler) poll() {
	start := time.Now()
	moved := h.follow()
	files := h.tracker.all()
	if took := time.Since(start); h.opts.Poll == 0 && took > pollTime/10 { // a large site on a slow drive
		h.ticker.Reset(10 * took)
	}
	if len(files) == 0 && !moved {
		return
	}
	count := h.note(func(*pending) {})
	if !h.sleep(quiet) {
		return
	}
	files = append(files, h.tracker.all()...)
	h.load(change{files: files, unsure: moved})
	h.publish(count)
}

// follow opens the folder of the site again if another has taken its place, and tells whether that is so.
func (h *Handler) follow() bool {
	if h.tree == nil {
		return false
	}
	moved, err := h.tree.follow()
	if err != nil && h.events != nil {
		h.startPolling(err) // of what comes, there is no event
	}
	return moved
}

// change is why the site is loaded.
type change struct {
	files  []string
	unsure bool // more may have changed than these files
	again  bool // as far as is known nothing has, but a page could not be made
}

// load makes the next state.
func (h *Handler) load(c change) {
	start := time.Now()
	names, beyond := h.names(c.files)
	h.stale.add(names, c.unsure || beyond)
	old := h.state()
	next := *old
	next.id, next.again = h.stateID(), c.again
	site, err := h.reload(old.site)
	if h.ctx.Err() != nil {
		return
	}
	if err == nil {
		next.site, next.handler, next.marks = site, site.Handler(), marksOf(site, h.now)
		h.warnOfHidden(site)
	}
	next.err = err
	var assets []string
	if err == nil {
		assets = h.changedAssets(&next)
		h.stale = stale{}
	}
	h.log.DebugContext(h.ctx, "preview: site loaded", "changed", len(c.files), "took", time.Since(start), "error", err)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.current = &next
	h.history = append(h.history, step{next.id, assets})
	if len(h.history) > 100 {
		h.history = slices.Delete(h.history, 0, 50)
	}
}

// warnOfHidden tells of files of the site that cannot be seen because of the preview's own.
func (h *Handler) warnOfHidden(site *jam.Site) {
	files := site.Files()
	if i, _ := slices.BinarySearch(files, own); i < len(files) && strings.HasPrefix(files[i], own) {
		h.log.WarnContext(h.ctx, "preview: the folder _jam is the preview's own, the site's is not seen", "file", files[i])
	}
}

// reload loads the site anew, or for the first time.
func (h *Handler) reload(old *jam.Site) (*jam.Site, error) {
	switch {
	case old == nil:
		return jam.Load(h.ctx, h.fsys, h.cfg)
	case h.stale.unsure:
		return old.Reload(h.ctx)
	}
	return old.Reload(h.ctx, h.stale.names...)
}

// stale is what has changed since the site was loaded without mistakes.
type stale struct {
	names  []string // in the tree, sorted
	unsure bool     // and perhaps more
}

func (s *stale) add(names []string, unsure bool) {
	s.names = append(s.names, names...)
	slices.Sort(s.names)
	s.names = slices.Compact(s.names)
	s.unsure = s.unsure || unsure
}

// names returns the names that files have in the tree, and whether some are not in it.
func (h *Handler) names(files []string) (names []string, beyond bool) {
	for _, f := range files {
		name := h.name(f)
		if name == "" {
			beyond = true
			continue
		}
		names = append(names, name)
	}
	return names, beyond
}

// name returns the name in the tree of a file that the site is made of, "" for others.
func (h *Handler) name(file string) string {
	rest, ok := below(file, h.dir)
	if !ok || !slices.ContainsFunc(h.tracker.roots, func(r root) bool { return !r.extra && file != r.path && within(file, r.path) }) {
		return ""
	}
	return filepath.ToSlash(rest)
}

// publish lets those go on who wait for the changes noticed so far.
func (h *Handler) publish(count uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.loaded = max(h.loaded, count)
	close(h.turn)
	h.turn = make(chan struct{})
}

var errClosed = errors.New("preview: closed")

// exists tells whether there is a directory of this name.
func exists(dir string) error {
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		err = &os.PathError{Op: "open", Path: dir, Err: errors.New("not a directory")}
	}
	return err
}
