package suite

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestMain lets this program be the process of a case.
func TestMain(m *testing.M) {
	if os.Getenv("SUITE_CHILD") == "" {
		os.Exit(m.Run())
	}
	switch name := os.Args[1]; {
	case strings.HasPrefix(name, "hang"):
		fmt.Println(`{"stage": "integer"}`)
		time.Sleep(time.Minute)
	case strings.HasPrefix(name, "crash"):
		fmt.Println(`{"stage": "float"}`)
		panic("out of luck")
	case strings.HasPrefix(name, "silent"):
	case strings.HasPrefix(name, "greedy"):
		fmt.Println(`{"stage": "circuit"}`)
		held := make([]byte, 512<<20)
		for i := 0; i < len(held); i += 4096 {
			held[i] = 1
		}
		time.Sleep(time.Second)
		fmt.Printf(`{"outcome": {"name": %q, "status": "pass", "stage": "circuit", "detail": "%d"}}`+"\n", name, held[0])
	default:
		fmt.Printf(`{"outcome": {"name": %q, "status": "pass", "stage": "circuit"}}`+"\n", name)
	}
}

func child(ctx context.Context, c Case) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Args[0], c.Name)
	cmd.Env = append(os.Environ(), "SUITE_CHILD=1")
	return cmd
}

func named(names ...string) (all []Case) {
	for _, n := range names {
		all = append(all, Case{Name: n, Kind: Node})
	}
	return all
}

// A case that hangs, crashes or says nothing has failed at the stage that it was in, and is not the end of the others.
func TestScheduleStopsCases(t *testing.T) {
	done := 0
	s := Schedule{Workers: 3, Limit: 2 * time.Second, Command: child, Done: func(int, Outcome) { done++ }}
	start := time.Now()
	all := s.Run(context.Background(), named("a", "hang", "crash", "silent", "b"))
	require.Less(t, time.Since(start), 20*time.Second)
	require.Equal(t, 5, done)
	require.Len(t, all, 5)
	require.Equal(t, Pass, all[0].Status)
	require.Equal(t, Pass, all[4].Status)
	for i, want := range map[int]struct {
		stage  Stage
		detail string
	}{1: {Integer, "time: stopped after 2s"}, 2: {Float, "out of luck"}, 3: {Import, "without an outcome"}} {
		require.Equal(t, Fail, all[i].Status)
		require.Equal(t, want.stage, all[i].Stage)
		require.Contains(t, all[i].Detail, want.detail)
	}
}

// Cases that need too much memory together run one after the other; one that needs too much alone has failed.
func TestScheduleBoundsMemory(t *testing.T) {
	if resident(os.Getpid()) == 0 {
		t.Skip("this system does not tell the memory of a process")
	}
	cases := named("greedy 1", "greedy 2", "a")
	done := map[int]Outcome{}
	s := Schedule{Workers: 3, Limit: time.Minute, Memory: 800 << 20, Command: child, Done: func(i int, o Outcome) { done[i] = o }}
	all := s.Run(context.Background(), cases)
	require.Len(t, all, 3)
	for _, o := range all {
		require.Equal(t, Pass, o.Status, o.Detail)
	}
	s.Memory = 300 << 20
	all = s.Run(context.Background(), cases)
	require.Equal(t, Fail, all[0].Status)
	require.Equal(t, Circuit, all[0].Stage)
	require.Contains(t, all[0].Detail, "memory")
	require.Equal(t, Pass, all[2].Status)
}

func TestScheduleStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := Schedule{Workers: 1, Limit: time.Minute, Command: child, Done: func(int, Outcome) { cancel() }}
	start := time.Now()
	all := s.Run(ctx, named("a", "hang", "b"))
	require.Less(t, time.Since(start), 20*time.Second)
	require.Len(t, all, 1)
}

// A run goes on where another has stopped, unless the case, the program or the options have changed.
func TestResume(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.onnx")
	require.NoError(t, os.WriteFile(file, []byte("a"), 0o644))
	program := filepath.Join(dir, "program")
	require.NoError(t, os.WriteFile(program, []byte("1"), 0o755))
	cases := []Case{{Name: "a", Path: file, Kind: Model}}
	run := func(opt Options, resume bool) int {
		st, err := OpenState(filepath.Join(dir, "state"), program)
		require.NoError(t, err)
		defer st.Close()
		started := 0
		s := Schedule{Workers: 1, Limit: time.Minute, Command: func(ctx context.Context, c Case) *exec.Cmd {
			started++
			return child(ctx, c)
		}}
		heard := 0
		all, err := s.Resume(context.Background(), cases, st, opt, resume, func(Outcome) { heard++ })
		require.NoError(t, err)
		require.Len(t, all, 1)
		require.Equal(t, 1, heard)
		require.Equal(t, Pass, all[0].Status)
		return started
	}
	require.Equal(t, 1, run(Defaults, true))
	require.Equal(t, 0, run(Defaults, true))
	require.Equal(t, 1, run(Defaults, false))
	require.Equal(t, 1, run(Options{Prove: true}, true))
	require.NoError(t, os.WriteFile(goldenFile(file), []byte("{}"), 0o644))
	require.Equal(t, 1, run(Defaults, true))
	require.NoError(t, os.WriteFile(program, []byte("2"), 0o755))
	require.Equal(t, 1, run(Defaults, true))
	// A line that was cut off is ignored.
	f, err := os.OpenFile(filepath.Join(dir, "state"), os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = f.WriteString(`{"key": "abc", "outco`)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	require.Equal(t, 0, run(Defaults, true))
}
