package startup

import (
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Nothing goes on after the end.
func TestEnd(t *testing.T) {
	before := runtime.NumGoroutine()
	End()
	for deadline := time.Now().Add(time.Minute); runtime.NumGoroutine() >= before; time.Sleep(time.Millisecond) {
		require.True(t, time.Now().Before(deadline), "it goes on")
	}
}
