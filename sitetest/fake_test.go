package sitetest_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// fake is a testing.TB that only notes what it is told.
type fake struct {
	testing.TB // nil: what is not below is not to be called
	name       string
	log        []string // failures, or after "log: " what is none
	ended      bool
}

// run calls f as a test named TestFake, and returns what came of it.
func run(f func(t testing.TB)) *fake {
	t := &fake{name: "TestFake/part"}
	done := make(chan struct{})
	go func() {
		defer close(done)
		f(t)
	}()
	<-done
	return t
}

func (t *fake) Helper()                  {}
func (t *fake) Name() string             { return t.name }
func (t *fake) Context() context.Context { return context.Background() }

func (t *fake) Errorf(format string, args ...any) {
	t.log = append(t.log, fmt.Sprintf(format, args...))
}
func (t *fake) Logf(format string, args ...any) {
	t.log = append(t.log, "log: "+fmt.Sprintf(format, args...))
}

func (t *fake) Fatalf(format string, args ...any) {
	t.Errorf(format, args...)
	t.ended = true
	runtime.Goexit()
}

func (t *fake) Fatal(args ...any) { t.Fatalf("%s", fmt.Sprint(args...)) }

// text returns all that was noted.
func (t *fake) text() string {
	s := strings.Join(t.log, "\n")
	if t.ended {
		s += "\nended"
	}
	return s
}
