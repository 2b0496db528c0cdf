package tensor

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Parallel calls f for disjoint parts [from, to) of [0, n) of at most grain elements, on all processors. f must not
// write what another part reads or writes.
func Parallel(n, grain int, f func(from, to int)) {
	grain = max(grain, 1)
	parts := (n + grain - 1) / grain
	workers := min(runtime.GOMAXPROCS(0), parts)
	if workers <= 1 {
		if n > 0 {
			f(0, n)
		}
		return
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= parts {
					return
				}
				f(i*grain, min((i+1)*grain, n))
			}
		})
	}
	wait.Wait()
}
