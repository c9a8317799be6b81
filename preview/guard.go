package preview

import (
	"cmp"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

func isIP(name string) bool {
	_, err := netip.ParseAddr(name)
	return err == nil
}

// sameOrigin tells whether a request may read what is only for the preview's own pages.
func (h *Handler) sameOrigin(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return true
	case "":
	default:
		return false
	}
	origin := r.Header.Get("Origin") // of browsers that do not say more, as on a plain network
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && (strings.EqualFold(u.Host, r.Host) || strings.EqualFold(u.Host, h.host(r)))
}

// host returns the host by which the browser knows this server.
func (h *Handler) host(r *http.Request) string {
	forwarded, _, _ := strings.Cut(r.Header.Get("X-Forwarded-Host"), ",")
	if forwarded = strings.TrimSpace(forwarded); forwarded != "" && h.opts.allows(forwarded) && plainHost(forwarded) {
		return forwarded
	}
	if plainHost(r.Host) {
		return r.Host
	}
	return placeholder
}

// plainHost tells whether a host can stand in a page as it is.
func plainHost(host string) bool {
	return host != "" && strings.Trim(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]") == ""
}

// origin returns the scheme and the host by which the browser knows this server.
func (h *Handler) origin(r *http.Request) (scheme, host string) {
	scheme = "http"
	forwarded, _, _ := strings.Cut(r.Header.Get("X-Forwarded-Proto"), ",")
	if r.TLS != nil || strings.EqualFold(strings.TrimSpace(cmp.Or(forwarded, scheme)), "https") {
		scheme = "https"
	}
	return scheme, h.host(r)
}

// path returns the path that the browser asked for, of which something may have been stripped.
func (h *Handler) path(r *http.Request) string {
	p := r.URL.Path
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	if h.base == "/" {
		return p
	}
	if u, err := url.ParseRequestURI(r.RequestURI); err == nil && u.Path != r.URL.Path {
		return h.base + p[1:]
	}
	if strings.HasPrefix(p, h.base) || p+"/" == h.base {
		return p
	}
	return h.base + p[1:]
}
