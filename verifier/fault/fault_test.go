package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/verifier/fault"
)

func TestErrorText(t *testing.T) {
	code := fault.Define("test-text", "only in this test")
	for want, err := range map[string]*fault.Error{
		"test-text":                         fault.New(code, "", nil, nil),
		"test-text: proof":                  fault.New(code, "proof", nil, nil),
		"test-text: proof: want 1, got two": fault.New(code, "proof", 1, "two"),
		"test-text: proof: want 1":          fault.New(code, "proof", 1, nil),
		"test-text: proof: got 2":           fault.New(code, "proof", nil, 2),
	} {
		require.EqualError(t, err, want)
		wrapped := fmt.Errorf("verify proof: %w", err)
		require.ErrorIs(t, wrapped, code)
		var got fault.Code
		require.True(t, errors.As(wrapped, &got))
		require.Equal(t, "only in this test", got.Meaning())
	}
}

func TestDuplicateCodePanics(t *testing.T) {
	fault.Define("test-duplicate", "once")
	require.Panics(t, func() { fault.Define("test-duplicate", "twice") })
	require.Contains(t, fault.Codes(), fault.Code("test-duplicate"))
	require.Empty(t, fault.Code("test-unknown").Meaning())
}
