package peer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestMain makes the test program its own child: what the tests start to be stopped.
func TestMain(m *testing.M) {
	switch os.Getenv("PEER_CHILD") {
	case "":
		os.Exit(m.Run())
	case "hoard":
		var kept [][]byte
		for range 4096 {
			b := make([]byte, 1<<20)
			for i := range b {
				b[i] = 1
			}
			kept = append(kept, b)
		}
		fmt.Println(len(kept))
	case "sleep":
		busy(100 * time.Millisecond)
		time.Sleep(time.Hour)
	case "spin":
		busy(time.Hour)
	case "fork":
		c := exec.Command("sleep", "3600")
		c.Stdout = os.Stdout
		c.Run()
	case "fail":
		fmt.Fprintln(os.Stderr, "first\nlast")
		os.Exit(3)
	case "stage":
		if err := runStage(os.Args[1], os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	case "answer":
		fmt.Println(`{"seconds": 1}`)
	}
	os.Exit(0)
}

// busy uses a processor for so long.
func busy(d time.Duration) {
	for start := time.Now(); time.Since(start) < d; {
	}
}

func child(t *testing.T, kind string) *exec.Cmd {
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), "PEER_CHILD="+kind)
	return cmd
}

func TestLimits(t *testing.T) {
	for _, c := range []struct {
		kind, limit string
		lim         Limits
	}{
		{"hoard", "memory", Limits{Memory: 300 << 20, Time: time.Minute}},
		{"sleep", "time", Limits{Memory: 1 << 30, Time: 300 * time.Millisecond}},
		{"fork", "time", Limits{Time: 300 * time.Millisecond}},
		{"sleep", "idleness", Limits{Time: time.Minute, Idle: 2 * time.Second}},
		{"spin", "time", Limits{Time: 4 * time.Second, Idle: 2 * time.Second}},
	} {
		t.Run(c.kind+" "+c.limit, func(t *testing.T) {
			start := time.Now()
			_, _, used, err := runLimited(t.Context(), child(t, c.kind), c.lim)
			var stopped *StoppedError
			require.True(t, errors.As(err, &stopped), "want a limit to end it, got %v", err)
			require.Equal(t, c.limit, stopped.Limit)
			require.Less(t, time.Since(start), 30*time.Second)
			if c.limit == "memory" {
				require.Greater(t, used.peak, c.lim.Memory)
				require.Less(t, used.peak, 2*c.lim.Memory, "it must be stopped soon after the limit")
			}
		})
	}
}

func TestChildEndsByItself(t *testing.T) {
	out, _, used, err := runLimited(t.Context(), child(t, "answer"), Limits{Time: time.Minute, Memory: 1 << 30})
	require.NoError(t, err)
	require.JSONEq(t, `{"seconds": 1}`, string(out))
	require.Less(t, used.seconds, 30.0)

	_, errOut, _, err := runLimited(t.Context(), child(t, "fail"), Limits{})
	var exit *exec.ExitError
	require.True(t, errors.As(err, &exit), "got %v", err)
	require.Equal(t, 3, exit.ExitCode())
	require.Equal(t, "first\nlast\n", string(errOut))
}

func TestInterruption(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	_, _, _, err := runLimited(ctx, child(t, "sleep"), Limits{Time: time.Hour})
	require.ErrorIs(t, err, context.DeadlineExceeded)
}
