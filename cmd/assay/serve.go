package main

import (
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"assay/bundle"
	"assay/service"
	"assay/service/job"
)

func (a *app) serve() *cobra.Command {
	var cfg service.Config
	var backend backendFlags
	c := &cobra.Command{
		Use:   "serve bundle/ ... --data DIR",
		Short: "Serve models over HTTP: answers at once, proofs as durable jobs",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			device, err := backend.open(a)
			if err != nil {
				return err
			}
			var models []job.Model
			for _, dir := range args {
				b, err := bundle.Open(dir)
				if err != nil {
					return err
				}
				p := a.progress()
				m, err := newServed(b, device, p.report())
				p.end()
				if err != nil {
					return err
				}
				models = append(models, m)
			}
			cfg.Models, cfg.Version = models, version
			cfg.Log = slog.New(slog.NewJSONHandler(a.errOut, nil))
			s, err := service.New(cfg)
			if err != nil {
				return err
			}
			defer s.Close()
			names := make([]string, len(models))
			for i, m := range models {
				names[i] = m.Name()
			}
			if err := a.print(map[string]any{"address": s.Addr().String(), "models": names, "pid": os.Getpid()}, func() {
				a.say("Serving %v on http://%s", names, s.Addr())
				a.say("  ask    POST /v2/models/%s/infer", names[0])
				a.say("  prove  POST /v1/proofs, then GET its Location")
				a.say("  more   GET /openapi.json")
			}); err != nil {
				return err
			}
			ctx, stop := signal.NotifyContext(cmd.Context(), syscall.SIGINT, syscall.SIGTERM)
			defer stop()
			if err := s.Run(ctx); err != nil {
				return fmt.Errorf("serve: %w", err)
			}
			return nil
		},
	}
	backend.register(c)
	f := c.Flags()
	f.StringVar(&cfg.DataDir, "data", "", "folder for jobs and proofs (required)")
	f.StringVar(&cfg.Addr, "addr", "127.0.0.1:8080", "address to listen on; port 0 picks a free one")
	f.IntVar(&cfg.Workers, "workers", 1, "proofs made at a time")
	c.MarkFlagRequired("data")
	return c
}
