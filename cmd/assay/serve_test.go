package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"assay/compile"
	"assay/input"
	"assay/models"
	"assay/pipeline"
	"assay/service/oip"
)

// server is a child process of assay serve.
type server struct {
	cmd *exec.Cmd
	url string
}

func startServer(t *testing.T, bundle, data string) *server {
	t.Helper()
	cmd := exec.Command("assay", "serve", bundle, "--data", data, "--addr", "127.0.0.1:0", "--json")
	cmd.Stderr = io.Discard
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		cmd.Process.Signal(syscall.SIGKILL)
		cmd.Wait()
	})
	var hello struct{ Address string }
	require.NoError(t, json.NewDecoder(bufio.NewReader(out)).Decode(&hello))
	return &server{cmd, "http://" + hello.Address}
}

func (s *server) kill(t *testing.T) {
	require.NoError(t, s.cmd.Process.Signal(syscall.SIGKILL))
	s.cmd.Wait()
}

func (s *server) post(t *testing.T, path string, body any) (*http.Response, []byte) {
	t.Helper()
	b, err := json.Marshal(body)
	require.NoError(t, err)
	res, err := http.Post(s.url+path, "application/json", bytes.NewReader(b))
	require.NoError(t, err)
	defer res.Body.Close()
	got, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res, got
}

// A proof that was accepted is made, once, by a real prover, though the process is killed right after it was accepted
// and again while it works.
func TestServeProvesAcrossKills(t *testing.T) {
	m, err := models.Get("cancer")
	require.NoError(t, err)
	c, err := pipeline.Quantize(pipeline.Request{Name: "cancer", ONNX: m.ONNX,
		Samples: func([]input.Spec) ([]compile.Sample, error) { return m.Calibration, nil }}, nil)
	require.NoError(t, err)
	dir := t.TempDir()
	b, err := c.Build(filepath.Join(dir, "bundle"), nil)
	require.NoError(t, err)
	require.NoError(t, pipeline.SetupInsecure(b, nil))
	data := filepath.Join(dir, "data")

	x, err := oip.Encode("features", "FP32", m.Samples[0].Inputs["features"])
	require.NoError(t, err)
	s := startServer(t, b.Dir, data)
	res, body := s.post(t, "/v2/models/cancer/infer", map[string]any{"inputs": []any{x}})
	require.Equal(t, http.StatusOK, res.StatusCode, string(body))
	require.Contains(t, string(body), "logits")

	var locations []string
	for range 3 {
		res, body := s.post(t, "/v1/proofs", map[string]any{"model": "cancer", "inputs": []any{x}})
		require.Equal(t, http.StatusAccepted, res.StatusCode, string(body))
		locations = append(locations, res.Header.Get("Location"))
	}
	s.kill(t)
	s = startServer(t, b.Dir, data)
	time.Sleep(50 * time.Millisecond)
	s.kill(t)
	s = startServer(t, b.Dir, data)
	for _, l := range locations {
		proof := s.wait(t, l)
		res, body := s.post(t, "/v1/verify", map[string]any{"model": "cancer", "proof": proof})
		require.Equal(t, http.StatusOK, res.StatusCode, string(body))
		require.Contains(t, string(body), `"valid":true`)
	}
}

// wait polls a proof until it is done, and gives its envelope.
func (s *server) wait(t *testing.T, location string) json.RawMessage {
	t.Helper()
	if !strings.HasPrefix(location, "http") {
		location = s.url + location
	}
	deadline := time.Now().Add(2 * time.Minute)
	for time.Now().Before(deadline) {
		res, err := http.Get(location)
		require.NoError(t, err)
		var job struct {
			State  string          `json:"state"`
			Result json.RawMessage `json:"result"`
			Proof  json.RawMessage `json:"proof"`
			Error  json.RawMessage `json:"error"`
		}
		raw, err := io.ReadAll(res.Body)
		res.Body.Close()
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(raw, &job), string(raw))
		switch job.State {
		case "done":
			require.NotEmpty(t, job.Proof, string(raw))
			return job.Proof
		case "failed":
			t.Fatalf("job failed: %s", raw)
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%s was not done in time", location)
	return nil
}
