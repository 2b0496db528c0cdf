package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"assay/input"
)

// Endings of the files that a batch writes beside each other, after the name of the input.
const (
	proofEnding = ".proof.json"
	saltsEnding = ".salts.json"
)

// stem is the name of an input's file without its extension.
func stem(file string) string {
	return strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
}

// batchFiles lists the files that hold inputs at path, a file or a folder. What a batch writes is none, nor are subfolders,
// pipes and devices.
func batchFiles(path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read inputs: %w", err)
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, fmt.Errorf("read inputs: %w", err)
	}
	var files []string
	for _, e := range entries {
		n := e.Name()
		if strings.HasPrefix(n, ".") || !input.Readable(n) || strings.HasSuffix(n, proofEnding) || strings.HasSuffix(n, saltsEnding) {
			continue
		}
		file := filepath.Join(path, n)
		if info, err := os.Stat(file); err == nil && !info.Mode().IsRegular() {
			continue
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("read inputs: %s: want files with inputs, got none", path)
	}
	return files, nil
}

// saltsFile holds the salts of one proof, in the order of the schema's committed tensors.
type saltsFile struct {
	Salts []string `json:"salts"`
}

// hexSalts writes salts as words.
func hexSalts(salts []fr.Element) []string {
	var out []string
	for _, s := range salts {
		w := s.Bytes()
		out = append(out, "0x"+hex.EncodeToString(w[:]))
	}
	return out
}

// writeSalts stores salts where only the owner reads them.
func (a *app) writeSalts(path string, salts []fr.Element) error {
	enc, err := json.Marshal(saltsFile{hexSalts(salts)})
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return a.outputMode(path, append(enc, '\n'), 0o600)
}

func readSalts(path string) ([]fr.Element, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read salts: %w", err)
	}
	var f saltsFile
	if err := json.Unmarshal(raw, &f); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	out := make([]fr.Element, len(f.Salts))
	for i, s := range f.Salts {
		b, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
		if err != nil || out[i].SetBytesCanonical(b) != nil {
			return nil, fmt.Errorf("read %s: salt %d: want 0x and 64 hexadecimal digits below the field's order, got %q", path, i, s)
		}
	}
	return out, nil
}
