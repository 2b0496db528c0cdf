package service_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"assay/service"
	"assay/service/job"
	"assay/service/jobtest"

	"github.com/stretchr/testify/require"
)

// childDir, when set, makes the test binary a service on that data folder.
const childDir = "ASSAY_SERVICE_TEST_DIR"

// deadly is a number whose proof kills the process.
const deadly = 1313

const attempts = 40

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := serve(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func model() *jobtest.Model {
	return &jobtest.Model{Label: "add", Rounds: 1_000_000, Before: func(_ context.Context, x []float64) error {
		if x[0] == deadly {
			return syscall.Kill(os.Getpid(), syscall.SIGKILL)
		}
		return nil
	}}
}

func config(dir string) service.Config {
	return service.Config{
		DataDir: dir, Models: []job.Model{model()}, Addr: "127.0.0.1:0", Attempts: attempts, Workers: 2,
		AckWait: 500 * time.Millisecond, RetryDelay: 20 * time.Millisecond,
		Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
	}
}

func serve(dir string) error {
	cfg := config(dir)
	if os.Getenv("ASSAY_SERVICE_TEST_ATTEMPTS") != "" {
		if _, err := fmt.Sscan(os.Getenv("ASSAY_SERVICE_TEST_ATTEMPTS"), &cfg.Attempts); err != nil {
			return err
		}
	}
	s, err := service.New(cfg)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	fmt.Println(s.Addr())
	return s.Run(ctx)
}

// child is a service in a process of its own.
type child struct {
	t    *testing.T
	cmd  *exec.Cmd
	base string
}

func start(t *testing.T, dir string, env ...string) *child {
	t.Helper()
	c := &child{t: t, cmd: exec.Command(os.Args[0])}
	c.cmd.Env = append(append(os.Environ(), childDir+"="+dir), env...)
	c.cmd.Stderr = os.Stderr
	out, err := c.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, c.cmd.Start())
	t.Cleanup(func() {
		if c.cmd.ProcessState == nil {
			c.kill()
		}
	})
	addr, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err, "the child did not come up")
	c.base = "http://" + strings.TrimSpace(addr)
	return c
}

// kill ends the child as a power cut would, and waits until it is gone.
func (c *child) kill() {
	c.t.Helper()
	require.NoError(c.t, c.cmd.Process.Kill())
	c.wait()
}

// wait gives the exit status; -1 for a signal.
func (c *child) wait() int {
	_ = c.cmd.Wait()
	return c.cmd.ProcessState.ExitCode()
}

func (c *child) terminate() int {
	c.t.Helper()
	require.NoError(c.t, c.cmd.Process.Signal(syscall.SIGTERM))
	return c.wait()
}

type proofJob struct {
	ID, State string
	Attempts  int
	Error     *struct{ Code, Detail string }
	Proof     json.RawMessage
	Calldata  string
}

func body(x float64) string {
	return fmt.Sprintf(`{"model":"add","inputs":[{"name":"x","datatype":"FP32","shape":[2],"data":[%v,1]}]}`, x)
}

// submit gives the id of an accepted job, or an error if no answer came.
func (c *child) submit(x float64, key string) (string, error) {
	req, err := http.NewRequest(http.MethodPost, c.base+"/v1/proofs", strings.NewReader(body(x)))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	var j proofJob
	if err := call(req, http.StatusAccepted, &j); err != nil {
		return "", err
	}
	return j.ID, nil
}

func (c *child) get(id string) (j proofJob, err error) {
	req, err := http.NewRequest(http.MethodGet, c.base+"/v1/proofs/"+id, nil)
	if err != nil {
		return j, err
	}
	return j, call(req, http.StatusOK, &j)
}

func (c *child) await(id string) (j proofJob) {
	c.t.Helper()
	require.Eventually(c.t, func() bool {
		var err error
		j, err = c.get(id)
		require.NoError(c.t, err)
		return j.State == "done" || j.State == "failed"
	}, 60*time.Second, 20*time.Millisecond, "job %s", id)
	return j
}

func call(req *http.Request, status int, into any) error {
	client := http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != status {
		return fmt.Errorf("status: want %d, got %s", status, resp.Status)
	}
	return json.NewDecoder(resp.Body).Decode(into)
}
