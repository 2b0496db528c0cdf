package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"testing"

	"assay/service/job"

	"github.com/stretchr/testify/require"
)

func TestProblems(t *testing.T) {
	for code, status := range statuses {
		p := problemOf(code, "why")
		require.Equal(t, code, p.Code)
		require.Equal(t, status, p.GetStatus())
		require.Equal(t, http.StatusText(status), p.Title)
		require.NotEmpty(t, p.Title)
		raw, err := json.Marshal(p)
		require.NoError(t, err)
		require.Contains(t, string(raw), `"type":"urn:assay:problem:`+string(code)+`"`)
	}
	for status, code := range found {
		require.NotZero(t, statuses[code], "huma's status %d stands for a code without a status", status)
	}
}

func TestCodesWithoutStatusAreInternal(t *testing.T) {
	require.Equal(t, CodeInternal, problemOf("no_such_code", "").Code)
	require.Equal(t, CodeInternal, problemOf(job.CodeProofRejected, "").Code)
	p := newProblem(http.StatusTeapot, "secret", []error{errors.New("secret")})
	require.Equal(t, CodeInternal, p.Code)
	require.NotContains(t, p.describe(), "secret")
	require.Empty(t, p.Errors)
}
