package preview

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/jam-go/jam"
)

// Handler serves the preview of a site. It is safe for concurrent use.
type Handler struct {
	ctx    context.Context
	cancel context.CancelFunc
	close  func() error
	unhook func() bool // of the context that New was given
	opts   Options
	cfg    *jam.Config
	log    *slog.Logger
	dir    string // without links
	base   string // path of the home page, with slashes at both ends
	fsys   fs.FS
	tree   *tree // fsys, unless that is the caller's
	client *client
	tasks  sync.WaitGroup // the loop and what it started
	asked  sync.WaitGroup // requests
	wake   chan struct{}
	boot   string // differs between processes

	// Of the loop:
	tracker *tracker
	events  *fsnotify.Watcher // nil when there are none
	ticker  *time.Ticker
	tick    <-chan time.Time
	loads   int
	stale   stale

	mu      sync.Mutex
	closed  bool
	pending pending
	loaded  uint64        // count of pending that has been loaded
	turn    chan struct{} // closed when that changes
	current *state
	history []step
	served  served
}

// New returns a preview of the site in a directory, as the configuration describes it. It lasts
// until ctx ends or Close is called; the site is loaded in the background. Mistakes in
// the site are not errors of New: they are shown in the browser until they are mended.
//
// Templates in layouts are read again when they change. Those of a [jam.Config.Renderer] that
// [jam.Templates] made are not: it has read them before.
func New(ctx context.Context, dir string, cfg *jam.Config, opts *Options) (*Handler, error) {
	if opts == nil {
		opts = new(Options)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, err
	}
	if err := exists(dir); err != nil {
		return nil, err
	}
	h := &Handler{
		boot: strconv.FormatInt(time.Now().UnixNano(), 36), opts: *opts, dir: dir, fsys: opts.Tree, log: slog.New(slog.DiscardHandler),
		wake: make(chan struct{}, 1), turn: make(chan struct{}), pending: pending{count: 1}, current: new(state),
	}
	h.cfg, h.base = opts.config(cfg)
	if h.cfg.Logger != nil {
		h.log = h.cfg.Logger
	}
	if h.client, err = newClient(ctx, h.base); err != nil {
		return nil, err
	}
	if h.fsys == nil {
		if h.tree, err = openTree(dir); err != nil {
			return nil, err
		}
		h.fsys = h.tree
	}
	h.tracker = newTracker(opts.roots(dir, h.cfg))
	h.ctx, h.cancel = context.WithCancel(ctx)
	h.tasks.Go(h.loop)
	h.close = sync.OnceValue(h.end)
	h.unhook = context.AfterFunc(ctx, func() { _ = h.close() })
	return h, nil
}

// Close ends the preview: what is under way, and what browsers are waiting for. It returns when nothing
// of it is left; requests after that are answered with status 503. To shut down
// a server, close the preview first, as browsers hold their connections otherwise.
func (h *Handler) Close() error {
	h.unhook()
	return h.close()
}

func (h *Handler) end() error {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	h.cancel()
	h.tasks.Wait()
	h.asked.Wait()
	if h.tree != nil {
		return h.tree.Close()
	}
	return nil
}

// Refresh loads the site again, whether or not a file has changed, and has browsers look whether
// what they show is still current. It is for programs with sources beyond files. It returns when the site is
// loaded, with the mistakes there are, if any, as [jam.Site.Reload] does.
func (h *Handler) Refresh(ctx context.Context) error {
	if !h.enter() {
		return errClosed
	}
	defer h.asked.Done()
	st, err := h.wait(ctx, h.note(func(p *pending) { p.all, p.fresh = true, true }))
	if err != nil {
		return err
	}
	return st.err
}

// enter counts a request, unless the handler is closed.
func (h *Handler) enter() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed || h.ctx.Err() != nil {
		return false
	}
	h.asked.Add(1)
	return true
}

// A state is what there is to show.
type state struct {
	id      string       // see stateID
	site    *jam.Site    // the last that was loaded without mistakes, nil for none
	handler http.Handler // of it
	err     error        // the mistakes of the files since then
	again   bool         // loaded because a page of the one before could not be made

	marks func() map[string][]string // see marksOf
}

// A step is a state that was, and the files of the output, other than pages, that changed with it.
type step struct {
	id     string
	assets []string
}

func (h *Handler) state() *state {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.current
}

// newest returns the state in which all that has been noticed until now is loaded.
func (h *Handler) newest(ctx context.Context) (*state, error) {
	h.mu.Lock()
	count := h.pending.count
	h.mu.Unlock()
	return h.wait(ctx, count)
}

func (h *Handler) wait(ctx context.Context, count uint64) (*state, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.loaded < count {
		turn := h.turn
		h.mu.Unlock()
		select {
		case <-turn:
		case <-ctx.Done():
		case <-h.ctx.Done():
		}
		h.mu.Lock()
		if h.ctx.Err() != nil {
			return nil, errClosed
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return h.current, nil
}

// now is the configuration's clock.
func (h *Handler) now() time.Time {
	if h.cfg.Now != nil {
		return h.cfg.Now()
	}
	return time.Now()
}

// stateID returns the name of a new state: of the files, the same in another process, of this process, and of
// what it has loaded.
func (h *Handler) stateID() string {
	h.loads++
	return formatSum(h.tracker.sum) + "." + h.boot + "." + strconv.Itoa(h.loads)
}
