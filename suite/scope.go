package suite

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"assay/ir/tensor"
	"assay/onnx"
)

// random are operators whose result is drawn, and losses operators that only training uses. Neither is an inference.
var (
	random = []string{"Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike"}
	losses = []string{"Adagrad", "Adam", "Gradient", "Momentum", "NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss"}
)

// outside says why a model is not one whose inference could be proven, or "". An output without a type in the file
// is a tensor if its stored data is.
func outside(info *onnx.Info, s *set) string {
	for i, p := range slices.Concat(info.Inputs, info.Outputs) {
		o := i - len(info.Inputs)
		switch {
		case p.DType == tensor.Undefined && (s == nil || o < 0 || o >= len(s.outputs) || s.outputs[o].value == nil):
			return fmt.Sprintf("%s is not a tensor", p.Name)
		case p.DType == tensor.Undefined:
		case p.DType == tensor.String:
			return fmt.Sprintf("%s holds strings", p.Name)
		case !p.DType.IsFloat() && !p.DType.IsInteger() && p.DType != tensor.Bool:
			return fmt.Sprintf("%s holds numbers of a type below 8 bits, of 8-bit floats or complex ones", p.Name)
		}
	}
	for _, op := range random {
		if info.Ops[op] > 0 {
			return op + " draws its result"
		}
	}
	for domain := range info.Domains {
		if domain == "ai.onnx.preview.training" && uses(info, domain) {
			return "operators of " + domain
		}
	}
	for _, op := range losses {
		if info.Ops[op] > 0 {
			return op + " is an operator of training"
		}
	}
	return ""
}

// uses reports whether a node of the model is of the domain.
func uses(info *onnx.Info, domain string) bool {
	for op := range info.Ops {
		if strings.HasPrefix(op, domain+".") {
			return true
		}
	}
	return false
}

// training reports whether import refused a model because an operator is to run as in training.
func training(err error) bool {
	var coded *onnx.Error
	return errors.As(err, &coded) && coded.Code == onnx.CodeBadAttribute && strings.Contains(coded.Error(), "training_mode")
}

// finite reports whether a tensor holds numbers only.
func finite(t *tensor.Float) bool {
	for _, x := range t.Data {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}
