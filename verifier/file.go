package verifier

import (
	"encoding/json"
	"fmt"
	"slices"

	"assay/verifier/fault"
	"assay/verifier/internal/strict"
)

// FileVersion is the version of the verifying key file; a reader refuses every other.
const FileVersion = 1

// Faults of a verifying key file.
var (
	ErrFileVersion = fault.Define("key-file-version", "a verifying key file has a version that this program does not read")
	ErrFileID      = fault.Define("key-file-id", "a verifying key file's id is not that of its key")
)

type keyFile struct {
	Version int          `json:"version"`
	ID      strict.Word  `json:"id"`
	Key     strict.Bytes `json:"key"`
	Schema  Schema       `json:"schema"`
}

// EncodeKey writes a verifying key file: JSON with the key's id, its bytes as in [Key.Bytes], and the
// schema of its values. Equal keys have equal files.
func EncodeKey(k *Key, s *Schema) ([]byte, error) {
	if err := k.Lint(); err != nil {
		return nil, fmt.Errorf("encode key: %w", err)
	}
	if err := k.CheckSchema(s); err != nil {
		return nil, fmt.Errorf("encode key: %w", err)
	}
	f := keyFile{FileVersion, k.ID(), k.Bytes(), Schema{slices.Clone(s.Tensors)}}
	for i := range f.Schema.Tensors { // a scalar's shape is [], never null
		f.Schema.Tensors[i].Shape = append([]int{}, f.Schema.Tensors[i].Shape...)
	}
	b, err := json.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("encode key: %w", err)
	}
	return append(b, '\n'), nil
}

// DecodeKey reads what [EncodeKey] writes. It is as strict as [envelope.Decode], lints the key and checks
// that the schema is the key's.
func DecodeKey(data []byte) (*Key, *Schema, error) {
	var f keyFile
	if err := strict.Unmarshal(data, &f); err != nil {
		return nil, nil, fmt.Errorf("decode key: %w", err)
	}
	if f.Version != FileVersion {
		return nil, nil, fmt.Errorf("decode key: %w", fault.New(ErrFileVersion, "version", FileVersion, f.Version))
	}
	k, err := ParseKey(f.Key)
	if err != nil {
		return nil, nil, fmt.Errorf("decode key: %w", err)
	}
	if id := k.ID(); id != f.ID {
		return nil, nil, fmt.Errorf("decode key: %w", fault.New(ErrFileID, "id", hex(id), hex(f.ID)))
	}
	if err := k.CheckSchema(&f.Schema); err != nil {
		return nil, nil, fmt.Errorf("decode key: %w", err)
	}
	return k, &f.Schema, nil
}
