package service

import (
	"errors"
	"log/slog"
	"time"

	"assay/service/job"
)

// Config is what a service is made of. The zero value of each optional field stands for its default.
type Config struct {
	DataDir string      // where all state lives; required
	Models  []job.Model // what is offered; at least one

	Addr           string        // to listen on; default 127.0.0.1:8080
	Version        string        // of the program, as clients see it; default "dev"
	Workers        int           // proofs made at a time; default 1
	Attempts       int           // how often a job may be begun; default 3
	AckWait        time.Duration // how long a silent worker keeps its job; default 30 s
	RetryDelay     time.Duration // between attempts; default 2 s
	Retention      time.Duration // how long an untouched job is kept; default 7 days, negative for ever
	RequestTimeout time.Duration // of one request, body included; default 60 s
	ShutdownGrace  time.Duration // for requests and provers to end; default 10 s
	MaxBody        int64         // bytes of a request body; default 16 MiB
	Log            *slog.Logger  // default slog.Default()
}

func (c Config) complete() (Config, error) {
	if c.DataDir == "" {
		return c, errors.New("service config: want a data folder")
	}
	if len(c.Models) == 0 {
		return c, errors.New("service config: want at least one model")
	}
	def(&c.Addr, "127.0.0.1:8080")
	def(&c.Version, "dev")
	def(&c.Workers, 1)
	def(&c.Attempts, 3)
	def(&c.AckWait, 30*time.Second)
	def(&c.RetryDelay, 2*time.Second)
	def(&c.Retention, 7*24*time.Hour)
	def(&c.RequestTimeout, time.Minute)
	def(&c.ShutdownGrace, 10*time.Second)
	def(&c.MaxBody, 16<<20)
	def(&c.Log, slog.Default())
	return c, nil
}

func def[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}
