package main

import (
	"errors"
	"flag"
	"strings"

	"github.com/jam-go/jam"
)

// configFlags defines the flags that set fields of cfg.
func configFlags(flags *flag.FlagSet, cfg *jam.Config) {
	cfg.Permalinks = make(map[string]string)
	flags.StringVar(&cfg.ContentDir, "content", "content", "`folder` of src with the content")
	flags.StringVar(&cfg.BaseURL, "base", "", "absolute `URL` of the home page")
	flags.StringVar(&cfg.Title, "title", "", "the site's title")
	flags.Var(permalinks(cfg.Permalinks), "permalink", "`section=pattern` of URLs, as in posts=/:year/:slug/")
	flags.BoolVar(&cfg.Markdown.Unsafe, "unsafe", false, "let raw HTML in Markdown through")
	flags.BoolVar(&cfg.Drafts, "drafts", false, "include drafts")
	flags.BoolVar(&cfg.Future, "future", false, "include pages of the future")
	flags.BoolVar(&cfg.NoBundles, "nobundles", false, "make index.md the text of a section, as Jekyll does")
	flags.BoolVar(&cfg.Minify.Lenient, "lenient", false, "only warn of files that cannot be minified")
	flags.BoolVar(&cfg.Strict, "strict", false, "make errors of warnings")
}

// permalinks is a flag that can be given several times, such as posts=/:year/:slug/.
type permalinks map[string]string

func (p permalinks) String() string { return "" }

func (p permalinks) Set(s string) error {
	section, pattern, ok := strings.Cut(s, "=")
	if !ok {
		return errors.New("want section=pattern")
	}
	p[section] = pattern
	return nil
}
