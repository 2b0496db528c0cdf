// Package optest tests ONNX operators: it builds one-node models on the wire, imports and runs them, and compares
// with wanted outputs.
package optest

import (
	"os"
	"path/filepath"
	"testing"
)

// Shared is a path under the folder of models and test data that is kept beside the repository: that of
// ASSAY_SHARED, else a sibling named shared. The test is skipped where there is none.
func Shared(t testing.TB, elem ...string) string {
	t.Helper()
	root := os.Getenv("ASSAY_SHARED")
	if root == "" {
		dir, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		for {
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				break
			}
			up := filepath.Dir(dir)
			if up == dir {
				t.Fatal("find repository: no go.mod above the working directory")
			}
			dir = up
		}
		root = filepath.Join(filepath.Dir(dir), "shared")
	}
	path := filepath.Join(append([]string{root}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no shared test data: %v", err)
	}
	return path
}
