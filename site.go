package jam

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"
)

// Site is a loaded site: an immutable snapshot, safe for concurrent use.
//
// A site that a page returned while it is being rendered belongs to that render,
// as the page does.
//
// Of a site in several languages, a Site is the site in one of them, and Load returns the one in
// its own. What is written is always the whole: all languages. See [Site.Sites].
type Site struct {
	v     *view
	local *local
}

// Load reads a content tree and returns it as a site. It reads the folders
// content, layouts, static, data and i18n of tree, those that there are, and
// cfg.Sources and cfg.Generators besides; see the package documentation, "The
// tree". Both tree and cfg may be nil.
//
// Load reports every mistake that it finds, at once: the error holds an
// [Error] for each, sorted by file and position (see [Errors]). The same tree
// gives the same site and the same errors each time. Load stops soon after ctx is
// done and then returns its error.
func Load(ctx context.Context, tree fs.FS, cfg *Config) (*Site, error) {
	opened, known := openStore(ctx, cfg)
	open := sync.OnceValue(func() *openedStore { return <-opened })
	defer open()
	var s *snapshot
	err := guard("load", func() (err error) {
		knew := false
		s, knew, err = loadKnown(ctx, tree, cfg, known)
		if err != nil && knew && ctx.Err() == nil { // every mistake is to be found
			s, err = load(ctx, tree, cfg)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if st := open(); st != nil {
		s.store = st.store
		if st.ledger != nil {
			s.table = st.ledger.table
			s.last.Store(st.ledger)
		}
	}
	return s.base.site(s.main), nil
}

// String returns the site's title, so that a site can be printed.
func (s *Site) String() string { return s.Title() }

// Home returns the site's home page.
func (s *Site) Home() *Page { return s.v.page(s.local.home) }

// Page returns the page with the given path: a logical path such as "/posts/hello" (see
// [Page.Path]; the first slash may be missing), or the path of a file of content such as
// "posts/hello.md", or the last element of either where only one page has it. The error,
// when there is none, is an [fs.ErrNotExist] that names a similar path; when several pages
// have the name, it lists them.
func (s *Site) Page(path string) (*Page, error) {
	id, err := s.v.lookup(s.local, path)
	switch {
	case err != nil:
		return nil, &Error{Op: "page", Path: path, Err: err}
	case id == noPage:
		return nil, &Error{Op: "page", Path: path, Err: fmt.Errorf("no such page%s: %w", s.v.suggestPath(s.local, path), fs.ErrNotExist)}
	}
	return s.v.page(id), nil
}

// GetPage returns the page with the given path as [Site.Page] does, and nil when
// there is none. When several pages have the name, the render under way fails.
// As older templates have it, a kind may stand before the path: GetPage("section", "posts").
func (s *Site) GetPage(path string, more ...string) *Page {
	if len(more) > 0 {
		if !slices.Contains(kinds, path) {
			s.v.failCall(fmt.Errorf("want a path, or a kind of pages and a path, have %q first", path))
			return nil
		}
		path = strings.Join(more, "/")
	}
	id, err := s.v.lookup(s.local, path)
	if err != nil {
		s.v.failCall(err)
	}
	return s.v.page(id)
}

// AllPages returns every page in every language, lists included: in the order of the
// languages, and for each in the site's order. Pages that are in no list are not among
// them.
func (s *Site) AllPages() Pages { return s.v.list(s.local.snap.all) }

// Pages returns every regular page, in the site's order; see [Pages.ByDefault].
func (s *Site) Pages() Pages { return s.v.list(s.local.regular) }

// RegularPages is the same as [Site.Pages], by the name that templates know.
func (s *Site) RegularPages() Pages { return s.Pages() }

// Sections returns the sections of the top level, in the site's order.
func (s *Site) Sections() Pages { return s.v.list(s.local.sections) }

// Title returns the site's title.
func (s *Site) Title() string { return s.read(settingTitle).Title }

// BaseURL returns the URL of the site's root, with a slash at its end, or ""
// when the configuration has none.
func (s *Site) BaseURL() string {
	s.v.read(settingBaseURL)
	return s.local.snap.set.BaseURL
}

// Params returns the site's parameters, mainSections among them; see [Site.MainSections]. Templates
// find keys whatever their case. Do not change them.
func (s *Site) Params() map[string]any { return s.read(settingParams).Params }

// Copyright returns [Config.Copyright].
func (s *Site) Copyright() string { return s.read(settingCopyright).snap.set.Copyright }

// Language returns the site's language.
func (s *Site) Language() Language {
	s.read(settingLanguageParams)
	return s.read(settingLanguage).Language
}

// LanguageCode returns the Locale of the site's language, such as "en".
func (s *Site) LanguageCode() string { return s.local.Locale }

// Data returns what the files of the tree's data folder hold, by folder and by name
// without extension: data/a/b.yaml is Data()["a"].(map[string]any)["b"].
// Do not change it.
func (s *Site) Data() map[string]any {
	s.v.note(depData, "", "")
	return s.v.snap.data
}

// Lastmod returns when the most recently changed page was changed.
func (s *Site) Lastmod() time.Time {
	return s.read(settingLastmod).lastmod
}

// Warnings returns the warnings of loading, in a fixed order. Those of
// rendering are in the [Report].
func (s *Site) Warnings() []*Error { return slices.Clone(s.v.snap.warnings) }

// Files returns the name of every file that a build writes, sorted. The names
// are known before anything is rendered.
func (s *Site) Files() []string {
	table := s.files().routes
	names := make([]string, len(table.list))
	for i, r := range table.list {
		names[i] = r.file
	}
	return names
}

// files returns the model after noting that the names of files are read.
func (s *Site) files() *model {
	s.v.note(depFiles, "", "")
	return s.local.snap
}
