package work

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
)

func TestEachRunsEveryJobOnce(t *testing.T) {
	for _, workers := range []int{0, 1, 2, 16} {
		for _, n := range []int{0, 1, 5, 1000} {
			seen := make([]atomic.Int32, n)
			var badWorker atomic.Bool
			err := Each(t.Context(), workers, n, func(w, i int) {
				seen[i].Add(1)
				if w < 0 || w >= max(1, workers) {
					badWorker.Store(true)
				}
			})
			if err != nil || badWorker.Load() {
				t.Fatalf("workers %d, n %d: err %v, worker out of range %v", workers, n, err, badWorker.Load())
			}
			for i := range seen {
				if c := seen[i].Load(); c != 1 {
					t.Fatalf("workers %d, n %d: job %d ran %d times", workers, n, i, c)
				}
			}
		}
	}
}

func TestEachStops(t *testing.T) {
	for _, workers := range []int{1, 4} {
		ctx, cancel := context.WithCancel(t.Context())
		var ran atomic.Int32
		err := Each(ctx, workers, 1_000_000, func(_, i int) {
			if ran.Add(1) == 10 {
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("workers %d: err = %v", workers, err)
		}
		if n := ran.Load(); n > 20 {
			t.Errorf("workers %d: %d jobs ran after the context ended at 10", workers, n)
		}
	}
}

func TestOrdered(t *testing.T) {
	for _, workers := range []int{1, 2, 16} {
		for _, n := range []int{0, 1, 7, 5000} {
			want := 0
			err := Ordered(t.Context(), workers, n, func(_, i int) int { return i * i }, func(i, v int) error {
				if i != want || v != i*i {
					t.Fatalf("workers %d: got %d=%d, want index %d", workers, i, v, want)
				}
				want++
				return nil
			})
			if err != nil || want != n {
				t.Fatalf("workers %d, n %d: err %v, consumed %d", workers, n, err, want)
			}
		}
	}
}

func TestOrderedStops(t *testing.T) {
	stop := errors.New("stop")
	err := Ordered(t.Context(), 4, 1000, func(_, i int) int { return i }, func(i, _ int) error {
		if i == 20 {
			return stop
		}
		return nil
	})
	if err != stop {
		t.Errorf("err = %v, want the consumer's", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	err = Ordered(ctx, 4, 1000, func(_, i int) int {
		if i == 50 {
			cancel()
		}
		return i
	}, func(int, int) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v, want context.Canceled", err)
	}
}

func TestGoexit(t *testing.T) {
	for _, workers := range []int{1, 4} {
		exit := func(i int) {
			if i == 3 {
				runtime.Goexit()
			}
		}
		if err := Each(t.Context(), workers, 10, func(_, i int) { exit(i) }); err != ErrGoexit {
			t.Errorf("Each with %d workers: %v", workers, err)
		}
		err := Ordered(t.Context(), workers, 10, func(_, i int) int { exit(i); return i }, func(int, int) error { return nil })
		if err != ErrGoexit {
			t.Errorf("Ordered with %d workers: %v", workers, err)
		}
	}
}

func TestPanicReachesTheCaller(t *testing.T) {
	for _, workers := range []int{1, 4} {
		func() {
			defer func() {
				p, ok := recover().(*Panic)
				if !ok || p.Value != "boom" || !strings.Contains(string(p.Stack), "TestPanicReachesTheCaller") || !strings.HasPrefix(p.Error(), "boom\n\n") {
					t.Errorf("recovered %v", p)
				}
			}()
			_ = Each(t.Context(), workers, 10, func(_, i int) {
				if i == 3 {
					panic("boom")
				}
			})
		}()
	}
}

func TestChunks(t *testing.T) {
	for _, n := range []int{0, 1, 9, 10, 11, 1005} {
		seen := make([]atomic.Int32, n)
		err := Chunks(t.Context(), 3, n, 10, func(_, from, to int) {
			if from >= to || to-from > 10 {
				t.Errorf("a chunk from %d to %d", from, to)
			}
			for i := from; i < to; i++ {
				seen[i].Add(1)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		for i := range seen {
			if c := seen[i].Load(); c != 1 {
				t.Errorf("%d of %d came %d times", i, n, c)
			}
		}
	}
}
