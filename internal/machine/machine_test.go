package machine

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLeastKnowsTheUnknown(t *testing.T) {
	for _, c := range [][3]int64{{0, 0, 0}, {0, 5, 5}, {5, 0, 5}, {5, 3, 3}, {3, 5, 3}} {
		require.Equal(t, c[2], least(c[0], c[1]), "%v", c)
	}
}

func TestMemoryIsOfTheMachine(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the system does not tell")
	}
	require.Positive(t, Memory())
	require.LessOrEqual(t, Memory(), This().Memory)
	require.Less(t, Usable(), Memory())
	require.Greater(t, Usable(), Memory()/2)
	require.Positive(t, Peak())
}
