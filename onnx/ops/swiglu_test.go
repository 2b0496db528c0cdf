package ops_test

import (
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

func init() {
	optest.Register("SwiGLU",
		optest.Case{Opset: 28, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, -0.828999996, -0.526000023, 0.602999985, 0.164000005, -0.811999977, -0.134000003, -0.0419999994, -0.680999994), optest.F(tensor.Shape{2, 4}, 0.469000012, -0.773000002, -0.217999995, 0.0329999998, -0.138999999, 0.173999995, 0.476000011, 0.912999988)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, -0.118139729, 0.151030958, -0.0849642828, 0.00292739598, 0.0347029008, -0.0108780796, -0.00978611503, -0.208932728)}},
		optest.Case{Name: "alpha", Opset: 28, Attrs: map[string]any{"alpha": 1.5}, In: []optest.Tensor{optest.F(tensor.Shape{2, 4}, -1.296, 0.890999973, 1.176, -1.245, -2.99099994, 2.84100008, -1.20899999, -1.11600006), optest.F(tensor.Shape{2, 4}, 0.782999992, 0.170000002, -0.057, 0.546999991, -0.93900001, 0.414000005, -0.252000004, -0.818000019)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 4}, -0.127058163, 0.119951174, -0.0572258756, -0.0911410823, 0.0312721059, 1.15981925, 0.0427192226, 0.144137353)}},
		optest.Case{Name: "shapes that differ", Opset: 28, In: []optest.Tensor{optest.F(tensor.Shape{2}, 1, 2), optest.F(tensor.Shape{1}, 1)}, Err: ops.CodeShape},
	)
}
