// Package devtools drives a headless Chromium, for tests that look at what is on the screen. It
// speaks the Chrome DevTools Protocol over a pair of pipes:
// https://chromedevtools.github.io/devtools-protocol/.
//
//	b, err := devtools.Start(ctx, t.TempDir())
//	if errors.Is(err, devtools.ErrNoBrowser) {
//		t.Skip(err)
//	}
//	defer b.Close()
//	p, err := b.Open(ctx, url)
//	err = p.WaitFor(ctx, `document.title == "Hello"`)
package devtools

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"time"
)

// ErrNoBrowser is the error of Start on a machine that has no browser that can be driven.
var ErrNoBrowser = errors.New("no browser for tests")

// names are the programs that Start looks for, in this order.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// flags keep the browser from doing what tests do not ask for, such as calling home or slowing
// down pages that are not in front.
var flags = []string{
	"--headless=new", "--remote-debugging-pipe", "--no-sandbox",
	"--no-first-run", "--no-default-browser-check", "--disable-gpu", "--hide-scrollbars", "--mute-audio",
	"--disable-background-networking", "--disable-component-update", "--disable-default-apps",
	"--disable-domain-reliability", "--disable-extensions", "--disable-sync", "--metrics-recording-only",
	"--disable-breakpad", "--disable-crash-reporter", "--password-store=basic", "--use-mock-keychain",
	"--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding",
	"--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,AutofillServerCommunication",
}

// shutdown is how long a browser may take to end by itself.
const shutdown = 3 * time.Second

// Browser is a running browser. It is safe for concurrent use.
type Browser struct {
	cmd    *exec.Cmd
	conn   *conn
	stderr *tail
	reap   func() // ends what is left of it; may be called again
}

// Start starts a browser with a fresh profile in an empty folder. It returns an [ErrNoBrowser]
// that says why where there is none. The browser ends at Close, and when this process does;
// ctx is for the start alone.
func Start(ctx context.Context, profile string) (*Browser, error) {
	if !supported {
		return nil, fmt.Errorf("%w: it cannot be driven over pipes on this system", ErrNoBrowser)
	}
	program := find()
	if program == "" {
		return nil, fmt.Errorf("%w: none of %q is in PATH", ErrNoBrowser, names)
	}
	b := &Browser{
		cmd:    exec.Command(program, append(flags[:len(flags):len(flags)], "--user-data-dir="+profile, "about:blank")...),
		stderr: &tail{max: 16 << 10},
	}
	b.cmd.Stderr = b.stderr
	b.cmd.WaitDelay = shutdown
	ownGroup(b.cmd)
	if err := b.start(); err != nil {
		return nil, err
	}
	var version struct{ Product string }
	if err := b.conn.call(ctx, "", "Browser.getVersion", nil, &version); err != nil {
		b.Close()
		return nil, b.died(err)
	}
	return b, nil
}

func find() string {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// start runs the program, which reads commands from its file 3 and writes answers to its file 4.
func (b *Browser) start() error {
	commandsR, commandsW, err := os.Pipe()
	if err != nil {
		return err
	}
	defer commandsR.Close()
	answersR, answersW, err := os.Pipe()
	if err != nil {
		commandsW.Close()
		return err
	}
	defer answersW.Close()
	b.cmd.ExtraFiles = []*os.File{commandsR, answersW}
	if err := b.cmd.Start(); err != nil {
		commandsW.Close()
		answersR.Close()
		return fmt.Errorf("starting %s: %w", b.cmd.Path, err)
	}
	b.conn = dial(answersR, commandsW)
	b.reap = sync.OnceFunc(func() {
		killGroup(b.cmd.Process.Pid) // before Wait, after which the number may be another's
		b.cmd.Wait()                 // until all have closed their standard error
		b.conn.close()
	})
	return nil
}

// Close ends the browser and every process that it started. Calls under way fail.
func (b *Browser) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), shutdown)
	defer cancel()
	err := b.conn.call(ctx, "", "Browser.close", nil, nil)
	if errors.Is(err, errClosed) {
		err = nil // it may end before it answers
	}
	select {
	case <-b.conn.done:
	case <-ctx.Done():
	}
	b.reap()
	return err
}

// Stderr returns the end of what the browser has written to its standard error.
func (b *Browser) Stderr() string { return b.stderr.String() }

// died adds to the error of a call, when the browser is gone, what it said last.
func (b *Browser) died(err error) error {
	if !errors.Is(err, errClosed) {
		return err
	}
	b.reap()
	return fmt.Errorf("%w (%v); its standard error ends:\n%s", err, b.cmd.ProcessState, b.Stderr())
}

// Open opens a tab, in a window of its own, and shows a URL in it, as Navigate does.
func (b *Browser) Open(ctx context.Context, url string) (*Page, error) {
	p, err := b.newPage(ctx)
	if err != nil {
		return nil, b.died(err)
	}
	if err := p.Navigate(ctx, url); err != nil {
		p.Close(ctx)
		return nil, err
	}
	return p, nil
}

func (b *Browser) newPage(ctx context.Context) (*Page, error) {
	var target struct{ TargetID string }
	err := b.conn.call(ctx, "", "Target.createTarget", params{"url": "about:blank", "newWindow": true}, &target)
	if err != nil {
		return nil, err
	}
	var session struct{ SessionID string }
	err = b.conn.call(ctx, "", "Target.attachToTarget", params{"targetId": target.TargetID, "flatten": true}, &session)
	if err != nil {
		return nil, err
	}
	p := &Page{browser: b, target: target.TargetID, session: session.SessionID, changed: make(chan struct{})}
	p.alive, p.end = context.WithCancelCause(context.Background())
	b.conn.listen(p.session, p.event)
	for _, domain := range []string{"Page", "Runtime", "Log", "Inspector"} {
		if err := p.call(ctx, domain+".enable", nil, nil); err != nil {
			return nil, err
		}
	}
	return p, p.call(ctx, "Page.setLifecycleEventsEnabled", params{"enabled": true}, nil)
}

// params are the arguments of a command.
type params map[string]any

// event is what the browser tells without being asked.
type event struct {
	method string
	params json.RawMessage
}
