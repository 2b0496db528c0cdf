package optest

import (
	"runtime"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Bounds on what refusing a bad input may take.
const (
	FrugalTime   = time.Second
	FrugalMemory = 100 << 20
)

// Frugal runs f and checks that it returns within FrugalTime, or on a machine with other work that it uses no more
// processor time than that, and that it holds at most FrugalMemory more than before. Much of what f allocates may be
// garbage: it runs again, up to three times, when a quick look does not settle it.
func Frugal(t testing.TB, f func()) {
	t.Helper()
	start, before := time.Now(), allocated()
	f()
	if time.Since(start) <= FrugalTime && allocated()-before <= FrugalMemory {
		return
	}
	var took time.Duration
	var held uint64
	for range 3 {
		if took, held = measure(f); took <= FrugalTime && held <= FrugalMemory {
			return
		}
	}
	require.LessOrEqual(t, took, FrugalTime, "time")
	require.LessOrEqual(t, held, uint64(FrugalMemory), "bytes held")
}

// allocated is how many bytes were ever allocated.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// measure gives the time that f takes and the most memory of objects that is seen while it runs.
func measure(f func()) (took time.Duration, held uint64) {
	runtime.GC()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	before := sample[0].Value.Uint64()
	stop, peak := make(chan struct{}), make(chan uint64)
	go func() {
		most := before
		for {
			metrics.Read(sample)
			most = max(most, sample[0].Value.Uint64())
			select {
			case <-stop:
				peak <- most - before
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	start, busy := time.Now(), cpuTime()
	f()
	took = min(time.Since(start), cpuTime()-busy)
	close(stop)
	return took, <-peak
}
