package check

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"
)

// web answers requests as a table says, and keeps what it was asked.
type web struct {
	mu    sync.Mutex
	asked []string
	at    map[string]time.Time
	pages map[string]string // method and URL, or URL: status, a space, location
}

func (w *web) RoundTrip(req *http.Request) (*http.Response, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	key := req.Method + " " + req.URL.String()
	w.asked = append(w.asked, key)
	if w.at == nil {
		w.at = make(map[string]time.Time)
	}
	if _, ok := w.at[key]; !ok {
		w.at[key] = time.Now()
	}
	page, ok := w.pages[key]
	if !ok {
		page, ok = w.pages[req.URL.String()]
	}
	if !ok {
		return nil, errors.New("no such host")
	}
	status, location, _ := strings.Cut(page, " ")
	res := &http.Response{StatusCode: 0, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("")), Request: req}
	if err := json.Unmarshal([]byte(status), &res.StatusCode); err != nil {
		return nil, err
	}
	if location != "" {
		res.Header.Set("Location", location)
	}
	return res, nil
}

const externalPage = `title: Home
<p><a href="https://good.example/#x">x</a> <a href="https://good.example/#y">x</a> <a href="//good.example/two">x</a>
<p><a href="https://gone.example/a">x</a> <a href="https://none.example/">x</a> <a href="https://moved.example/">x</a>
<p><a href="https://shy.example/">x</a> <a href="https://head.example/">x</a> <a href="https://temporary.example/">x</a>
<p><a href="https://skip.example/x/y">x</a> <a href="https://gone.example/b" data-check-ignore>x</a> <a href="other.html">x</a>`

func externalSite() fstest.MapFS {
	return fstest.MapFS{
		"index.html": {Data: page([]byte(externalPage))},
		"other.html": {Data: page([]byte("title: Other\n<p>\n<p><a href=\"https://gone.example/a\">x</a>"))},
	}
}

func newWeb() *web {
	return &web{pages: map[string]string{
		"https://good.example/": "200", "https://good.example/two": "204", "https://gone.example/a": "404",
		"https://moved.example/": "301 https://new.example/", "https://new.example/": "200",
		"https://shy.example/": "403", "HEAD https://head.example/": "405", "GET https://head.example/": "200",
		"https://temporary.example/": "302 https://good.example/",
	}}
}

func TestExternal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb()
		cache := new(Cache)
		opt := &Options{Workers: 1, External: &External{Client: &http.Client{Transport: w}, Skip: []string{"https://skip.example/*"},
			Interval: time.Second, Cache: cache, Header: http.Header{"User-Agent": {"x"}}}}
		report, err := Run(t.Context(), externalSite(), opt)
		if err != nil {
			t.Fatal(err)
		}
		want := `index.html:3:13 external-broken: https://gone.example/a answers 404 Not Found; another page has it, too
index.html:3:52 external-broken: https://none.example/ can't be reached: no such host
index.html:3:90 external-redirect: https://moved.example/ has moved to https://new.example/`
		if got := lines(report.Findings); got != want || report.External != 8 {
			t.Errorf("got %d URLs:\n%s\nwant\n%s", report.External, got, want)
		}
		first, second := w.at["HEAD https://good.example/"], w.at["HEAD https://good.example/two"]
		if d := second.Sub(first); d != time.Second {
			t.Errorf("the second request to a host came after %v", d)
		}
		seen := make(map[string]int)
		for _, a := range w.asked {
			seen[a]++
		}
		if seen["HEAD https://gone.example/a"] != 1 || seen["GET https://gone.example/a"] != 1 || seen["HEAD https://skip.example/x/y"] != 0 {
			t.Errorf("asked %v", w.asked)
		}
		// What was kept is not asked for again: what is good for a week, and what isn't for an hour.
		text, err := json.Marshal(cache)
		if err != nil {
			t.Fatal(err)
		}
		cache = new(Cache)
		if err := json.Unmarshal(text, cache); err != nil {
			t.Fatal(err)
		}
		opt.External.Cache = cache
		for _, tt := range []struct {
			after time.Duration
			asked int
		}{{0, 0}, {2 * time.Hour, 4}, {8 * 24 * time.Hour, 14}} {
			time.Sleep(tt.after)
			w.asked = nil
			again, err := Run(t.Context(), externalSite(), opt)
			if err != nil || lines(again.Findings) != want {
				t.Errorf("after %v: %v\n%s", tt.after, err, lines(again.Findings))
			}
			if len(w.asked) != tt.asked {
				t.Errorf("after %v: asked %d times, want %d: %v", tt.after, len(w.asked), tt.asked, w.asked)
			}
		}
	})
}

func TestExternalStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		opt := &Options{External: &External{Client: &http.Client{Transport: w}, Interval: time.Hour}}
		if _, err := Run(ctx, externalSite(), opt); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("err = %v", err)
		}
	})
}

func TestCache(t *testing.T) {
	var c Cache
	if text, err := json.Marshal(&c); err != nil || string(text) != "{}" {
		t.Errorf("%s, %v", text, err)
	}
	if err := json.Unmarshal([]byte(`[]`), &c); err == nil {
		t.Error("a list is no cache")
	}
	if err := json.Unmarshal([]byte(`{"https://a.example/":{"status":200,"time":"2026-01-01T00:00:00Z"}}`), &c); err != nil {
		t.Error(err)
	}
	if text, err := json.Marshal(&c); err != nil || string(text) != `{"https://a.example/":{"status":200,"time":"2026-01-01T00:00:00Z"}}` {
		t.Errorf("%s, %v", text, err)
	}
}
