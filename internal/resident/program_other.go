//go:build !linux

package resident

func program() {}
