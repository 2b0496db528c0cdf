package ops_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"assay/internal/optest"
	"assay/onnx/ops"
)

func TestOperators(t *testing.T) { optest.Run(t) }

// TestEveryFormHasCases fails for an operator, or one of its opset forms, that no case uses.
func TestEveryFormHasCases(t *testing.T) {
	for _, e := range ops.List() {
		for _, since := range e.Since {
			assert.True(t, optest.Covered(e.Domain, e.Name, since), "%s of version %d of domain %q has no case", e.Name, since, e.Domain)
		}
	}
}
