// Package metrics is what the service counts, for Prometheus.
package metrics

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Proofs take from milliseconds to an hour, requests from a tenth of a millisecond to a minute.
var (
	jobBuckets  = prometheus.ExponentialBuckets(0.01, 2.5, 15)
	httpBuckets = prometheus.ExponentialBuckets(0.0001, 4, 10)
)

// Metrics holds the collectors of one service, in a registry of their own.
type Metrics struct {
	registry *prometheus.Registry
	stages   *prometheus.HistogramVec
	jobs     *prometheus.HistogramVec
	requests *prometheus.HistogramVec
}

// Gauge is a number that is read when metrics are scraped; its error fails the scrape.
type Gauge struct {
	Name, Help string
	Read       func(context.Context) (int, error)
}

// New registers the collectors.
func New(gauges ...Gauge) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		stages: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "assay_job_stage_seconds", Help: "Time in each stage of a job's attempts, by outcome.", Buckets: jobBuckets,
		}, []string{"kind", "stage", "outcome"}),
		jobs: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "assay_job_seconds", Help: "Time from acceptance of a job to its final state.", Buckets: jobBuckets,
		}, []string{"kind", "outcome"}),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "assay_http_request_seconds", Help: "Time to answer HTTP requests.", Buckets: httpBuckets,
		}, []string{"method", "route", "status"}),
	}
	m.registry.MustRegister(m.stages, m.jobs, m.requests,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, g := range gauges {
		m.registry.MustRegister(gauge{prometheus.NewDesc(g.Name, g.Help, nil, nil), g.Read})
	}
	return m
}

// Stage implements job.Observer.
func (m *Metrics) Stage(kind, stage, outcome string, took time.Duration) {
	m.stages.WithLabelValues(kind, stage, outcome).Observe(took.Seconds())
}

// Finished implements job.Observer.
func (m *Metrics) Finished(kind, outcome string, took time.Duration) {
	m.jobs.WithLabelValues(kind, outcome).Observe(took.Seconds())
}

// Request counts an answered HTTP request. route is the pattern, not the path.
func (m *Metrics) Request(method, route string, status int, took time.Duration) {
	m.requests.WithLabelValues(method, route, strconv.Itoa(status)).Observe(took.Seconds())
}

// Handler serves the metrics in Prometheus's text form.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

const readTime = 5 * time.Second

type gauge struct {
	desc *prometheus.Desc
	read func(context.Context) (int, error)
}

func (g gauge) Describe(c chan<- *prometheus.Desc) { c <- g.desc }

func (g gauge) Collect(c chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), readTime)
	defer cancel()
	v, err := g.read(ctx)
	if err != nil {
		c <- prometheus.NewInvalidMetric(g.desc, err)
		return
	}
	c <- prometheus.MustNewConstMetric(g.desc, prometheus.GaugeValue, float64(v))
}
