package key

import (
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/stretchr/testify/require"
)

// resident is how many bytes of the file at path are in this process's memory.
func resident(t *testing.T, path string) (bytes int) {
	raw, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	_, mapping, found := strings.Cut(string(raw), path+"\n")
	require.True(t, found)
	_, of, found := strings.Cut(mapping, "\nRss:")
	require.True(t, found)
	_, err = fmt.Sscan(of, &bytes)
	require.NoError(t, err)
	return bytes << 10
}

// A key that was cut short after it was opened is told before anything reads it.
func TestWhole(t *testing.T) {
	path := file(t, encoded(t, sample()))
	f, err := Open(path)
	require.NoError(t, err)
	defer f.Close()
	require.NoError(t, f.Whole())
	require.NoError(t, os.Rename(file(t, []byte("another")), path))
	require.NoError(t, f.Whole(), "another key in its place")

	path = file(t, encoded(t, sample()))
	g, err := Open(path)
	require.NoError(t, err)
	defer g.Close()
	require.NoError(t, os.Truncate(path, 5))
	require.ErrorContains(t, g.Whole(), "written to meanwhile")
}

// What rests takes no memory until it is read, and is the same then. So it is after a file's hash was taken.
func TestRest(t *testing.T) {
	if !native {
		t.Skip("points are copies of the file here")
	}
	pk := sample()
	pk.Domain = *fft.NewDomain(1<<18, fft.WithoutPrecompute())
	pk.G1.Z = make([]bn254.G1Affine, 1<<18-1)
	for i := range pk.G1.Z {
		pk.G1.Z[i].X.SetUint64(uint64(i))
	}
	data := encoded(t, pk)
	path := file(t, data)
	f, err := OpenSum(path, sha256.Sum256(data))
	require.NoError(t, err)
	defer f.Close()
	const all = 1 << 24 // Z's bytes
	require.Less(t, resident(t, path), all/4)
	for range 2 {
		requireSame(t, pk, f.Key)
		require.Greater(t, resident(t, path), all-all/4)
		f.Rest(A, B, K)
		require.Greater(t, resident(t, path), all-all/4)
		f.Rest(Points()...)
		require.Less(t, resident(t, path), all/4)
	}
}
