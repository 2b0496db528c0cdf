package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"assay/models"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"assay": func() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// Scripts run the program on the bundled tabular model, which is small.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			m, err := models.Get("cancer")
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(e.WorkDir, "cancer.onnx"), m.ONNX, 0o644); err != nil {
				return err
			}
			for _, f := range []string{"cancer_calibration.npz", "cancer_test.npz"} {
				b, err := os.ReadFile(filepath.Join("..", "..", "models", f))
				if err != nil {
					return err
				}
				if err := os.WriteFile(filepath.Join(e.WorkDir, f), b, 0o644); err != nil {
					return err
				}
			}
			return nil
		},
	})
}
