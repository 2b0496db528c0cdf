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

func TestSameMachine(t *testing.T) {
	m := Machine{CPU: "a", Cores: 2, Memory: 3, OS: "linux/amd64", Go: "1", Commit: "x"}
	n := m
	n.Commit, n.Go = "y", "2"
	require.True(t, m.Same(n))
	for _, other := range []Machine{{"b", 2, 3, m.OS, "1", "x"}, {"a", 3, 3, m.OS, "1", "x"}, {"a", 2, 4, m.OS, "1", "x"}, {"a", 2, 3, "linux/arm64", "1", "x"}} {
		require.False(t, m.Same(other), "%v", other)
	}
}
