package preview

import (
	"cmp"
	"context"
	"errors"
	"html"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jam-go/jam"
)

// ServeHTTP answers with the site's pages as they are now.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !h.opts.allows(r.Host) {
		http.Error(w, "the preview is not for the host "+strconv.Quote(r.Host)+"; a program allows it with preview.Options.Hosts", http.StatusMisdirectedRequest)
		return
	}
	p := h.path(r)
	name, isOwn := strings.CutPrefix(p, h.base+own)
	if isOwn && h.client.serve(w, r, name) { // when the preview is closed, too: a page may have got here before
		return
	}
	if !h.enter() {
		http.Error(w, "the preview is closed", http.StatusServiceUnavailable)
		return
	}
	defer h.asked.Done()
	ctx, cancel := h.bind(w, r)
	defer cancel()
	if isOwn {
		h.serveOwn(w, r.WithContext(ctx), name)
		return
	}
	h.serveSite(w, r.WithContext(ctx), p)
}

// bind returns a context for a request, which ends with the preview, too, even if the browser does not take the answer.
func (h *Handler) bind(w http.ResponseWriter, r *http.Request) (context.Context, func()) {
	ctx, cancel := context.WithCancel(r.Context())
	ended := make(chan struct{})
	unhook := context.AfterFunc(h.ctx, func() {
		defer close(ended)
		cancel()
		_ = http.NewResponseController(w).SetWriteDeadline(time.Unix(1, 0)) // where there is a connection
	})
	return ctx, func() {
		if !unhook() {
			<-ended
		}
		cancel()
	}
}

// serveSite answers with a page or file of the site at a path.
func (h *Handler) serveSite(w http.ResponseWriter, r *http.Request, p string) {
	res, err := h.render(r, p, w)
	switch {
	case err != nil:
		http.Error(w, "the preview was interrupted", http.StatusServiceUnavailable)
	case res.failed != nil || res.state.err != nil && res.isHTML():
		h.serveProblem(w, r, p, res)
	case res.status == http.StatusNotFound && !res.isHTML() && wantsHTML(r):
		h.serveMissing(w, r, p, res)
	case !res.passed:
		h.finish(w, r, p, res)
	}
	if err == nil && res.failed == nil && r.Method == http.MethodGet && !(res.isPage() && wantsHTML(r)) {
		h.served.addAsset(p, res)
	}
}

// result is what the site answers, and in which state.
type result struct {
	*answer
	state  *state
	failed error // why there is no answer
}

// render has the newest site answer a request for a path. A page that can't be made because files have
// changed meanwhile is tried again.
func (h *Handler) render(r *http.Request, p string, to http.ResponseWriter) (result, error) {
	ctx := r.Context()
	for try := 0; ; try++ {
		st, err := h.newest(ctx)
		if err != nil {
			return result{}, err
		}
		res := result{answer: newAnswer(to), state: st}
		if st.site == nil {
			res.failed = cmp.Or(st.err, errors.New("the site is not loaded"))
			return res, nil
		}
		st.handler.ServeHTTP(res.answer, siteRequest(r, p))
		if res.status != http.StatusInternalServerError {
			return res, nil
		}
		if err := ctx.Err(); err != nil {
			return result{}, err
		}
		res.failed = h.reason(ctx, st, p)
		if try == 2 || !h.outdated(st, res.failed) {
			return res, nil
		}
	}
}

// siteRequest returns the request as the site's handler is to see it.
func siteRequest(r *http.Request, p string) *http.Request {
	out := r.Clone(r.Context())
	out.URL.Path, out.URL.RawPath = p, ""
	for _, key := range []string{"If-Modified-Since", "If-None-Match", "If-Range", "If-Match", "If-Unmodified-Since"} {
		out.Header.Del(key)
	}
	switch ext := strings.ToLower(path.Ext(p)); ext {
	case "", ".html", ".htm", ".xml", ".json", ".css", ".js", ".mjs", ".txt", ".md", ".svg":
		out.Header.Del("Range")
	default:
		if isText(mime.TypeByExtension(ext)) {
			out.Header.Del("Range")
		}
	}
	return out
}

// reason returns why the page at a path cannot be rendered.
func (h *Handler) reason(ctx context.Context, st *state, p string) error {
	files := st.site.Files()
	rest := strings.TrimPrefix(p, h.base)
	names := []string{rest, path.Join(rest, "index.html")}
	for dir := path.Dir(rest); ; dir = path.Dir(dir) {
		names = append(names, path.Join(dir, "404.html"))
		if dir == "." || dir == "/" {
			break
		}
	}
	for _, name := range names {
		if _, ok := slices.BinarySearch(files, name); !ok {
			continue
		}
		f, err := st.site.FS(ctx).Open(name)
		if err == nil {
			_, err = f.Stat()
			err = errors.Join(err, f.Close())
		}
		var wrapped *fs.PathError
		if errors.As(err, &wrapped) && wrapped.Path == name && wrapped.Op == "open" {
			err = wrapped.Err
		}
		if err != nil {
			return err
		}
	}
	return errors.New("the page could not be made; what was wrong has gone by now")
}

// outdated tells whether a page may have failed because it is of a site that is not the newest any more.
func (h *Handler) outdated(st *state, err error) bool {
	if h.state() != st {
		return true
	}
	if st.err != nil || st.again { // a newer one would be the same
		return false
	}
	read := slices.ContainsFunc(jam.Errors(err), func(e *jam.Error) bool { return e.Op == "read" })
	if read {
		h.note(func(p *pending) { p.all, p.again = true, true })
	}
	return read
}

// finish sends an answer that was kept, with the script if it is a page.
func (h *Handler) finish(w http.ResponseWriter, r *http.Request, p string, res result) {
	copyHeader(w.Header(), res.header)
	w.Header().Del("Accept-Ranges")
	body := h.located(res.body.Bytes(), r)
	if res.isPage() && wantsScript(r, body) {
		if r.Method == http.MethodGet && res.state.err == nil {
			h.served.addPage(p, res)
		}
		body = inject(body, h.element(p, res.state.id, formatSum(res.sum.Sum64())))
	}
	if to := w.Header().Get("Location"); to != "" {
		w.Header().Set("Location", string(h.located([]byte(to), r)))
	}
	write(w, r, res.status, body)
}

// write sends an answer. It is not to be kept, unless it says so: at the next request it may be another one.
func write(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	header := w.Header()
	if header.Get("Cache-Control") == "" {
		header.Set("Cache-Control", "no-store")
	}
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodHead { // which the site may have answered without a body
		header.Del("Content-Length")
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the browser has gone if this fails
	}
}

// serveMissing answers where there is nothing, for a site that has no page for that: with one that reloads when there is.
func (h *Handler) serveMissing(w http.ResponseWriter, r *http.Request, p string, res result) {
	rep := &report{Title: "Page not found", Lead: "The site has nothing at " + p + ", and no 404.html."}
	h.serveReport(w, r, http.StatusNotFound, rep, h.element(p, res.state.id, formatSum(res.sum.Sum64())))
}

// element returns the script element for a page.
func (h *Handler) element(p, id, sum string) string {
	return `<script async src="` + html.EscapeString(h.client.url(h.client.scriptName)) +
		`" data-page="` + html.EscapeString(p) + `" data-id="` + html.EscapeString(id) + `" data-sum="` + sum + `"></script>`
}

func formatSum(sum uint64) string { return strconv.FormatUint(sum, 36) }
