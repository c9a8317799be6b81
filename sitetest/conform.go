package sitetest

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
)

// findings are the problems that a conformance test has found.
type findings struct {
	mu   sync.Mutex
	list []error
	seen map[string]bool
}

// add notes a problem, once.
func (f *findings) add(format string, args ...any) {
	err := fmt.Errorf(format, args...)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.seen == nil {
		f.seen = make(map[string]bool)
	}
	if text := err.Error(); !f.seen[text] {
		f.seen[text] = true
		f.list = append(f.list, err)
	}
}

// try calls do. That it panics is a problem with what was being done; then it returns false.
func (f *findings) try(what string, do func()) (ok bool) {
	defer func() {
		if !ok {
			if v := recover(); v != nil {
				f.add("%s panics: %v%s", what, v, origin())
			} else {
				f.add("%s ends the goroutine", what)
			}
		}
	}()
	do()
	return true
}

// origin tells where the panic that is being recovered began, as far as that is known.
func origin() string {
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers)])
	panicking := false
	for {
		frame, more := frames.Next()
		inRuntime := strings.HasPrefix(frame.Function, "runtime.")
		if panicking && !inRuntime {
			return fmt.Sprintf(" (in %s, %s:%d)", frame.Function, filepath.Base(frame.File), frame.Line)
		}
		panicking = panicking || inRuntime
		if !more {
			return ""
		}
	}
}

// err returns all problems, or nil.
func (f *findings) err() error { return errors.Join(f.list...) }
