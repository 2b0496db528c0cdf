package main

import (
	"bufio"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// Use is what nvidia-smi said of the GPU, sampled every 50 ms while its proofs were made.
type Use struct {
	Samples  int     `json:"samples"`
	Mean     float64 `json:"mean_percent"` // of the time in which a kernel ran
	Max      float64 `json:"max_percent"`
	Memory   float64 `json:"max_memory_mib"`
	Watts    float64 `json:"mean_watts"`
	LinkGen  float64 `json:"pcie_generation"`
	LinkWide float64 `json:"pcie_lanes"`
}

// sampler reads nvidia-smi's figures. Without nvidia-smi it has none.
type sampler struct {
	cmd  *exec.Cmd
	done chan struct{}

	mu     sync.Mutex
	active bool
	sum    Use
}

const sampleEvery = 50 * time.Millisecond

func startSampler() *sampler {
	s := &sampler{done: make(chan struct{})}
	s.cmd = exec.Command("nvidia-smi", "--id=0", "--format=csv,noheader,nounits", fmt.Sprintf("--loop-ms=%d", sampleEvery.Milliseconds()),
		"--query-gpu=utilization.gpu,memory.used,power.draw,pcie.link.gen.current,pcie.link.width.current")
	out, err := s.cmd.StdoutPipe()
	if err == nil {
		err = s.cmd.Start()
	}
	if err != nil {
		s.cmd = nil
		close(s.done)
		return s
	}
	go func() {
		defer close(s.done)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			s.take(lines.Text())
		}
	}()
	return s
}

func (s *sampler) take(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var busy, memory, watts, gen, lanes float64
	n, _ := fmt.Sscan(strings.ReplaceAll(line, ",", " "), &busy, &memory, &watts, &gen, &lanes)
	if !s.active || n < 2 {
		return
	}
	u := &s.sum
	u.Samples++
	u.Mean += busy
	u.Watts += watts
	u.Max, u.Memory = max(u.Max, busy), max(u.Memory, memory)
	u.LinkGen, u.LinkWide = max(u.LinkGen, gen), max(u.LinkWide, lanes)
}

// sample says whether what comes next counts.
func (s *sampler) sample(active bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.active = active
}

func (s *sampler) stop() {
	if s.cmd != nil {
		s.cmd.Process.Kill()
		s.cmd.Wait()
		<-s.done
		s.cmd = nil
	}
}

// use gives the figures, nil where there are none.
func (s *sampler) use() *Use {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sum.Samples == 0 {
		return nil
	}
	u := s.sum
	u.Mean /= float64(u.Samples)
	u.Watts /= float64(u.Samples)
	return &u
}
