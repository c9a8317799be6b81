package jam_test

import (
	"testing"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/sitegen"
)

// builder builds the tree of a workspace again and again, to the same output.
type builder interface {
	// load loads the tree, or leaves it to build.
	load(t *testing.T, older bool) error
	build(t *testing.T) *buildOutcome
	loaded() *jam.Site // nil when build loads it
	output() jam.Output
	files(t *testing.T) map[string]string // of the output
}

// reloading keeps a site in memory and reloads it.
type reloading struct {
	w     *workspace
	out   jam.Output
	named bool      // the names of changed files are told
	sites [2]atEdit // the one that is built, and the one before
}

// atEdit is a site as it was after some of the edits, with a configuration.
type atEdit struct {
	*jam.Site
	edits  int
	config string
}

func (r *reloading) output() jam.Output { return r.out }

func (r *reloading) loaded() *jam.Site { return r.sites[0].Site }

func (r *reloading) files(t *testing.T) map[string]string { return outputFiles(t, r.out) }

func (r *reloading) load(t *testing.T, older bool) error {
	from := r.sites[0]
	if older && r.sites[1].Site != nil {
		from = r.sites[1]
	}
	site, err := r.next(t, from)
	if err != nil {
		return err
	}
	r.sites = [2]atEdit{{site, len(r.w.edits), r.w.files[sitegen.ConfigFile]}, r.sites[0]}
	return nil
}

func (r *reloading) next(t *testing.T, from atEdit) (*jam.Site, error) {
	if from.Site == nil || from.config != r.w.files[sitegen.ConfigFile] {
		return jam.Load(t.Context(), r.w.tree, r.w.config(t))
	}
	changed := r.w.changed(from.edits)
	if !r.named || len(changed) == 0 {
		return from.Reload(t.Context())
	}
	return from.Reload(t.Context(), changed...)
}

func (r *reloading) build(t *testing.T) *buildOutcome { return buildSite(t, r.loaded(), r.out) }

// fresh loads the site anew for each build. All that is left of the one before is the output and the cache.
type fresh struct {
	w    *workspace
	out  jam.Output
	site *jam.Site
}

func (f *fresh) output() jam.Output { return f.out }

func (f *fresh) loaded() *jam.Site { return f.site }

func (f *fresh) files(t *testing.T) map[string]string { return outputFiles(t, f.out) }

func (f *fresh) load(t *testing.T, _ bool) error {
	site, err := jam.Load(t.Context(), f.w.tree, withCache(f.w.config(t), f.w.path("cache")))
	if err == nil {
		f.site = site
	}
	return err
}

func (f *fresh) build(t *testing.T) *buildOutcome { return buildSite(t, f.site, f.out) }

// withCache has builds remember in a folder what they made.
func withCache(cfg *jam.Config, dir string) *jam.Config {
	cfg.Cache = jam.CacheDir(dir)
	return cfg
}
