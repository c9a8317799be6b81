// Embed is a web server with a site compiled into it: a single file to deploy.
// A page is rendered when somebody asks for it.
//
//	go run ./examples/embed
package main

import (
	"context"
	"embed"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"time"

	"github.com/jam-go/jam"
)

// Without all: the pattern would leave out _index.md.
//
//go:embed all:content
var tree embed.FS

func main() {
	addr := flag.String("addr", "127.0.0.1:8080", "`address` to listen on")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *addr); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, addr string) error {
	h, err := handler(ctx)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	fmt.Printf("Serving http://%s/ until interrupted\n", l.Addr())
	return serve(ctx, l, h)
}

// handler returns what serves the site.
func handler(ctx context.Context) (http.Handler, error) {
	site, err := jam.Load(ctx, tree, &jam.Config{Title: "Compiled in"})
	if err != nil {
		return nil, err
	}
	// Requests that are under way when ctx ends still get their pages.
	return http.FileServerFS(site.FS(context.WithoutCancel(ctx))), nil
}

// serve answers requests until ctx is done, and lets those under way finish.
func serve(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	finished := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		finished <- server.Shutdown(ctx)
	})
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-finished
}
