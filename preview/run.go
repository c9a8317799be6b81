package preview

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/jam-go/jam"
)

// Run serves the preview of the site in a directory, for programs that have no server of
// their own, until ctx ends; then it returns nil. See [New], [Options.Addr] and
// [Options.Ready]. It returns an error if the directory cannot be opened, or the address not
// be listened on.
func Run(ctx context.Context, dir string, cfg *jam.Config, opts *Options) error {
	if opts == nil {
		opts = new(Options)
	}
	h, err := New(ctx, dir, cfg, opts)
	if err != nil {
		return err
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", cmp.Or(opts.Addr, "127.0.0.1:0"))
	if err != nil {
		return errors.Join(err, h.Close())
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	if opts.Ready != nil {
		opts.Ready(h.home(l.Addr()))
	}
	select {
	case err = <-served:
		return errors.Join(err, h.Close())
	case <-ctx.Done():
	}
	err = h.Close() // which ends all requests
	err = errors.Join(err, server.Close())
	<-served
	return err
}

// home returns the URL of the home page at an address that a server listens on.
func (h *Handler) home(addr net.Addr) string {
	host := addr.String()
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		host = net.JoinHostPort("localhost", cmp.Or(portOf(host), "80"))
	}
	return (&url.URL{Scheme: "http", Host: host, Path: h.base}).String()
}

func portOf(addr string) string {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return ""
	}
	return port
}
