package cpu

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/stretchr/testify/require"
)

// Room beyond the values may hold those of an earlier proof.
func TestPadded(t *testing.T) {
	v := make([]fr.Element, 8)
	for i := range v {
		v[i].SetUint64(9)
	}
	got := padded(v[:3], 6)
	require.Len(t, got, 6)
	require.True(t, got[3].IsZero() && got[5].IsZero())
	require.Equal(t, v[0], padded(v[:3], 20)[2])
}
