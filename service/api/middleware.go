package api

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"regexp"
	"runtime/debug"
	"time"

	"assay/service/metrics"

	"github.com/gin-gonic/gin"
)

const requestHeader = "X-Request-Id"

type requestKey struct{}

var validRequest = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// identify gives each request an id, the client's own if it is fit for a log, and says it in the answer.
func identify(c *gin.Context) {
	id := c.GetHeader(requestHeader)
	if !validRequest.MatchString(id) {
		id = rand.Text()
	}
	c.Header(requestHeader, id)
	c.Header("X-Content-Type-Options", "nosniff")
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), requestKey{}, id))
}

func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

// observe logs and counts each request under its route's pattern.
func observe(m *metrics.Metrics, log *slog.Logger) gin.HandlerFunc {
	return func(c *gin.Context) {
		start := time.Now()
		c.Next()
		took := time.Since(start)
		route := c.FullPath()
		if route == "" {
			route = "none"
		}
		m.Request(method(c.Request.Method), route, c.Writer.Status(), took)
		log.InfoContext(c.Request.Context(), "request",
			"request", requestID(c.Request.Context()), "method", c.Request.Method, "path", c.Request.URL.Path,
			"status", c.Writer.Status(), "bytes", max(c.Writer.Size(), 0), "took", took, "from", c.Request.RemoteAddr)
	}
}

// method bounds the label: a client may send any word.
func method(m string) string {
	switch m {
	case "GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS":
		return m
	default:
		return "other"
	}
}

// recovered turns a panic into an internal error.
func recovered(log *slog.Logger) gin.HandlerFunc {
	return func(c *gin.Context) {
		defer func() {
			if p := recover(); p != nil {
				log.ErrorContext(c.Request.Context(), "request panicked",
					"request", requestID(c.Request.Context()), "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
				if !c.Writer.Written() {
					refuse(c, CodeInternal, "the service failed; its log has the reason")
				}
			}
		}()
		c.Next()
	}
}

// limit ends a request's context after timeout.
func limit(timeout time.Duration) gin.HandlerFunc {
	return func(c *gin.Context) {
		ctx, cancel := context.WithTimeout(c.Request.Context(), timeout)
		defer cancel()
		c.Request = c.Request.WithContext(ctx)
		c.Next()
	}
}
