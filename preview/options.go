package preview

import (
	"cmp"
	"io/fs"
	"net/url"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/jam-go/jam"
)

// Options sets how a preview works. The zero value of every field works, and so does a nil *Options.
type Options struct {
	// Path is where the preview is reached, such as "/preview/": the path that it is mounted at.
	// It may, but need not, be stripped from the requests, as [net/http.StripPrefix] or a proxy
	// does. Default: the path of the BaseURL of the configuration.
	Path string

	// Hosts are names of this server besides those that are allowed anyway: localhost, those below
	// .localhost, and IP addresses. One that begins with a dot is for all below it. Requests
	// for other hosts are refused: a web page from elsewhere could have its own name lead here.
	Hosts []string

	// Watch lists files and folders beyond those that a site is made of, for example what a
	// Source or a Renderer reads. When they change, the site is loaded again. Relative ones
	// are in the directory of the site.
	Watch []string

	// Poll is how often all files are compared with what they were, in place of being told of
	// changes by the operating system, which for example network drives may not do. Default: not at
	// all, or every half second if the operating system cannot tell.
	Poll time.Duration

	// Published leaves out drafts, and pages of the future and expired ones, unless the configuration
	// includes them. By default they are there, and marked.
	Published bool

	// Tree is what is loaded. Default: the directory, out of which no link leads. Changes
	// are looked for in the directory all the same.
	Tree fs.FS

	// Addr is the TCP address that [Run] listens on. Default: "127.0.0.1:0", a free port.
	Addr string

	// Ready is called by [Run] with the URL of the home page, as soon as that can be asked for.
	Ready func(url string)
}

// placeholder stands for the host in the URLs of pages, until it is known by which name the
// server was asked. The top-level domain invalid is reserved by RFC 2606.
const placeholder = "jam-preview.invalid"

// config returns the configuration for the preview, and the path of the home page.
func (o *Options) config(given *jam.Config) (*jam.Config, string) {
	var cfg jam.Config
	if given != nil {
		cfg = *given
	}
	if !o.Published {
		cfg.Drafts, cfg.Future, cfg.Expired = true, true, true
	}
	u, err := url.Parse(cfg.BaseURL)
	if err != nil || cfg.BaseURL != "" && (u.Scheme == "" || u.Host == "") {
		return &cfg, "/" // Load says what is wrong
	}
	base := path.Clean("/" + cmp.Or(o.Path, u.Path))
	if base != "/" {
		base += "/"
	}
	if cfg.BaseURL != "" || base != "/" {
		u.Scheme, u.Host, u.User = "http", placeholder, nil
		u.Path, u.RawPath = base, ""
		cfg.BaseURL = u.String()
	}
	return &cfg, base
}

// roots returns the files and folders that a site in dir is made of.
func (o *Options) roots(dir string, cfg *jam.Config) []root {
	names := []string{cmp.Or(cfg.ContentDir, "content"), "layouts", "data", "i18n"}
	for _, l := range cfg.Languages {
		if l.ContentDir != "" {
			names = append(names, l.ContentDir)
		}
	}
	var list []root
	for _, name := range names {
		list = append(list, root{path: filepath.Join(dir, filepath.FromSlash(name))})
	}
	list = append(list, root{path: filepath.Join(dir, "static"), hidden: true})
	for _, name := range o.Watch {
		if !filepath.IsAbs(name) {
			name = filepath.Join(dir, name)
		}
		list = append(list, root{path: filepath.Clean(name), hidden: true, extra: true})
	}
	return list
}

// allows tells whether a host, with or without a port, is one of this server.
func (o *Options) allows(host string) bool {
	name := strings.ToLower(strings.TrimSuffix((&url.URL{Host: host}).Hostname(), "."))
	if name == "localhost" || strings.HasSuffix(name, ".localhost") || isIP(name) {
		return true
	}
	for _, h := range o.Hosts {
		h = strings.ToLower(h)
		if name == h || strings.HasPrefix(h, ".") && strings.HasSuffix(name, h) {
			return true
		}
	}
	return false
}
