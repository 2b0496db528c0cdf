package setup

import (
	"runtime"
	"sync"
)

// each runs f for the parts of 0 to n-1 that have size elements, the last less, on all processors.
func each(n, size int, f func(from, to int)) {
	parts := make(chan int)
	var done sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (n+size-1)/size) {
		done.Go(func() {
			for from := range parts {
				f(from, min(from+size, n))
			}
		})
	}
	for from := 0; from < n; from += size {
		parts <- from
	}
	close(parts)
	done.Wait()
}
