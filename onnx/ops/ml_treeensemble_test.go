package ops_test

import (
	"math"

	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("TreeEnsemble",
		optest.Case{Name: "a tree of two targets", Domain: ops.DomainML, Opset: 5, Attrs: map[string]any{
			"nodes_modes": optest.Of(tensor.Uint8, tensor.Shape{3}, 0, 3, 1), "nodes_splits": optest.Of(tensor.Float32, tensor.Shape{3}, 0.5, -1, 0.75), "nodes_featureids": []int{0, 1, 0}, "nodes_truenodeids": []int{1, 0, 2}, "nodes_falsenodeids": []int{2, 1, 3}, "nodes_trueleafs": []int{0, 1, 1}, "nodes_falseleafs": []int{0, 1, 1}, "tree_roots": []int{0}, "leaf_weights": optest.Of(tensor.Float32, tensor.Shape{4}, 1, 2, 4, 8), "leaf_targetids": []int{0, 1, 0, 1}, "n_targets": 2},
			In: []optest.Tensor{optest.F(tensor.Shape{4, 2}, 0.5, -1, 1, 0.5, -1, 0.25, 0.75, -2)}, Out: []optest.Tensor{optest.F(tensor.Shape{4, 2}, 0, 2, 0, 8, 1, 0, 0, 8)}, Tol: 0.0001},
		optest.Case{Name: "average of a tree and a leaf", Domain: ops.DomainML, Opset: 5, Attrs: map[string]any{
			"nodes_modes": optest.Of(tensor.Uint8, tensor.Shape{4}, 0, 3, 1, 0), "nodes_splits": optest.Of(tensor.Float32, tensor.Shape{4}, 0.5, -1, 0.75, 0), "nodes_featureids": []int{0, 1, 0, 0}, "nodes_truenodeids": []int{1, 0, 2, 1}, "nodes_falsenodeids": []int{2, 1, 3, 1}, "nodes_trueleafs": []int{0, 1, 1, 1}, "nodes_falseleafs": []int{0, 1, 1, 1}, "tree_roots": []int{0, 3}, "leaf_weights": optest.Of(tensor.Float32, tensor.Shape{4}, 1, 2, 4, 8), "leaf_targetids": []int{0, 1, 0, 1}, "n_targets": 2, "aggregate_function": 0},
			In: []optest.Tensor{optest.F(tensor.Shape{4, 2}, 0.5, -1, 1, 0.5, -1, 0.25, 0.75, -2)}, Out: []optest.Tensor{optest.F(tensor.Shape{4, 2}, 0, 2, 0, 5, 0.5, 1, 0, 5)}, Tol: 0.0001},
		optest.Case{Name: "members", Domain: ops.DomainML, Opset: 5, Attrs: map[string]any{
			"nodes_modes": optest.Of(tensor.Uint8, tensor.Shape{3}, 6, 6, 4), "nodes_splits": optest.Of(tensor.Float32, tensor.Shape{3}, 0, 0, 4), "nodes_featureids": []int{0, 1, 0}, "nodes_truenodeids": []int{1, 0, 2}, "nodes_falsenodeids": []int{2, 1, 3}, "nodes_trueleafs": []int{0, 1, 1}, "nodes_falseleafs": []int{0, 1, 1}, "tree_roots": []int{0}, "leaf_weights": optest.Of(tensor.Float32, tensor.Shape{4}, 1, 2, 4, 8), "leaf_targetids": []int{0, 1, 0, 1}, "n_targets": 2, "membership_values": optest.Of(tensor.Float32, tensor.Shape{6}, 1, 3, math.NaN(), -1, 0, 5)},
			In: []optest.Tensor{optest.F(tensor.Shape{4, 2}, 1, 2, 3, -1, 2, 5, 4, 0)}, Out: []optest.Tensor{optest.F(tensor.Shape{4, 2}, 0, 2, 1, 0, 0, 8, 4, 0)}, Tol: 0.0001},
	)
}
