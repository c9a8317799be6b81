package check

import (
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync/atomic"
)

// site is the files that there are.
type site struct {
	files  []file
	index  map[string]int32 // by name
	folded map[string]int32 // by name in lower case
	dirs   map[string]bool

	scheme, host string // of the base URL; "" if it isn't known
	prefix       string // its path, with slashes at both ends
	clean        bool   // .html may be left out in links
}

type file struct {
	name   string
	kind   kind
	linked atomic.Bool // a page other than itself links to it
	facts  *facts      // of pages, once they were read
}

type kind uint8

const (
	otherFile kind = iota
	htmlFile
	xmlFile
	jsonFile
)

func kindOf(name string) kind {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm":
		return htmlFile
	case ".xml", ".rss", ".atom":
		return xmlFile
	case ".json", ".webmanifest", ".jsonld":
		return jsonFile
	}
	return otherFile
}

// newSite lists the files.
func newSite(ctx context.Context, fsys fs.FS, opt *Options) (*site, error) {
	s := &site{index: make(map[string]int32), folded: make(map[string]int32), dirs: make(map[string]bool), clean: opt.CleanURLs}
	if err := s.setBase(opt.BaseURL); err != nil {
		return nil, err
	}
	var names []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() && name != "." && strings.HasPrefix(d.Name(), ".") && d.Name() != ".well-known":
			return fs.SkipDir
		case d.IsDir():
			s.dirs[name] = true
		default:
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("check: list files: %w", err)
	}
	slices.Sort(names)
	s.files = make([]file, len(names))
	for i, name := range names {
		s.files[i].name, s.files[i].kind = name, kindOf(name)
		s.index[name] = int32(i)
		low := strings.ToLower(name)
		if _, ok := s.folded[low]; !ok {
			s.folded[low] = int32(i)
		}
	}
	return s, nil
}

func (s *site) setBase(base string) error {
	s.prefix = "/"
	if base == "" {
		return nil
	}
	u, err := url.Parse(base)
	if err != nil {
		return fmt.Errorf("check: BaseURL: %w", err)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return fmt.Errorf("check: BaseURL %q: want an absolute URL, such as https://example.com/", base)
	}
	s.scheme, s.host = u.Scheme, plainHost(u.Scheme, strings.ToLower(u.Host))
	s.prefix = "/" + strings.Trim(u.Path, "/") + "/"
	if s.prefix == "//" {
		s.prefix = "/"
	}
	return nil
}

// plainHost returns a host without the port that its scheme has anyway.
func plainHost(scheme, host string) string {
	if scheme == "http" {
		return strings.TrimSuffix(host, ":80")
	}
	return strings.TrimSuffix(host, ":443")
}

// urlPath returns the decoded path of a file's URL.
func (s *site) urlPath(name string) string {
	if dir, base := path.Split(name); base == "index.html" || base == "index.htm" {
		name = dir
	}
	return s.prefix + name
}

// targetKind says where a reference leads.
type targetKind uint8

const (
	toNothing   targetKind = iota // that can be checked
	toFile                        // that is there
	toNoSlash                     // a folder whose slash is missing
	toOtherCase                   // a file whose name is written otherwise
	toMissing
	toOutside // of the site's path, where it would be found
	toExternal
	toLocal  // localhost
	toBadURL // for hint says why
)

// target is where a reference leads.
type target struct {
	kind     targetKind
	file     int32  // of toFile, toNoSlash, toOtherCase and toOutside
	self     bool   // the page itself, by a fragment
	insecure bool   // by http
	fragment string // percent-encoded
	hint     string // what to write, or what is wrong
	url      string // of other sites
}

// lookup finds the file of a decoded path that begins with a slash.
func (s *site) lookup(p string) target {
	rest, ok := strings.CutPrefix(p, s.prefix)
	if !ok {
		if p+"/" == s.prefix {
			t := s.inside("")
			if t.kind == toFile {
				t.kind, t.hint = toNoSlash, s.prefix
			}
			return t
		}
		// The root of the server is another site's, though every site has an index.html.
		if t := s.inside(strings.TrimPrefix(p, "/")); t.kind == toFile && p != "/" && p != "/index.html" {
			return target{kind: toOutside, file: t.file, hint: s.prefix + strings.TrimPrefix(p, "/")}
		}
		return target{kind: toExternal}
	}
	return s.inside(rest)
}

// inside finds the file of a path below the site's.
func (s *site) inside(p string) target {
	if i, ok := s.index[p]; ok {
		return target{kind: toFile, file: i}
	}
	if p == "" || strings.HasSuffix(p, "/") {
		return s.folder(p)
	}
	if i, ok := s.indexOf(p + "/"); ok {
		return target{kind: toNoSlash, file: i, hint: s.prefix + p + "/"}
	}
	if i, ok := s.index[p+".html"]; ok {
		if s.clean {
			return target{kind: toFile, file: i}
		}
		return target{kind: toMissing, hint: "there is " + s.prefix + p + ".html; set Options.CleanURLs if the server finds it"}
	}
	if t, ok := s.otherCase(p); ok {
		return t
	}
	if s.dirs[p] {
		return target{kind: toMissing, hint: "it is a folder without index.html"}
	}
	return target{kind: toMissing}
}

// folder finds the index of a folder, whose path is empty or ends with a slash.
func (s *site) folder(p string) target {
	if i, ok := s.indexOf(p); ok {
		return target{kind: toFile, file: i}
	}
	bare := strings.TrimSuffix(p, "/")
	if t, ok := s.otherCase(p + "index.html"); ok {
		t.hint = strings.TrimSuffix(t.hint, "index.html")
		return t
	}
	if _, ok := s.index[bare]; ok && bare != "" {
		return target{kind: toMissing, hint: "there is " + s.prefix + bare + ", without the slash"}
	}
	if _, ok := s.index[bare+".html"]; ok && bare != "" {
		return target{kind: toMissing, hint: "there is " + s.prefix + bare + ".html"}
	}
	if p == "" || s.dirs[bare] {
		return target{kind: toMissing, hint: "it is a folder without index.html"}
	}
	return target{kind: toMissing}
}

func (s *site) indexOf(dir string) (int32, bool) {
	i, ok := s.index[dir+"index.html"]
	if !ok {
		i, ok = s.index[dir+"index.htm"]
	}
	return i, ok
}

func (s *site) otherCase(p string) (target, bool) {
	low := strings.ToLower(p)
	for _, try := range []string{low, low + "/index.html"} {
		if i, ok := s.folded[try]; ok {
			hint := s.prefix + s.files[i].name
			if try != low {
				hint = strings.TrimSuffix(hint, "index.html")
			}
			return target{kind: toOtherCase, file: i, hint: hint}, true
		}
	}
	return target{}, false
}

// target finds where a reference leads from a page, whose URL has the given path;
// base is the value of a base element, or nil.
func (s *site) target(from string, base *parts, ref string) target {
	p, problem := split(ref)
	if problem != "" {
		return target{kind: toBadURL, hint: problem, url: ref}
	}
	t := target{fragment: p.fragment}
	switch {
	case p.opaque:
		if p.scheme == "file" {
			t.kind = toLocal
		}
		return t
	case p.noPathNorAny && base == nil:
		t.kind, t.self = toFile, true
		return t
	}
	scheme, host, hasHost := p.scheme, p.host, p.hasHost
	if base != nil {
		if !hasHost {
			scheme, host, hasHost = base.scheme, base.host, base.hasHost
		}
		from = join(from, unescape(base.path))
	}
	if hasHost {
		if scheme == "" {
			scheme = cmpOr(s.scheme, "https")
		}
		if isLocal(host) && host != s.host {
			t.kind = toLocal
			return t
		}
		if s.host == "" || plainHost(scheme, host) != s.host {
			t.insecure = scheme == "http"
			if p.hasHost { // others, below the base element's, aren't asked for
				t.kind, t.url = toExternal, withScheme(p, scheme)
			}
			return t
		}
		if p.hasHost && p.path == "" {
			p.path = "/"
		}
	}
	found := s.lookup(join(from, unescape(p.path)))
	found.fragment = p.fragment
	found.insecure = scheme == "http" && s.scheme == "https"
	if found.kind == toExternal && s.host != "" {
		found.url = s.scheme + "://" + s.host + join(from, p.path)
	}
	return found
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// withScheme returns a reference with a host as a URL without fragment.
func withScheme(p parts, scheme string) string {
	if p.scheme == "" && p.hasHost && strings.HasPrefix(p.beforeHash, "//") {
		return scheme + ":" + p.beforeHash
	}
	return p.beforeHash
}
