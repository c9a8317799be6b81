package jam

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode"

	"github.com/jam-go/jam/internal/filename"
)

// pageFile returns the name of a page's output file.
func (s *settings) pageFile(d *pageData) (string, error) {
	prefix := d.local.prefix
	if d.kind() == Kind404 {
		return prefix + "404.html", nil
	}
	if u := d.meta.URL; u != "" {
		if tokens.MatchString(u) {
			p, err := permalink(u, d)
			if err != nil {
				return "", err
			}
			u = u[:len(u)-len(strings.TrimPrefix(u, "/"))] + strings.TrimPrefix(p, "/")
		}
		file, err := urlFile(strings.ReplaceAll(u, `\:`, ":"))
		if !strings.HasPrefix(u, "/") { // as Hugo has it: from the root of the language
			file = prefix + file
		}
		return file, err
	}
	if d.permalink != "" {
		file, err := urlFile(d.permalink)
		return prefix + file, err
	}
	p, err := s.pagePath(d)
	if err != nil {
		return "", err
	}
	p = prefix + strings.Trim(p, "/")
	switch {
	case path.Ext(p) == ".html" && s.permalinkFor(d) != "":
		return p, nil
	case s.UglyURLs && d.kind() == KindPage:
		return path.Clean(p + ".html"), nil // tokens of a pattern may stand for nothing
	}
	if isCleanPath(p) {
		return p + "/index.html", nil
	}
	return path.Join(p, "index.html"), nil
}

// tokens tells a url that is a pattern.
var tokens = regexp.MustCompile(`(^|[^\\]):[a-z0-9]`)

// pagePath returns the URL path of a page, without extension.
func (s *settings) pagePath(d *pageData) (string, error) {
	if pattern := s.permalinkFor(d); pattern != "" {
		return permalink(pattern, d)
	}
	p := sanitizePath(d.path)
	if d.meta.Slug != "" && d.kind() == KindPage {
		slug := slugPath(d.meta.Slug)
		if slug == "" {
			return "", fmt.Errorf("%w %q has nothing that may stand in a URL", errSlug, d.meta.Slug)
		}
		return path.Join(path.Dir(p), slug), nil
	}
	return p, s.checkSegments(d)
}

func (s *settings) checkSegments(d *pageData) error {
	if d.path == "/" || isCleanPath(d.path) {
		return nil
	}
	for seg := range strings.SplitSeq(strings.Trim(d.path, "/"), "/") {
		if sanitizeSegment(seg) == "" {
			return fmt.Errorf("%q has nothing that may stand in a URL: rename it, or set slug or url", seg)
		}
	}
	return nil
}

// permalinkFor returns the pattern of the deepest section that holds a page, or is the section,
// or of the taxonomy.
func (s *settings) permalinkFor(d *pageData) string {
	if len(s.Permalinks) == 0 || d.kind() == KindHome {
		return ""
	}
	kind, dir := "", path.Dir(d.path)
	if d.kind() != KindPage {
		kind, dir = d.kind()+":", d.path
	}
	for dir := strings.Trim(dir, "/"); ; dir = up(dir) {
		if dir == "." {
			dir = ""
		}
		if p := s.Permalinks[kind+dir]; p != "" {
			return p
		}
		if dir == "" {
			return ""
		}
	}
}

// urlFile returns the output file of a front matter url, which is taken as it is:
// with the extension of a file it is one, and otherwise a folder.
func urlFile(u string) (string, error) {
	parsed, err := url.Parse(u)
	if err != nil {
		return "", fmt.Errorf("url %q: %w", u, err)
	}
	if parsed.Scheme != "" || parsed.Host != "" || parsed.RawQuery != "" || parsed.Fragment != "" {
		return "", fmt.Errorf("url %q: want a path within the site, such as /about/", u)
	}
	p := strings.TrimPrefix(parsed.Path, "/")
	if p == "" {
		return "index.html", nil
	}
	dir := strings.HasSuffix(p, "/")
	p = strings.TrimSuffix(p, "/")
	if err := filename.Check(p); err != nil {
		return "", fmt.Errorf("url %q: %w", u, err)
	}
	if !dir && isFileExtension(path.Ext(p)) {
		return p, nil
	}
	return p + "/index.html", nil
}

// isFileExtension tells an extension of files from the end of a name such as v1.2.
func isFileExtension(ext string) bool {
	switch strings.ToLower(ext) {
	case ".php", ".asp", ".aspx", ".jsp", ".shtml", ".xhtml", ".cgi":
		return true
	}
	return mediaType("x"+ext) != ""
}

// resourceDir returns the folder in the output that a page's resources go to.
func resourceDir(pageFile string) string {
	dir, base := path.Split(pageFile)
	if base == "index.html" {
		return dir
	}
	return strings.TrimSuffix(pageFile, path.Ext(base)) + "/"
}

// sanitizePath makes a URL path of a content path, element by element.
func sanitizePath(p string) string {
	if isCleanPath(p) {
		return p
	}
	elems := strings.Split(p, "/")
	for i, e := range elems {
		elems[i] = sanitizeSegment(e)
	}
	if clean := path.Clean(strings.Join(elems, "/")); clean != "." {
		return clean
	}
	return ""
}

// isCleanPath tells, at little cost, of most paths that may stand in a URL as they are, and have at
// least one element.
func isCleanPath(p string) bool {
	dots := 0 // in the element so far, if it has nothing else, or -1
	for i := range len(p) {
		switch c := p[i]; {
		case c == '/' && (i == 0 || dots < 0):
			dots = 0
		case c == '.' && dots >= 0:
			dots++
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_':
			dots = -1
		default:
			return false
		}
	}
	return dots < 0
}

// sanitizeSegment makes an element of a URL path of a file's name, as Hugo does, so that
// the addresses of sites that move here stay what they are: letters, digits and
// marks of any script and . _ # + ~ - @ stay, white space becomes a hyphen, the
// rest goes, and everything is in lower case.
func sanitizeSegment(s string) string {
	return notDots(strings.Map(func(r rune) rune {
		switch {
		case inURL(r):
			return unicode.ToLower(r)
		case unicode.IsSpace(r):
			return '-'
		}
		return -1
	}, strings.TrimSpace(s)))
}

func inURL(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("._#+~-@", r)
}

// slugify makes an element of a URL path of a title, as sanitizeSegment does of a
// name, but with one hyphen for any run of white space.
func slugify(s string) string {
	var b strings.Builder
	pending, hyphen := false, false
	for _, r := range s {
		switch {
		case r != '+' && inURL(r):
			if pending && r != '-' {
				b.WriteByte('-')
			}
			pending, hyphen = false, r == '-'
			b.WriteRune(unicode.ToLower(r))
		case unicode.IsSpace(r) && b.Len() > 0 && !hyphen:
			pending = true
		}
	}
	return notDots(b.String())
}

// slugPath makes elements of a URL path of a slug, which may hold slashes.
func slugPath(s string) string {
	elems := strings.Split(s, "/")
	for i, e := range elems {
		elems[i] = slugify(e)
	}
	return strings.Trim(path.Clean("/"+strings.Join(elems, "/")), "/")
}

func notDots(seg string) string {
	if strings.Trim(seg, ".") == "" {
		return ""
	}
	return seg
}

// relURL returns what an absolute or relative URL means on this site, as the template
// function of that name does.
func (s *settings) relURL(u string) string {
	if isAbsoluteURL(u) {
		if s.base == nil || !strings.HasPrefix(u, s.BaseURL) {
			return u
		}
		u = strings.TrimPrefix(u, s.BaseURL)
	}
	p := strings.TrimPrefix(u, "/")
	prefix := escapePath(s.basePath)
	if prefix != "/" && strings.HasPrefix(u, prefix) {
		return u
	}
	return prefix + p
}

// absURL returns the absolute form of relURL.
func (s *settings) absURL(u string) string {
	if isAbsoluteURL(u) {
		return u
	}
	return s.absolute(s.relURL(u))
}

func isAbsoluteURL(u string) bool {
	if strings.HasPrefix(u, "//") {
		return true
	}
	scheme, _, ok := strings.Cut(u, ":")
	if !ok || scheme == "" {
		return false
	}
	for i, c := range scheme {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789+-.", c)) {
			return false
		}
	}
	return true
}

var errSlug = errors.New("slug")

// up returns the folder that a clean path lies in, as path.Dir does, without looking at all of it.
func up(p string) string {
	switch i := strings.LastIndexByte(p, '/'); i {
	case -1:
		return "."
	case 0:
		return "/"
	default:
		return p[:i]
	}
}
