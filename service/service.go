// Package service is Assay over HTTP: the answers of models at once, their proofs as durable jobs.
//
// This package is wiring and lifecycle only. The queue and its embedded JetStream server are in queue, records and
// artifacts in store, the kinds of jobs in job, the routes in api.
package service

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"assay/service/api"
	"assay/service/job"
	"assay/service/metrics"
	"assay/service/queue"
)

// startTime bounds the opening of streams and buckets.
const startTime = 30 * time.Second

// Service is the API and its workers in one process.
type Service struct {
	cfg      Config
	server   *queue.Server
	queue    *queue.Queue
	runners  []*job.Runner
	listener net.Listener
	http     *http.Server
	draining atomic.Bool
}

// New opens the data folder and listens; nothing is served or worked on before Run. queue.ErrLocked if another
// process has the folder.
func New(cfg Config) (*Service, error) {
	cfg, err := cfg.complete()
	if err != nil {
		return nil, err
	}
	s := &Service{cfg: cfg}
	if err := s.open(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Service) open() (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), startTime)
	defer cancel()
	cfg := s.cfg
	models, err := job.NewModels(cfg.Models...)
	if err != nil {
		return err
	}
	if s.server, err = queue.Embed(cfg.DataDir, cfg.Log); err != nil {
		return err
	}
	if s.queue, err = queue.New(ctx, s.server.Conn(), queue.Config{AckWait: cfg.AckWait, RetryDelay: cfg.RetryDelay}); err != nil {
		return err
	}
	board, err := job.OpenBoard(ctx, s.queue, max(cfg.Retention, 0))
	if err != nil {
		return err
	}
	m := metrics.New(
		metrics.Gauge{Name: "assay_queue_depth", Help: "Jobs that wait or run.", Read: s.queue.Depth},
		metrics.Gauge{Name: "assay_dead_letters", Help: "Jobs that were given up.", Read: s.queue.Buried},
	)
	for _, kind := range job.Kinds() {
		r, err := job.NewRunner(board, kind, models, cfg.Attempts, m, cfg.Log)
		if err != nil {
			return err
		}
		s.runners = append(s.runners, r)
	}
	s.http = &http.Server{
		Handler: api.New(api.Config{
			Models: models, Board: board, Metrics: m, Log: cfg.Log, Version: cfg.Version,
			MaxBody: cfg.MaxBody, Timeout: cfg.RequestTimeout, Ready: s.ready,
		}),
		ReadHeaderTimeout: 10 * time.Second,
		WriteTimeout:      cfg.RequestTimeout + 5*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(cfg.Log.Handler(), slog.LevelWarn),
	}
	if s.listener, err = net.Listen("tcp", cfg.Addr); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	return nil
}

// Addr is where the service listens.
func (s *Service) Addr() net.Addr { return s.listener.Addr() }

func (s *Service) ready(ctx context.Context) error {
	if s.draining.Load() {
		return errors.New("shutting down")
	}
	return s.queue.Ready(ctx)
}

// Run serves and works until ctx ends, then shuts down: requests in flight are answered, jobs in work go back to
// the queue, and the data folder is closed. It returns nil after an orderly end.
func (s *Service) Run(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)

	var wg sync.WaitGroup
	for _, r := range s.runners {
		wg.Go(func() {
			if err := r.Work(ctx, s.cfg.Workers); err != nil {
				stop(fmt.Errorf("work: %w", err))
			}
		})
	}
	wg.Go(func() {
		if err := s.http.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
			stop(fmt.Errorf("serve: %w", err))
		}
	})
	s.cfg.Log.Info("serving", "addr", s.Addr().String(), "data", s.cfg.DataDir)

	<-ctx.Done()
	s.draining.Store(true)
	s.cfg.Log.Info("shutting down")
	err := errors.Join(s.drain(&wg), s.Close())
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) && !errors.Is(cause, context.DeadlineExceeded) {
		err = errors.Join(cause, err)
	}
	return err
}

// drain waits for requests and provers, no longer than the grace, and for the workers, which end by themselves.
func (s *Service) drain(workers *sync.WaitGroup) error {
	ctx, cancel := context.WithTimeout(context.Background(), s.cfg.ShutdownGrace)
	defer cancel()
	var errs []error
	if err := s.http.Shutdown(ctx); err != nil {
		errs = append(errs, fmt.Errorf("drain requests: %w", err), s.http.Close())
	}
	workers.Wait()
	for _, r := range s.runners {
		errs = append(errs, r.Drain(ctx))
	}
	return errors.Join(errs...)
}

// Close gives up what New opened. Run does so itself.
func (s *Service) Close() error {
	var errs []error
	if s.listener != nil {
		if err := s.listener.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			errs = append(errs, fmt.Errorf("close listener: %w", err))
		}
	}
	if s.server != nil {
		errs = append(errs, s.server.Close())
	}
	return errors.Join(errs...)
}
