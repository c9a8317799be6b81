package main

import (
	"errors"
	"flag"
	"fmt"
	"strconv"
	"strings"

	"github.com/jam-go/jam"
)

// configFlags defines the flags that set fields of cfg.
func configFlags(flags *flag.FlagSet, cfg *jam.Config) {
	flags.StringVar(&cfg.ContentDir, "content", "content", "`folder` of src with the content")
	flags.StringVar(&cfg.BaseURL, "base", "", "absolute `URL` of the home page")
	flags.StringVar(&cfg.Title, "title", "", "the site's title")
	flags.BoolVar(&cfg.Markdown.Unsafe, "unsafe", false, "let raw HTML in Markdown through")
	flags.BoolVar(&cfg.Drafts, "drafts", false, "include drafts")
	flags.BoolVar(&cfg.Future, "future", false, "include pages of the future")
	flags.BoolVar(&cfg.NoBundles, "nobundles", false, "make index.md the text of a section, as Jekyll does")
	flags.BoolVar(&cfg.FileNameDates, "filedates", false, "take dates from files' names, as in 2026-03-01-hello.md")
	flags.BoolVar(&cfg.Minify.Lenient, "lenient", false, "only warn of files that cannot be minified")
	flags.BoolVar(&cfg.Strict, "strict", false, "make errors of warnings")
	listFlags(flags, cfg)
}

// listFlags defines those whose value has several parts.
func listFlags(flags *flag.FlagSet, cfg *jam.Config) {
	cfg.Permalinks = make(map[string]string)
	flags.Func("permalink", "`section=pattern` of URLs, as in posts=/:year/:slug/; may be given several times", func(s string) error {
		return addPairs(cfg.Permalinks, s)
	})
	cfg.FrontMatterKeys = make(map[string]string)
	flags.Func("keys", "`key=name,…` of front matter that jam calls otherwise, as in permalink=url", func(s string) error {
		return addPairs(cfg.FrontMatterKeys, strings.Split(s, ",")...)
	})
	flags.Func("taxonomies", "plural `names` of the taxonomies, as in tags,series; \"\" for none", func(s string) error {
		cfg.Taxonomies = strings.FieldsFunc(s, isComma)
		return nil
	})
	flags.Func("languages", "`codes` of the languages, as in en,de, or with folders of src, en=content/en,de=content/de", func(s string) error {
		for code := range strings.FieldsFuncSeq(s, isComma) {
			code, dir, _ := strings.Cut(code, "=")
			cfg.Languages = append(cfg.Languages, jam.Language{Code: code, ContentDir: dir})
		}
		return nil
	})
	flags.Func("paginate", "`number` of pages after which lists are divided", func(s string) error {
		size, err := strconv.Atoi(s)
		if err != nil || size < 1 {
			return errors.New("want a number, at least 1")
		}
		p := jam.Pagination{Size: size}
		cfg.Pagination = map[string]jam.Pagination{jam.KindHome: p, jam.KindSection: p, jam.KindTerm: p}
		return nil
	})
}

func isComma(r rune) bool { return r == ',' }

func addPairs(m map[string]string, pairs ...string) error {
	for _, pair := range pairs {
		key, value, ok := strings.Cut(pair, "=")
		if !ok {
			return fmt.Errorf("%q has no equals sign", pair)
		}
		m[key] = value
	}
	return nil
}
