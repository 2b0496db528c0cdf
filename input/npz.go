package input

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
)

func init() { register(".npz", decodeNPZ) }

// decodeNPZ reads the arrays of an archive, named after the model inputs, or arr_0, arr_1 ... in their order.
func decodeNPZ(b []byte, specs []Spec, opt Options) ([]Sample, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, refuse(CodeFormat, "a zip archive", "%v", err)
	}
	if len(z.File) != len(specs) {
		return nil, refuse(CodeName, fmt.Sprintf("%d arrays, for %s", len(specs), names(specs)), "%d", len(z.File))
	}
	left := opt.maxValues()
	arrays := make([]array, len(z.File))
	for i, f := range z.File {
		name, ok := strings.CutSuffix(f.Name, ".npy")
		if !ok {
			return nil, refuse(CodeFormat, "an archive of .npy files", "%q", f.Name)
		}
		body, err := inflate(f, left)
		if err != nil {
			return nil, about(err, name)
		}
		if arrays[i], err = readNPY(body, left); err != nil {
			return nil, about(err, name)
		}
		arrays[i].name = name
		left -= len(arrays[i].data)
	}
	return assemble(arrays, specs, opt)
}

// inflate reads a member of an archive that holds at most so many numbers. It trusts no declared size.
func inflate(f *zip.File, values int) ([]byte, error) {
	limit := int64(values)*8 + maxNPYHeader
	r, err := f.Open()
	if err != nil {
		return nil, refuse(CodeFormat, "a readable member", "%v", err)
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, refuse(CodeFormat, "a readable member", "%v", err)
	case int64(len(b)) > limit:
		return nil, refuse(CodeLimit, fmt.Sprintf("at most %d bytes", limit), "more")
	}
	return b, nil
}
