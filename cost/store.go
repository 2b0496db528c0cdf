package cost

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"assay/internal/replace"
)

// File is where the costs of this machine are kept.
func File() (string, error) {
	if f := os.Getenv("ASSAY_COSTS"); f != "" {
		return f, nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("find costs: %w", err)
	}
	return filepath.Join(dir, "assay", "costs.json"), nil
}

// Local is the model of this machine if it was calibrated, else Reference.
func Local() (*Model, error) {
	file, err := File()
	if err != nil {
		return Reference() // there is no home to keep a calibration in
	}
	raw, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return Reference()
	}
	if err != nil {
		return nil, fmt.Errorf("read costs: %w", err)
	}
	m, err := decode(raw)
	if err != nil {
		return nil, fmt.Errorf("read costs %s: %w: remove it, or run assay calibrate-costs", file, err)
	}
	return m, nil
}

// Save writes m to file, which it replaces whole.
func (m *Model) Save(file string) error {
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("write costs: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return fmt.Errorf("write costs: %w", err)
	}
	return replace.File(file, append(raw, '\n'), 0o644)
}
