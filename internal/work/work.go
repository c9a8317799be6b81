// Package work runs numbered jobs on several goroutines, so that results do
// not depend on how many there are.
package work

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// Panic is what a function of this package panics with when a job has panicked on another goroutine.
type Panic struct {
	Value any
	Stack []byte // of the job's goroutine
}

func (p *Panic) Error() string { return fmt.Sprintf("%v\n\n%s", p.Value, p.Stack) }

// ErrGoexit is returned when a job ended its goroutine with runtime.Goexit, as
// testing's FailNow does, so that not all jobs are done.
var ErrGoexit = errors.New("a job ended its goroutine (runtime.Goexit)")

// Each calls do for every i from 0 to n-1, each once, on up to workers
// goroutines; worker, from 0, tells which one is calling. It stops handing
// out jobs once ctx is done, waits for the running ones, and returns
// ctx's error, if any. A panic of a job becomes one of Each, with a [*Panic].
func Each(ctx context.Context, workers, n int, do func(worker, i int)) error {
	workers = max(1, min(workers, n))
	var next, done atomic.Int64
	var wg sync.WaitGroup
	var panics atomic.Pointer[Panic]
	for w := range workers {
		wg.Go(func() {
			defer keepPanic(&panics)
			for ctx.Err() == nil && panics.Load() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(w, i)
				done.Add(1)
			}
		})
	}
	wg.Wait()
	if p := panics.Load(); p != nil {
		panic(p)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if int(done.Load()) < n {
		return ErrGoexit
	}
	return nil
}

// Chunks is [Each] for many small jobs: it calls do for those from one number to before another one, size
// at a time.
func Chunks(ctx context.Context, workers, n, size int, do func(worker, from, to int)) error {
	return Each(ctx, workers, (n+size-1)/size, func(worker, i int) { do(worker, i*size, min(n, (i+1)*size)) })
}

// keepPanic keeps a panic, so that it can go on where the caller can recover it.
func keepPanic(kept *atomic.Pointer[Panic]) {
	switch r := recover().(type) {
	case nil:
	case *Panic: // of a job of this one
		kept.CompareAndSwap(nil, r)
	default:
		kept.CompareAndSwap(nil, &Panic{r, debug.Stack()})
	}
}

// Ordered calls produce for every i from 0 to n-1 on up to workers goroutines,
// and consume with each result in order of i, one at a time, on the calling
// goroutine. Producers run ahead of consume by a bounded number of jobs.
// It stops at consume's first error and returns it, or ctx's error. A panic of produce becomes
// one of Ordered, with a [*Panic].
func Ordered[T any](ctx context.Context, workers, n int, produce func(worker, i int) T, consume func(i int, v T) error) error {
	workers = max(1, min(workers, n))
	ctx, cancel := context.WithCancelCause(ctx)
	ahead := 8 * workers
	slots := make([]chan T, ahead)
	for i := range slots {
		slots[i] = make(chan T, 1)
	}
	room := make(chan struct{}, ahead)
	var next atomic.Int64
	var wg sync.WaitGroup
	var panics atomic.Pointer[Panic]
	defer func() {
		cancel(nil)
		wg.Wait()
		if p := panics.Load(); p != nil {
			panic(p)
		}
	}()
	for w := range workers {
		wg.Go(func() {
			ended := false
			defer func() {
				if !ended {
					cancel(ErrGoexit)
				}
			}()
			defer keepPanic(&panics)
			for {
				select {
				case room <- struct{}{}:
				case <-ctx.Done():
					ended = true
					return
				}
				i := int(next.Add(1)) - 1
				if i >= n || ctx.Err() != nil {
					ended = true
					return
				}
				slots[i%ahead] <- produce(w, i)
			}
		})
	}
	for i := range n {
		select {
		case v := <-slots[i%ahead]:
			if err := consume(i, v); err != nil {
				return err
			}
			<-room
		case <-ctx.Done():
			if context.Cause(ctx) == ErrGoexit {
				return ErrGoexit
			}
			return ctx.Err()
		}
	}
	return ctx.Err()
}
