package optest

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Export writes every registered case that must be proven as a folder under dir in the layout of ONNX's node tests:
// model.onnx, test_data_set_0/input_I.pb and output_I.pb. What dir held before is removed. It gives how many there are.
func Export(dir string) (int, error) {
	if err := os.RemoveAll(dir); err != nil {
		return 0, fmt.Errorf("export cases: %w", err)
	}
	n := 0
	for _, op := range slices.Sorted(maps.Keys(cases)) {
		for i, c := range cases[op] {
			if c.Err != "" || c.Lower != "" {
				continue
			}
			name := fmt.Sprintf("%s_%d", strings.ToLower(op), i)
			if c.Name != "" {
				name += "_" + strings.ReplaceAll(plain.Replace(c.Name), " ", "_")
			}
			if err := c.export(op, filepath.Join(dir, name)); err != nil {
				return n, fmt.Errorf("export case %s: %w", name, err)
			}
			n++
		}
	}
	return n, nil
}

var plain = strings.NewReplacer("/", "-", "\\", "-", ":", "-")

func (c Case) export(op, dir string) error {
	data := filepath.Join(dir, "test_data_set_0")
	if err := os.MkdirAll(data, 0o755); err != nil {
		return err
	}
	files := map[string][]byte{filepath.Join(dir, "model.onnx"): c.Model(op, false).Marshal()}
	inputs := 0
	for _, x := range c.In {
		if x.Value != nil && !x.Fixed {
			files[filepath.Join(data, fmt.Sprintf("input_%d.pb", inputs))] = x.Marshal()
			inputs++
		}
	}
	for i, y := range c.Out {
		files[filepath.Join(data, fmt.Sprintf("output_%d.pb", i))] = y.Marshal()
	}
	for name, b := range files {
		if err := os.WriteFile(name, b, 0o644); err != nil {
			return err
		}
	}
	return nil
}
