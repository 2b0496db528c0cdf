package main

import (
	"fmt"

	"github.com/dustin/go-humanize"

	"assay/internal/machine"
)

// memoryFlag parses --max-memory; nothing stands for what this process may plan to take, and 0 for no limit.
func memoryFlag(s string) (int64, error) {
	if s == "" {
		return machine.Usable(), nil
	}
	n, err := humanize.ParseBytes(s)
	if err != nil || n > 1<<62 {
		return 0, fmt.Errorf("--max-memory: want a size, as in 8GB, got %q", s)
	}
	return int64(n), nil
}
