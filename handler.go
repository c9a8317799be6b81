package jam

import (
	"errors"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
)

// Handler returns the site as an HTTP handler, which renders pages as they are asked for.
// It serves the paths that permanent links have, those below the path
// of [Config.BaseURL]; answers with the 404.html of the language, or of the site, where
// there is nothing; redirects the former URLs for which [Config.NoRedirectFiles] leaves
// no file; never lists a folder; and answers with status 500, and tells
// [Config.Logger] why, when a page cannot be rendered. Rendering stops when
// the request ends. It is safe for concurrent use.
func (s *Site) Handler() http.Handler {
	return &handler{files: newSiteFS(s.v.snap), snap: s.v.snap}
}

type handler struct {
	files *siteFS
	snap  *snapshot
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "405 method not allowed", http.StatusMethodNotAllowed)
		return
	}
	file, to := h.find(r.URL.Path)
	switch {
	case to != "":
		if r.URL.RawQuery != "" {
			to += "?" + r.URL.RawQuery
		}
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusMovedPermanently)
	case file != nil:
		h.serve(w, r, file, http.StatusOK)
	default:
		h.notFound(w, r)
	}
}

// notFound answers where there is no file: with a redirect that has none, or with the 404.html of
// the folder, which is that of a language, or of the root.
func (h *handler) notFound(w http.ResponseWriter, r *http.Request) {
	if to := h.redirect(r.URL.Path); to != "" {
		http.Redirect(w, r, to, http.StatusMovedPermanently)
		return
	}
	rest := strings.TrimPrefix(r.URL.Path, h.snap.set.basePath)
	file := h.snap.routes.byFile["404.html"]
	for _, lc := range h.snap.locals {
		own := h.snap.routes.byFile[lc.prefix+"404.html"]
		if own != nil && lc.prefix != "" && strings.HasPrefix(rest, lc.prefix) {
			file = own
		}
	}
	if file == nil {
		http.NotFound(w, r)
		return
	}
	h.serve(w, r, file, http.StatusNotFound)
}

// redirect returns where a former URL leads, "" if it is none.
func (h *handler) redirect(p string) string {
	from := escapePath(p)
	i, ok := slices.BinarySearchFunc(h.snap.redirects, from, func(r Redirect, from string) int { return strings.Compare(r.From, from) })
	if !ok {
		if i, ok = slices.BinarySearchFunc(h.snap.redirects, from+"/", func(r Redirect, from string) int { return strings.Compare(r.From, from) }); !ok {
			return ""
		}
	}
	return h.snap.redirects[i].To
}

// find returns the file at a URL path, or the percent-encoded path to ask for instead.
func (h *handler) find(p string) (file *route, to string) {
	base := h.snap.set.basePath
	if p+"/" == base {
		return nil, escapePath(base)
	}
	rest, ok := strings.CutPrefix(p, base)
	if !ok || strings.Contains(p, "//") {
		return nil, ""
	}
	if dir, ok := strings.CutSuffix(rest, "index.html"); ok && (dir == "" || strings.HasSuffix(dir, "/")) {
		if h.snap.routes.byURL(dir) != nil {
			return nil, escapePath(base + dir)
		}
	}
	file = h.snap.routes.byURL(rest)
	if file != nil && rest != "" && !strings.HasSuffix(rest, "/") && file.file != rest {
		return nil, escapePath(base + rest + "/")
	}
	return file, ""
}

func (h *handler) serve(w http.ResponseWriter, r *http.Request, file *route, status int) {
	content, err := h.files.content(r.Context(), file)
	if err != nil {
		if r.Context().Err() == nil {
			h.snap.set.Logger.ErrorContext(r.Context(), "page not rendered", "path", r.URL.Path, "error", err)
		}
		http.Error(w, "500 internal server error", http.StatusInternalServerError)
		return
	}
	if c, ok := content.Reader.(io.Closer); ok {
		defer c.Close()
	}
	seeker, ok := content.Reader.(io.ReadSeeker)
	if !ok {
		http.Error(w, "500 internal server error", http.StatusInternalServerError)
		return
	}
	if t := file.mediaType(); t != "" {
		if strings.HasPrefix(t, "text/") {
			t += "; charset=utf-8"
		}
		w.Header().Set("Content-Type", t)
	}
	w.Header().Set("X-Content-Type-Options", "nosniff") // for browsers that would take another type for HTML
	if status == http.StatusOK {
		http.ServeContent(w, r, path.Base(file.file), h.snap.loaded, seeker)
		return
	}
	w.WriteHeader(status)
	if r.Method == http.MethodGet {
		if _, err := io.Copy(w, seeker); err != nil && !errors.Is(err, r.Context().Err()) {
			h.snap.set.Logger.DebugContext(r.Context(), "response cut off", "path", r.URL.Path, "error", err)
		}
	}
}
