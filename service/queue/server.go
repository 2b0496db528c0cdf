package queue

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

const startTimeout = 30 * time.Second

// ErrLocked means that another process has the data folder open.
var ErrLocked = errors.New("data folder is in use by another process")

// Server is a JetStream server inside this process. It listens on no port and syncs every write to disk.
type Server struct {
	nats *server.Server
	conn *nats.Conn
	lock *flock.Flock
}

// Embed starts a server whose state lives under dir, which it creates. It holds a lock on dir until Close;
// ErrLocked if another process has it.
func Embed(dir string, log *slog.Logger) (*Server, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("create data folder: %w", err)
	}
	lock := flock.New(filepath.Join(dir, "lock"))
	held, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock data folder %s: %w", dir, err)
	}
	if !held {
		return nil, fmt.Errorf("lock data folder %s: %w", dir, ErrLocked)
	}
	s := &Server{lock: lock}
	if err := s.start(dir, log); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Server) start(dir string, log *slog.Logger) (err error) {
	s.nats, err = server.NewServer(&server.Options{
		ServerName:             "assay",
		DontListen:             true,
		JetStream:              true,
		StoreDir:               dir,
		SyncAlways:             true,
		NoSigs:                 true,
		DisableJetStreamBanner: true,
	})
	if err != nil {
		return fmt.Errorf("configure embedded queue: %w", err)
	}
	s.nats.SetLoggerV2(logger{log.With("component", "nats")}, false, false, false)
	s.nats.Start()
	if !s.nats.ReadyForConnections(startTimeout) {
		return fmt.Errorf("start embedded queue: not ready after %v", startTimeout)
	}
	s.conn, err = nats.Connect("", nats.InProcessServer(s.nats), nats.Name("assay"))
	if err != nil {
		return fmt.Errorf("connect to embedded queue: %w", err)
	}
	return nil
}

// Conn is the in-process connection. It lives until Close.
func (s *Server) Conn() *nats.Conn { return s.conn }

// Close stops the server, waits until its files are closed, and releases the data folder.
func (s *Server) Close() error {
	if s.conn != nil {
		s.conn.Close()
	}
	if s.nats != nil {
		s.nats.Shutdown()
		s.nats.WaitForShutdown()
	}
	if err := s.lock.Close(); err != nil {
		return fmt.Errorf("unlock data folder: %w", err)
	}
	return nil
}
