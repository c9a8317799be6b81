package main

import (
	"context"
	"net"
	"net/http"

	"github.com/jam-go/jam/_bench/site"
	"github.com/jam-go/jam/preview"
)

// server serves a preview.
type server struct {
	url     string
	handler *preview.Handler
	http    *http.Server
}

func serve(ctx context.Context, dir string) (*server, error) {
	h, err := preview.New(ctx, dir, site.Config(), nil)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		h.Close()
		return nil, err
	}
	s := &server{url: "http://" + l.Addr().String(), handler: h, http: &http.Server{Handler: h}}
	go s.http.Serve(l)
	return s, nil
}

func (s *server) close() error {
	s.handler.Close() // ends the requests that browsers keep open
	return s.http.Close()
}
