// Package work runs numbered jobs on several goroutines, so that results do
// not depend on how many there are.
package work

import (
	"context"
	"sync"
	"sync/atomic"
)

// Each calls do for every i from 0 to n-1, each once, on up to workers
// goroutines; worker, from 0, tells which one is calling. It stops handing
// out jobs once ctx is done, waits for the running ones, and returns
// ctx's error, if any.
func Each(ctx context.Context, workers, n int, do func(worker, i int)) error {
	workers = max(1, min(workers, n))
	if workers == 1 {
		for i := range n {
			if err := ctx.Err(); err != nil {
				return err
			}
			do(0, i)
		}
		return ctx.Err()
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(w, i)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// Ordered calls produce for every i from 0 to n-1 on up to workers goroutines,
// and consume with each result in order of i, one at a time, on the calling
// goroutine. Producers run ahead of consume by a bounded number of jobs.
// It stops at consume's first error and returns it, or ctx's error.
func Ordered[T any](ctx context.Context, workers, n int, produce func(worker, i int) T, consume func(i int, v T) error) error {
	workers = max(1, min(workers, n))
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ahead := 8 * workers
	slots := make([]chan T, ahead)
	for i := range slots {
		slots[i] = make(chan T, 1)
	}
	room := make(chan struct{}, ahead)
	var next atomic.Int64
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	for w := range workers {
		wg.Go(func() {
			for {
				select {
				case room <- struct{}{}:
				case <-ctx.Done():
					return
				}
				i := int(next.Add(1)) - 1
				if i >= n || ctx.Err() != nil {
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
			return ctx.Err()
		}
	}
	return ctx.Err()
}
