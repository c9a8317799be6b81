package check

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jam-go/jam/internal/work"
)

// External says how links to other sites are checked: each URL is asked for once,
// with HEAD and, if that fails, GET, and the answer's text is not read.
//
// An answer with the status 404, 410 or another from 400 on is broken, and so is
// none. Those that tell only that a program is not welcome are not: 401, 403, 405,
// 406, 407, 429, 451 and 999.
type External struct {
	// Client makes the requests; nil: http.DefaultClient. Its Timeout is a
	// minute at most.
	Client *http.Client

	// Header is sent with each request, such as a User-Agent.
	Header http.Header

	// Interval is how long to wait between two requests to one host; 0: a
	// quarter of a second. Negative: not at all.
	Interval time.Duration

	// Hosts is the number of hosts that are asked at the same time; 0: 8.
	Hosts int

	// Skip lists URLs not to ask for; * stands for any characters.
	Skip []string

	// Cache has the answers of former runs, and is given those of this one; nil:
	// there is none.
	Cache *Cache

	// MaxAge is how old an answer in the Cache may be; 0: a week. Those that
	// were not good are asked for again after an hour, or MaxAge if it is less.
	MaxAge time.Duration
}

// externals are the URLs to ask for.
type externals struct {
	opt *External
	mu  sync.Mutex
	all map[string]*externalLink
}

// externalLink is a URL and the first place that has it.
type externalLink struct {
	file  int32
	at    position
	pages int   // that have it
	last  int32 // of them
}

func newExternals(opt *External) *externals {
	return &externals{opt: opt, all: make(map[string]*externalLink)}
}

func (e *externals) count() int { return len(e.all) }

// external takes note of a link to another site.
func (r *reader) external(ref *reference, t *target) {
	e := r.asked
	const both = mutes(1<<externalBroken | 1<<externalRedirect)
	if e.opt == nil || t.url == "" || ref.kind == canonicalRef || ref.kind == form || ref.mute&both == both {
		return
	}
	if slices.ContainsFunc(e.opt.Skip, func(pattern string) bool { return wild(pattern, t.url) }) {
		return
	}
	at := r.position(ref.at)
	e.mu.Lock()
	defer e.mu.Unlock()
	l := e.all[t.url]
	if l == nil {
		e.all[t.url] = &externalLink{file: r.file, at: at, pages: 1, last: r.file}
		return
	}
	if l.last != r.file {
		l.pages++
		l.last = r.file
	}
	if c := cmp.Or(cmp.Compare(r.file, l.file), cmp.Compare(at.line, l.at.line), cmp.Compare(at.column, l.at.column)); c < 0 {
		l.file, l.at = r.file, at
	}
}

// askExternals asks for all URLs, those of a host one after another.
func (r *run) askExternals(ctx context.Context) error {
	e := r.asked
	if e.opt == nil || r.severity[externalBroken] == Off && r.severity[externalRedirect] == Off {
		return nil
	}
	byHost := make(map[string][]string)
	for _, u := range slices.Sorted(maps.Keys(e.all)) {
		parsed, err := url.Parse(u)
		if err != nil {
			continue
		}
		byHost[parsed.Host] = append(byHost[parsed.Host], u)
	}
	hosts := slices.Sorted(maps.Keys(byHost))
	many := e.opt.Hosts
	if many <= 0 {
		many = 8
	}
	return work.Each(ctx, many, len(hosts), func(_, i int) {
		r.askHost(ctx, byHost[hosts[i]])
	})
}

func (r *run) askHost(ctx context.Context, urls []string) {
	opt := r.asked.opt
	wait := opt.Interval
	if wait == 0 {
		wait = 250 * time.Millisecond
	}
	asked := false
	for _, u := range urls {
		a, ok := opt.Cache.load(u, opt.MaxAge)
		if !ok {
			if asked && wait > 0 && !pause(ctx, wait) || ctx.Err() != nil {
				return
			}
			a, asked = opt.ask(ctx, u), true
			if ctx.Err() != nil {
				return
			}
			opt.Cache.store(u, a)
		}
		r.answered(u, a)
	}
}

// pause waits, and tells whether ctx let it.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// answered reports what a URL's answer is, if it isn't good.
func (r *run) answered(u string, a Answer) {
	l := r.asked.all[u]
	also := ""
	switch {
	case l.pages == 2:
		also = "; another page has it, too"
	case l.pages > 2:
		also = fmt.Sprintf("; %d other pages have it, too", l.pages-1)
	}
	name := r.site.files[l.file].name
	switch {
	case a.Err != "":
		r.foundAt(externalBroken, name, l.at, u, "%s can't be reached: %s%s", u, a.Err, also)
	case a.broken():
		text := strings.TrimSpace(fmt.Sprint(a.Status, " ", http.StatusText(a.Status)))
		r.foundAt(externalBroken, name, l.at, u, "%s answers %s%s", u, text, also)
	case a.Moved != "":
		r.foundAt(externalRedirect, name, l.at, u, "%s has moved to %s%s", u, a.Moved, also)
	}
}

// ask makes the requests for one URL.
func (opt *External) ask(ctx context.Context, u string) Answer {
	a := opt.request(ctx, http.MethodHead, u)
	if (a.Err != "" || a.Status >= 400) && ctx.Err() == nil {
		a = opt.request(ctx, http.MethodGet, u)
	}
	a.Time = time.Now()
	return a
}

func (opt *External) request(ctx context.Context, method, u string) Answer {
	const longest = time.Minute
	client := *cmp.Or(opt.Client, http.DefaultClient)
	if client.Timeout <= 0 || client.Timeout > longest {
		client.Timeout = longest
	}
	var a Answer
	follow := client.CheckRedirect
	client.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		// That it has moved for good counts only if all steps say so.
		if s := req.Response.StatusCode; (s == http.StatusMovedPermanently || s == http.StatusPermanentRedirect) && (len(via) == 1 || a.Moved != "") {
			a.Moved = req.URL.String()
		} else {
			a.Moved = ""
		}
		const most = 10
		switch {
		case follow != nil:
			return follow(req, via)
		case len(via) >= most:
			return errors.New("more than 10 redirects")
		}
		return nil
	}
	req, err := http.NewRequestWithContext(ctx, method, u, nil)
	if err != nil {
		return Answer{Err: err.Error()}
	}
	maps.Copy(req.Header, opt.Header)
	res, err := client.Do(req)
	if err != nil {
		if e, ok := errors.AsType[*url.Error](err); ok {
			err = e.Err
		}
		return Answer{Err: err.Error()}
	}
	// A little is read so that the connection can be used again.
	const little = 1 << 12
	io.CopyN(io.Discard, res.Body, little)
	res.Body.Close()
	a.Status = res.StatusCode
	return a
}
