package benchmarks

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

// Short setups count by their median, the first says whether they are short, and an error is none of them.
func TestTypical(t *testing.T) {
	made := 0
	of := func(seconds ...float64) func(string) (*Keys, error) {
		made = 0
		return func(string) (*Keys, error) {
			made++
			if made > len(seconds) {
				return nil, errors.New("no keys")
			}
			return &Keys{Seconds: seconds[made-1], Peak: int64(made)}, nil
		}
	}
	k, err := typical("", of(0.3, 0.1, 0.2))
	require.NoError(t, err)
	require.Equal(t, &Keys{Seconds: 0.2, Peak: 3}, k)
	k, err = typical("", of(1.9, 2.5, 1.8))
	require.NoError(t, err)
	require.Equal(t, 1.9, k.Seconds)
	k, err = typical("", of(2, 1))
	require.NoError(t, err)
	require.Equal(t, 2.0, k.Seconds)
	require.Equal(t, 1, made)
	_, err = typical("", of(0.1, 0.2))
	require.ErrorContains(t, err, "no keys")
}
