// Build is a build script for any tree of content, with progress, warnings, all
// errors at once and a summary. Ctrl-C cancels it. It exits with status 1 when the
// site has errors, and with 2 when it is called wrongly.
//
//	go run ./examples/build -src path/to/site -out public
package main

import (
	"context"
	"flag"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/jam-go/jam"
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
	flags := flag.NewFlagSet("build", flag.ContinueOnError)
	flags.SetOutput(stderr)
	src := flags.String("src", ".", "`directory` with content, layouts, static and data")
	out := flags.String("out", "public", "`directory` to write to")
	configFlags(flags, &cfg)
	theme := flags.String("theme", "", "\"plain\" for the built-in `theme` in place of src's layouts")
	quiet := flags.Bool("q", false, "print errors and warnings only")
	verbose := flags.Bool("v", false, "print all warnings, not the first 20 only")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if flags.NArg() > 0 || *theme != "" && *theme != "plain" {
		flags.Usage()
		return 2
	}
	if *theme == "plain" {
		cfg.Renderer, cfg.Markdown.KeepShortcodes = jam.PlainTheme(), true
	}
	p := printer{stdout: stdout, stderr: stderr, quiet: *quiet, verbose: *verbose}
	cfg.Progress = p.progress()
	start := time.Now()
	report, err := build(ctx, *src, *out, &cfg)
	if err != nil {
		p.errors(err)
		return 1
	}
	p.report(report, time.Since(start))
	return 0
}

// build loads the tree in src and builds it.
func build(ctx context.Context, src, out string, cfg *jam.Config) (*jam.Report, error) {
	root, err := os.OpenRoot(src) // unlike os.DirFS, it follows no link out of src
	if err != nil {
		return nil, err
	}
	defer root.Close()
	site, err := jam.Load(ctx, root.FS(), cfg)
	if err != nil {
		return nil, err
	}
	return site.Build(ctx, jam.Dir(out))
}
