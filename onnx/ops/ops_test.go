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
		for i, since := range e.Since {
			if i+1 < len(e.Since) && e.Since[i+1] <= ops.MinOpset {
				continue
			}
			assert.True(t, optest.Covered(e.Name, since), "%s of opset %d has no case", e.Name, since)
		}
	}
}
