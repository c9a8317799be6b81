package preview

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"hash/fnv"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jam-go/jam"
)

// own is the folder of the files that are the preview's own.
const own = "_jam/"

var (
	//go:embed preview.js
	scriptSource []byte
	//go:embed preview.css
	styleSource []byte
)

// client is what the browser gets.
type client struct {
	base       string // path of the folder own
	script     []byte
	style      []byte
	scriptName string // changes with the script
}

func newClient(ctx context.Context, base string) (*client, error) {
	c := &client{base: (&url.URL{Path: base + own}).EscapedPath()}
	m := jam.NewMinifier(jam.Minify{Rewrite: true})
	var err error
	if c.script, err = m.Bytes(ctx, "preview.js", scriptSource); err != nil {
		return nil, err
	}
	if c.style, err = m.Bytes(ctx, "preview.css", styleSource); err != nil {
		return nil, err
	}
	s := newSum()
	s.Write(c.script)
	c.scriptName = "preview.js?" + formatSum(s.Sum64())
	return c, nil
}

func newSum() hash.Hash64 { return fnv.New64a() }

func (c *client) url(name string) string { return c.base + name }

// serve answers with a file of the client. It tells whether there is one of this name.
func (c *client) serve(w http.ResponseWriter, r *http.Request, name string) bool {
	header := w.Header()
	var body []byte
	switch name {
	case "preview.js":
		header.Set("Content-Type", "text/javascript; charset=utf-8")
		body = c.script
	case "preview.css":
		header.Set("Content-Type", "text/css; charset=utf-8")
		body = c.style
	default:
		return false
	}
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	if r.URL.RawQuery != "" && strings.HasSuffix(c.scriptName, "?"+r.URL.RawQuery) {
		header.Set("Cache-Control", "max-age=31536000, immutable")
	}
	write(w, r, http.StatusOK, body)
	return true
}

// serveOwn answers with what else is the preview's own.
func (h *Handler) serveOwn(w http.ResponseWriter, r *http.Request, name string) {
	header := w.Header()
	header.Set("Cache-Control", "no-store, no-transform")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	switch {
	case !h.sameOrigin(r):
		http.Error(w, "only for pages of the preview itself", http.StatusForbidden)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "405 method not allowed", http.StatusMethodNotAllowed)
	case name == "events":
		h.serveEvents(w, r)
	case name == "state":
		h.serveState(w, r)
	case name == "warnings":
		h.serveWarnings(w, r)
	case name == "problems":
		h.serveProblems(w, r)
	default:
		http.NotFound(w, r)
	}
}

// serveEvents tells the browser of each new state, as server-sent events: an
// event has the state's name, and the first comes at once.
func (h *Handler) serveEvents(w http.ResponseWriter, r *http.Request) {
	const alive = 15 * time.Second // between two signs of life
	const slow = time.Minute       // for a browser to take one
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	control := http.NewResponseController(w)
	if r.Method == http.MethodHead {
		return
	}
	beat := time.NewTicker(alive)
	defer beat.Stop()
	text := "retry: 500\n\n"
	var last *state
	for {
		h.mu.Lock()
		st, turn, ready := h.current, h.turn, h.loaded > 0
		h.mu.Unlock()
		if ready && st != last {
			text += "data: " + st.id + "\n\n"
			last = st
		}
		if text != "" {
			if err := control.SetWriteDeadline(time.Now().Add(slow)); err != nil && !errors.Is(err, http.ErrNotSupported) || r.Context().Err() != nil {
				return
			}
			if _, err := fmt.Fprint(w, text); err != nil || control.Flush() != nil {
				return
			}
		}
		text = ""
		select {
		case <-r.Context().Done():
			return
		case <-turn:
		case <-beat.C:
			text = ":\n\n"
		}
	}
}

// answerState is what a page is told when it asks for itself.
type answerState struct {
	ID      string   `json:"id"`
	Stale   bool     `json:"stale"`             // it is another page now
	Changed []string `json:"changed,omitempty"` // paths of files that it may use
	Problem string   `json:"problem,omitempty"` // to lay over it
	Badge   string   `json:"badge,omitempty"`   // to put in its corner
}

// serveState tells a page whether it is still what the site has at its path.
func (h *Handler) serveState(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	ans, err := h.stateOf(r, q.Get("page"), q.Get("sum"), q.Get("id"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	b, err := json.Marshal(ans)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	write(w, r, http.StatusOK, b)
}

func (h *Handler) stateOf(r *http.Request, p, sum, id string) (*answerState, error) {
	res, problem, err := h.check(r, p)
	if err != nil {
		return nil, err
	}
	ans := &answerState{ID: res.state.id}
	if problem != nil {
		return ans, h.stateOfProblem(ans, res.state, problem, p, sum)
	}
	changed, known := h.changedSince(id, res.state.id)
	ans.Changed = changed
	ans.Stale = !known || id != res.state.id && sum != formatSum(res.sum.Sum64()) // as pages may have the time in them
	if !ans.Stale {
		ans.Badge, err = h.badge(res.state, p, 0)
	}
	return ans, err
}

// stateOfProblem fills in what is said of a mistake: nothing to a page that says the same already.
func (h *Handler) stateOfProblem(ans *answerState, st *state, problem error, p, sum string) (err error) {
	rep := h.problemReport(problem)
	if strings.HasPrefix(sum, ownSum) {
		ans.Stale = sum != problemSum(rep)
		return nil
	}
	if ans.Problem, err = h.fragment("overlay", rep); err != nil {
		return err
	}
	ans.Badge, err = h.badge(st, p, len(jam.Errors(problem)))
	return err
}

// check renders the page at a path, and returns what is wrong with it or the site.
func (h *Handler) check(r *http.Request, p string) (result, error, error) {
	plain := &http.Request{Method: http.MethodGet, URL: &url.URL{Path: p}, Header: make(http.Header)}
	res, err := h.render(plain.WithContext(r.Context()), p, nil)
	if err != nil {
		return res, nil, err
	}
	if res.state.err != nil {
		return res, res.state.err, nil
	}
	return res, res.failed, nil
}

// changedSince returns the files, other than pages, that have changed between two states.
func (h *Handler) changedSince(from, to string) (changed []string, known bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range slices.Backward(h.history) {
		if s.id == from {
			slices.Sort(changed)
			return slices.Compact(changed), true
		}
		changed = append(changed, s.assets...)
	}
	return nil, filesOf(from) == filesOf(to) // in another process
}

// filesOf returns the part of a state's name that is the same in another process.
func filesOf(id string) string {
	files, _, _ := strings.Cut(id, ".")
	return files
}

// serveWarnings lists what is not quite right with the site.
func (h *Handler) serveWarnings(w http.ResponseWriter, r *http.Request) {
	st, err := h.newest(r.Context())
	if err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	var list []*jam.Error
	if st.site != nil {
		list = st.site.Warnings()
	}
	h.serveReport(w, r, http.StatusOK, h.report(list, "warning", "Of the site as it was last loaded."), "")
}

// serveProblems lists what is wrong with a page or the site.
func (h *Handler) serveProblems(w http.ResponseWriter, r *http.Request) {
	_, problem, err := h.check(r, r.URL.Query().Get("page"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	h.serveReport(w, r, http.StatusOK, h.problemReport(problem), "")
}
