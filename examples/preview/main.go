// Preview shows a site in the browser while it is written: pages are rendered as they are
// asked for, reload when they change, and say what is wrong with them. Ctrl-C ends it.
//
//	go run ./examples/preview -src path/to/site
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/preview"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// run is main without the process. It returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var cfg jam.Config
	flags := flag.NewFlagSet("preview", flag.ContinueOnError)
	flags.SetOutput(stderr)
	src := flags.String("src", ".", "`directory` with content, layouts, static and data")
	addr := flags.String("addr", "127.0.0.1:8080", "`address` to listen at; with port 0 any that is free")
	poll := flags.Duration("poll", 0, "`time` after which files are compared again, for drives that don't tell of changes")
	flags.StringVar(&cfg.ContentDir, "content", "content", "`folder` of src with the content")
	flags.StringVar(&cfg.BaseURL, "base", "", "absolute `URL` of the home page once it is published")
	flags.StringVar(&cfg.Title, "title", "", "the site's title")
	flags.BoolVar(&cfg.Markdown.Unsafe, "unsafe", false, "let raw HTML in Markdown through")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if flags.NArg() > 0 {
		flags.Usage()
		return 2
	}
	err := preview.Run(ctx, *src, &cfg, &preview.Options{
		Addr: *addr,
		Poll: *poll,
		Ready: func(url string) {
			fmt.Fprintln(stdout, "Preview at", url, "until interrupted")
		},
	})
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	return 0
}
