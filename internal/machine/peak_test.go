package machine

import (
	"os"
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/require"
)

// The peak begins again where the system lets it.
func TestResetPeak(t *testing.T) {
	if _, err := os.Stat("/proc/self/clear_refs"); err != nil {
		t.Skip("no proc file system")
	}
	b := make([]byte, 64<<20)
	for i := range b {
		b[i] = 1
	}
	before := Peak()
	require.GreaterOrEqual(t, before, int64(len(b)))
	b = nil
	debug.FreeOSMemory()
	ResetPeak()
	require.Less(t, Peak(), before-32<<20)
}
