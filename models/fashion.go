package models

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"assay/ir/tensor"
)

// FashionDir is where Debian's package dataset-fashion-mnist puts its files.
const FashionDir = "/usr/share/datasets/fashion-mnist"

// FashionTest reads the 10,000 test images of Fashion-MNIST (Xiao, Rasul, Vollgraf, arXiv:1708.07747) from the IDX files
// in dir, as inputs of the bundled LeNet-5: 1x1x28x28, pixels times 1/255.
func FashionTest(dir string) ([]Sample, error) {
	images, err := readIDX(filepath.Join(dir, "t10k-images-idx3-ubyte.gz"), 3)
	if err != nil {
		return nil, err
	}
	labels, err := readIDX(filepath.Join(dir, "t10k-labels-idx1-ubyte.gz"), 1)
	if err != nil {
		return nil, err
	}
	n, size := images.dims[0], images.dims[1]*images.dims[2]
	if images.dims[1] != 28 || images.dims[2] != 28 {
		return nil, fmt.Errorf("read fashion-mnist: want images of 28x28, got %dx%d", images.dims[1], images.dims[2])
	}
	if labels.dims[0] != n {
		return nil, fmt.Errorf("read fashion-mnist: %d images, %d labels", n, labels.dims[0])
	}
	out := make([]Sample, n)
	for i := range out {
		if labels.data[i] > 9 {
			return nil, fmt.Errorf("read fashion-mnist: label %d: want 0 to 9, got %d", i, labels.data[i])
		}
		x := tensor.New[float64](tensor.Shape{1, 1, images.dims[1], images.dims[2]})
		for j, p := range images.data[i*size : (i+1)*size] {
			x.Data[j] = float64(float32(p) / 255)
		}
		out[i] = Sample{map[string]*tensor.Float{"image": x}, int(labels.data[i])}
	}
	return out, nil
}

// idx is a file of unsigned bytes in the IDX format.
type idx struct {
	dims []int
	data []byte
}

// maxIDX bounds the elements of an IDX file.
const maxIDX = 1 << 28

func readIDX(path string, rank int) (*idx, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read fashion-mnist: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	var magic [4]byte
	if _, err := io.ReadFull(z, magic[:]); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if want := [4]byte{0, 0, 8, byte(rank)}; magic != want {
		return nil, fmt.Errorf("read %s: want magic %x, got %x", path, want, magic)
	}
	x, n := &idx{}, 1
	for range rank {
		var d uint32
		if err := binary.Read(z, binary.BigEndian, &d); err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		if d == 0 || int64(n)*int64(d) > maxIDX {
			return nil, fmt.Errorf("read %s: want 1 to %d elements", path, maxIDX)
		}
		n *= int(d)
		x.dims = append(x.dims, int(d))
	}
	x.data = make([]byte, n)
	if _, err := io.ReadFull(z, x.data); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	rest, err := io.Copy(io.Discard, io.LimitReader(z, 1)) // at the end, gzip checks its sum
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if rest != 0 {
		return nil, fmt.Errorf("read %s: want %d elements, got more", path, n)
	}
	return x, nil
}
