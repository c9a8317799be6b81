package preview_test

import (
	"net"
	"net/http"
	"testing"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/preview"
)

// server serves a preview, as a program does that can be ended and started again.
type server struct {
	t    *testing.T
	dir  string
	cfg  *jam.Config
	opts *preview.Options

	url     string
	addr    string
	handler *preview.Handler
	http    *http.Server
}

func serve(t *testing.T, dir string, cfg *jam.Config, opts *preview.Options) *server {
	t.Helper()
	s := &server{t: t, dir: dir, cfg: cfg, opts: opts, addr: "127.0.0.1:0"}
	s.start()
	s.url = "http://" + s.addr
	t.Cleanup(s.stop)
	return s
}

func (s *server) start() {
	s.t.Helper()
	l, err := net.Listen("tcp", s.addr)
	if err != nil {
		s.t.Fatal(err)
	}
	s.addr = l.Addr().String()
	if s.handler, err = preview.New(s.t.Context(), s.dir, s.cfg, s.opts); err != nil {
		s.t.Fatal(err)
	}
	s.http = &http.Server{Handler: s.handler}
	go s.http.Serve(l)
}

func (s *server) stop() {
	s.t.Helper()
	if err := s.handler.Close(); err != nil {
		s.t.Error(err)
	}
	if err := s.http.Close(); err != nil {
		s.t.Error(err)
	}
}
