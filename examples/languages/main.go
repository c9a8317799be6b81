// Languages builds a site in English, German and Hebrew. Translations are found by the
// names of files; menus, dates, plural forms and the direction follow the language.
//
//	go run ./examples/languages
package main

import (
	"context"
	"embed"
	"flag"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/jam-go/jam"
)

// Without all: the pattern would leave out _index.md.
//
//go:embed all:content i18n layouts
var tree embed.FS

func main() {
	out := flag.String("out", "public", "`directory` to write to")
	flag.Parse()
	if err := run(context.Background(), jam.Dir(*out), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out jam.Output, w io.Writer) error {
	site, err := jam.Load(ctx, tree, &jam.Config{
		BaseURL: "https://example.org/",
		Languages: []jam.Language{
			{Code: "en", Locale: "en-GB", Name: "English", Title: "The Mill"},
			{Code: "de", Name: "Deutsch", Title: "Die Mühle"},
			{Code: "he", Name: "עברית", Title: "הטחנה"},
		},
		// Entries without a name have the title of their page in each language.
		Menus:  map[string][]jam.MenuEntry{"main": {{PageRef: "/rooms", Weight: 1}, {PageRef: "/news", Weight: 2}}},
		Strict: true, // a message that is missing in i18n fails the build
	})
	if err != nil {
		return err
	}
	if _, err := site.Build(ctx, out); err != nil {
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, s := range site.Sites() {
		news := s.GetPage("/news").RegularPages()
		count, err := s.Translate("reports", len(news))
		if err != nil {
			return err
		}
		latest, err := s.FormatDate(news[0].Date(), ":date_long")
		if err != nil {
			return err
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", s.Home().RelPermalink(), s.Language().Dir, count, latest)
	}
	return table.Flush()
}
