package devtools

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
)

// errClosed is the error of calls when the browser has ended.
var errClosed = errors.New("the browser has ended")

// conn exchanges messages, which are JSON and end with a zero byte.
type conn struct {
	r    io.ReadCloser
	done chan struct{} // closed when nothing can be received any more

	wmu sync.Mutex // for writing
	w   io.WriteCloser

	mu       sync.Mutex
	last     int64
	waiting  map[int64]chan answer
	sessions map[string]func(event)
	closed   bool
}

type answer struct {
	result json.RawMessage
	err    error
}

// message is a command, an answer or an event.
type message struct {
	ID        int64           `json:"id,omitempty"`
	SessionID string          `json:"sessionId,omitempty"`
	Method    string          `json:"method,omitempty"`
	Params    json.RawMessage `json:"params,omitempty"`
	Result    json.RawMessage `json:"result,omitempty"`
	Error     *callError      `json:"error,omitempty"`
}

// callError is what the browser says of a command that failed.
type callError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Data    string `json:"data"`
	method  string
}

func (e *callError) Error() string {
	text := fmt.Sprintf("%s: %s", e.method, e.Message)
	if e.Data != "" {
		text += ": " + e.Data
	}
	return text
}

// dial starts to receive messages.
func dial(r io.ReadCloser, w io.WriteCloser) *conn {
	c := &conn{r: r, w: w, done: make(chan struct{}), waiting: make(map[int64]chan answer), sessions: make(map[string]func(event))}
	go c.receive()
	return c
}

func (c *conn) close() {
	c.w.Close()
	c.r.Close()
}

// listen has f called with the events of a session, one after another; nil ends that. Messages
// are not received while f runs.
func (c *conn) listen(session string, f func(event)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if f == nil {
		delete(c.sessions, session)
		return
	}
	c.sessions[session] = f
}

// call sends a command and waits for its answer, which is decoded into result unless that is nil.
func (c *conn) call(ctx context.Context, session, method string, args params, result any) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", method, context.Cause(ctx))
	}
	id, answered, err := c.send(session, method, args)
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	select {
	case a := <-answered:
		if failed, ok := a.err.(*callError); ok {
			failed.method = method
			return failed
		}
		if a.err != nil {
			return fmt.Errorf("%s: %w", method, a.err)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(a.result, result)
	case <-ctx.Done():
		c.mu.Lock()
		delete(c.waiting, id)
		c.mu.Unlock()
		return fmt.Errorf("%s: %w", method, context.Cause(ctx))
	}
}

func (c *conn) send(session, method string, args params) (int64, chan answer, error) {
	answered := make(chan answer, 1)
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return 0, nil, errClosed
	}
	c.last++
	id := c.last
	c.waiting[id] = answered
	c.mu.Unlock()

	m := message{ID: id, SessionID: session, Method: method}
	var err error
	if args != nil {
		if m.Params, err = json.Marshal(args); err != nil {
			return 0, nil, err
		}
	}
	data, err := json.Marshal(m)
	if err != nil {
		return 0, nil, err
	}
	c.wmu.Lock()
	defer c.wmu.Unlock()
	if _, err := c.w.Write(append(data, 0)); err != nil {
		return 0, nil, errClosed
	}
	return id, answered, nil
}

// receive hands out messages until there are no more.
func (c *conn) receive() {
	in := bufio.NewReaderSize(c.r, 64<<10)
	for {
		data, err := in.ReadBytes(0)
		if err != nil {
			break
		}
		var m message
		if json.Unmarshal(data[:len(data)-1], &m) == nil {
			c.dispatch(&m)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	close(c.done)
	for _, answered := range c.waiting {
		answered <- answer{err: errClosed}
	}
	clear(c.waiting)
}

func (c *conn) dispatch(m *message) {
	c.mu.Lock()
	answered, listener := c.waiting[m.ID], c.sessions[m.SessionID]
	delete(c.waiting, m.ID)
	c.mu.Unlock()
	switch {
	case m.ID == 0 && listener != nil:
		listener(event{m.Method, m.Params})
	case answered != nil && m.Error != nil:
		answered <- answer{err: m.Error}
	case answered != nil:
		answered <- answer{result: m.Result}
	}
}

// tail keeps the end of what is written to it.
type tail struct {
	max int

	mu  sync.Mutex
	buf []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf = append(t.buf, p...)
	if n := len(t.buf) - t.max; n > 0 {
		t.buf = append(t.buf[:0], t.buf[n:]...)
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.buf)
}
