package jam

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"time"
)

// Site is a loaded site: an immutable snapshot, safe for concurrent use.
//
// A site that a page returned while it is being rendered belongs to that render,
// as the page does.
type Site struct {
	v *view
}

// Load reads a content tree and returns it as a site. It reads the folders
// content, layouts, static and data of tree, those that there are, and
// cfg.Sources besides; see the package documentation, "The tree". Both tree and
// cfg may be nil.
//
// Load reports every mistake that it finds, at once: the error holds an
// [Error] for each, sorted by file and position (see [Errors]). The same tree
// gives the same site and the same errors each time. Load stops soon after ctx is
// done and then returns its error.
func Load(ctx context.Context, tree fs.FS, cfg *Config) (*Site, error) {
	s, err := load(ctx, tree, cfg)
	if err != nil {
		return nil, err
	}
	return &s.base.site, nil
}

// Reload loads the tree and the sources again, with the same configuration, and
// returns the next snapshot; this one stays as it is. The names of changed
// files are a hint of where to look, and may be left out.
//
// At present Reload reads everything again, whatever the names say.
func (s *Site) Reload(ctx context.Context, changed ...string) (*Site, error) {
	snap := s.v.snap
	return Load(ctx, snap.tree, snap.cfg)
}

// String returns the site's title, so that a site can be printed.
func (s *Site) String() string { return s.Title() }

// Home returns the site's home page.
func (s *Site) Home() *Page { return s.v.page(s.read(facetConfig).home) }

// Page returns the page with the given path: a logical path such as
// "/posts/hello" (see [Page.Path]; the first slash may be missing), or the
// path of a file of content such as "posts/hello.md". The error, when there is
// none, is an [fs.ErrNotExist] that names a similar path.
func (s *Site) Page(path string) (*Page, error) {
	if id, ok := s.v.find(path); ok {
		return s.v.page(id), nil
	}
	return nil, &Error{Op: "page", Path: path, Err: fmt.Errorf("no such page%s: %w", s.v.snap.suggestPath(path), fs.ErrNotExist)}
}

// GetPage returns the page with the given path as [Site.Page] does, and nil when
// there is none.
func (s *Site) GetPage(path string) *Page {
	id, ok := s.v.find(path)
	if !ok {
		return nil
	}
	return s.v.page(id)
}

// Pages returns every regular page, in the site's order; see [Pages.ByDefault].
func (s *Site) Pages() Pages { return s.v.list(s.v.snap.regular) }

// RegularPages is the same as [Site.Pages], by the name that templates know.
func (s *Site) RegularPages() Pages { return s.Pages() }

// Sections returns the sections of the top level, in the site's order.
func (s *Site) Sections() Pages { return s.v.list(s.v.snap.sections) }

// Title returns the site's title.
func (s *Site) Title() string { return s.read(facetConfig).set.Title }

// BaseURL returns the URL of the site's root, with a slash at its end, or ""
// when the configuration has none.
func (s *Site) BaseURL() string { return s.read(facetConfig).set.BaseURL }

// Params returns the site's parameters. Do not change them.
func (s *Site) Params() map[string]any { return s.read(facetConfig).set.Params }

// Language returns the site's language.
func (s *Site) Language() Language { return languageOf(s.read(facetConfig).set.Language) }

// LanguageCode returns the tag of the site's language, such as "en".
func (s *Site) LanguageCode() string { return s.read(facetConfig).set.Language }

// Data returns what the files of the tree's data folder hold, by folder and by name
// without extension: data/a/b.yaml is Data()["a"].(map[string]any)["b"].
// Do not change it.
func (s *Site) Data() map[string]any { return s.read(facetData).data }

// Lastmod returns when the most recently changed page was changed.
func (s *Site) Lastmod() time.Time {
	s.v.list(s.v.snap.regular)
	return s.v.snap.lastmod
}

// Warnings returns the warnings of loading, in a fixed order. Those of
// rendering are in the [Report].
func (s *Site) Warnings() []*Error { return slices.Clone(s.v.snap.warnings) }

// Files returns the name of every file that a build writes, sorted. The names
// are known before anything is rendered.
func (s *Site) Files() []string {
	table := s.read(facetRoutes).routes
	names := make([]string, len(table.list))
	for i, r := range table.list {
		names[i] = r.file
	}
	return names
}
