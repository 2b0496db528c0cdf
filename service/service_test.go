package service_test

import (
	"context"
	"net"
	"net/http"
	"testing"
	"time"

	"assay/service"
	"assay/service/job"
	"assay/service/queue"

	"github.com/stretchr/testify/require"
)

func TestNewRefuses(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer busy.Close()
	for name, c := range map[string]struct {
		change func(*service.Config)
		want   string
	}{
		"no data folder": {func(c *service.Config) { c.DataDir = "" }, "want a data folder"},
		"no models":      {func(c *service.Config) { c.Models = nil }, "want at least one model"},
		"two of a name":  {func(c *service.Config) { c.Models = []job.Model{model(), model()} }, "the name is taken"},
		"bad address":    {func(c *service.Config) { c.Addr = "nowhere" }, "listen: "},
		"busy address":   {func(c *service.Config) { c.Addr = busy.Addr().String() }, "listen: "},
		"no attempts":    {func(c *service.Config) { c.Attempts = -1 }, "want at least 1 attempt"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := config(t.TempDir())
			c.change(&cfg)
			_, err := service.New(cfg)
			require.ErrorContains(t, err, c.want)
			if cfg.DataDir != "" {
				s, err := service.New(config(cfg.DataDir))
				require.NoError(t, err, "a failed New must let go of the data folder")
				require.NoError(t, s.Close())
			}
		})
	}
}

func TestOneServiceADataFolder(t *testing.T) {
	dir := t.TempDir()
	s, err := service.New(config(dir))
	require.NoError(t, err)
	_, err = service.New(config(dir))
	require.ErrorIs(t, err, queue.ErrLocked)
	require.NoError(t, s.Close())
}

func TestRunEndsInOrder(t *testing.T) {
	s, err := service.New(config(t.TempDir()))
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	base := "http://" + s.Addr().String()
	resp, err := http.Get(base + "/readyz")
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusOK, resp.StatusCode)
	cancel()
	select {
	case err := <-done:
		require.NoError(t, err)
	case <-time.After(20 * time.Second):
		t.Fatal("Run did not end")
	}
	_, err = http.Get(base + "/livez")
	require.Error(t, err)
}

func TestSlowBodyIsCutOff(t *testing.T) {
	cfg := config(t.TempDir())
	cfg.RequestTimeout = 300 * time.Millisecond
	s, err := service.New(cfg)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	defer func() {
		cancel()
		require.NoError(t, <-done)
	}()
	conn, err := net.Dial("tcp", s.Addr().String())
	require.NoError(t, err)
	defer conn.Close()
	_, err = conn.Write([]byte("POST /v1/verify HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"))
	require.NoError(t, err)
	require.NoError(t, conn.SetReadDeadline(time.Now().Add(5*time.Second)))
	buf := make([]byte, 4096)
	n, err := conn.Read(buf)
	require.NoError(t, err)
	require.Contains(t, string(buf[:n]), "HTTP/1.1 408 ")
}
