package circuits

import (
	"testing"

	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"
)

// form is a small program that is proven in certain forms.
type form struct {
	name  string
	wants []string // forms that the plan must choose for some node
	build func(*testing.T) *program.Program
}

func identity(x int64) int64 { return x }

func relu(x int64) int64 { return max(x, 0) }

// wide is a dense layer from two elements of 8 bits to three, whose results need about 17 bits.
func wide(b *testprogram.Builder) int {
	x := b.Input(tensor.Shape{1, 2}, 0, 255)
	return b.Add(testprogram.Dense(x, 2, []int64{5, -900, 0}, []int64{200, -131, 77, 5, -90, 255}))
}

// image is a convolution of an image of 3 bits, a derived tensor of 1 x 2 x 2 x 2.
func image(b *testprogram.Builder, gain int64) int {
	x := b.Input(tensor.Shape{1, 1, 3, 3}, 0, 7)
	c := &program.ConvMap{Batch: 1, In: 1, Out: 2, Groups: 1, Spatial: []int{3, 3}, Window: testprogram.Window([]int{2, 2}, 1, 0),
		Weights: program.Ints{3 * gain, -2 * gain, gain, 5, -gain, 4, 2 * gain, -gain}}
	return b.Add(&program.Linear{Terms: []program.Term{{Arg: x, Map: c}}, Bias: program.Ints{1, -3}, Shape: tensor.Shape{1, 2, 2, 2}})
}

func pool(arg int) *program.Max {
	return &program.Max{Arg: arg, Planes: 2, Spatial: []int{2, 2}, Window: testprogram.Window([]int{2, 2}, 2, 0)}
}

var forms = []form{
	{"lookup", []string{"table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "lookup")
		x := b.Input(tensor.Shape{1, 3}, 0, 255)
		y := b.Add(testprogram.Dense(x, 3, []int64{3}, []int64{1, -1, 1, -1, 1, 0}))
		y = b.Add(&program.Lookup{Arg: y, Shift: 4, Low: -20, Table: testprogram.Ramp(-20, 40, relu)})
		return b.Done(b.Add(testprogram.Dense(y, 2, []int64{0}, []int64{3, -1})))
	}},
	{"clamped lookup", []string{"clamped table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "clamped lookup")
		return b.Done(b.Add(&program.Lookup{Arg: wide(b), Shift: 5, Low: -8, Table: testprogram.Ramp(-8, 7, identity)}))
	}},
	{"lookup clamped above", []string{"clamped table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "lookup clamped above")
		x := b.Input(tensor.Shape{1, 2}, 0, 255)
		y := b.Add(testprogram.Dense(x, 2, []int64{0}, []int64{200, 131}))
		return b.Done(b.Add(&program.Lookup{Arg: y, Shift: 6, Low: 0, Table: testprogram.Ramp(0, 15, identity)}))
	}},
	{"lookup clamped below", []string{"clamped table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "lookup clamped below")
		x := b.Input(tensor.Shape{1, 2}, 0, 255)
		y := b.Add(testprogram.Dense(x, 2, []int64{0}, []int64{-200, -131}))
		return b.Done(b.Add(&program.Lookup{Arg: y, Shift: 6, Low: -15, Table: testprogram.Ramp(-15, 0, identity)}))
	}},
	{"lookup of one row", []string{"clamped table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "lookup of one row")
		x := b.Input(tensor.Shape{1, 2}, 0, 255)
		y := b.Add(testprogram.Dense(x, 2, []int64{0}, []int64{1, -1, 1, 0, -1, 0}))
		return b.Done(b.Add(&program.Lookup{Arg: y, Shift: 5, Low: 3, Table: program.Ints{-7}}))
	}},
	{"folded lookup", []string{"folded table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "folded lookup")
		x := b.Input(tensor.Shape{1, 4}, -128, 127)
		y := b.Add(testprogram.Dense(x, 4, []int64{3, 0, -9, 1}, []int64{3, -1, 0, 2, 1, 1, 2, -2, 0, 5, 1, 0, -1, 0, 2, 4}))
		return b.Done(b.Add(&program.Lookup{Arg: y, Shift: 7, Low: -2, Table: testprogram.Ramp(0, 5, identity)}))
	}},
	{"folded lookup that falls", []string{"folded table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "folded lookup that falls")
		x := b.Input(tensor.Shape{1, 12}, -7, 8)
		return b.Done(b.Add(&program.Lookup{Arg: x, Low: -2, Table: testprogram.Ramp(0, 5, func(x int64) int64 { return 40 - 3*x })}))
	}},
	{"folded maximum", []string{"fused with lookup", "folded table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "folded maximum")
		m := b.Add(pool(image(b, 40)))
		return b.Done(b.Add(&program.Lookup{Arg: m, Shift: 9, Low: -2, Table: testprogram.Ramp(0, 3, identity)}))
	}},
	{"folded and clamped lookups", []string{"folded table", "clamped table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "folded and clamped lookups")
		x := b.Input(tensor.Shape{1, 20}, -30, 40)
		y := wide(b)
		u := b.Add(&program.Lookup{Arg: x, Low: 0, Table: testprogram.Ramp(0, 5, identity)})
		v := b.Add(&program.Lookup{Arg: y, Shift: 4, Low: 0, Table: testprogram.Ramp(0, 5, identity)})
		return b.Done(u, v)
	}},
	{"lookup without rounding", []string{"table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "lookup without rounding")
		x := b.Input(tensor.Shape{1, 2}, -4, 3)
		return b.Done(b.Add(&program.Lookup{Arg: x, Low: -4, Table: testprogram.Ramp(-4, 3, func(x int64) int64 { return x * x })}))
	}},
	{"rounding", []string{"rounding"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "rounding")
		x := b.Input(tensor.Shape{1, 4}, -200, 255)
		y := b.Add(testprogram.Dense(x, 4, []int64{3}, []int64{9, -1, 0, 0, -1, 7, 1, 0, 2, 0, 5, 1, 0, 1, 1, -8}))
		return b.Done(b.Add(&program.Lookup{Arg: y, Shift: 4, Low: -400, Table: testprogram.Ramp(-400, 400, func(x int64) int64 { return x + 7 })}))
	}},
	{"rounding to a wire", []string{"rounding"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "rounding to a wire")
		x := b.Input(tensor.Shape{1, 3}, -100, 100)
		return b.Done(b.Add(&program.Lookup{Arg: x, Low: -100, Table: testprogram.Ramp(-100, 100, identity)}))
	}},
	{"halves to even", []string{"table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "halves to even")
		x := b.Input(tensor.Shape{1, 6}, -9, 9)
		return b.Done(b.Add(&program.Lookup{Arg: x, Shift: 1, Even: true, Low: -5, Table: testprogram.Ramp(-5, 5, identity)}))
	}},
	{"halves with slack to even", []string{"table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "halves with slack to even")
		x := b.Input(tensor.Shape{1, 6}, -40, 40)
		return b.Done(b.Add(&program.Lookup{Arg: x, Shift: 3, Even: true, Slack: 2, Low: -5, Table: testprogram.Ramp(-5, 5, identity)}))
	}},
	{"clamped halves to even", []string{"clamped table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "clamped halves to even")
		y := wide(b)
		y = b.Add(&program.Linear{Terms: []program.Term{{Arg: y, Map: &program.DiagonalMap{Size: 3, Weights: program.Ints{8}}}}, Bias: program.Ints{4}, Shape: tensor.Shape{1, 3}})
		return b.Done(b.Add(&program.Lookup{Arg: y, Shift: 4, Even: true, Low: -7, Table: testprogram.Ramp(-7, 8, identity)}))
	}},
	{"halves of two limbs to even", []string{"table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "halves of two limbs to even")
		x := b.Input(tensor.Shape{1, 2}, -128, 127)
		y := b.Add(testprogram.Dense(x, 2, []int64{0}, []int64{1 << 9, -1 << 8, 3 << 8, 5}))
		z := b.Add(testprogram.Dense(x, 2, []int64{0}, []int64{8, 4}))
		u := b.Add(&program.Lookup{Arg: y, Shift: 10, Even: true, Low: -129, Table: testprogram.Ramp(-129, 129, relu)})
		return b.Done(u, b.Add(&program.Lookup{Arg: z, Shift: 4, Low: -100, Table: testprogram.Ramp(-100, 100, relu)}))
	}},
	{"clamped lookup without rounding", []string{"clamped table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "clamped lookup without rounding")
		return b.Done(b.Add(&program.Lookup{Arg: wide(b), Low: -2, Table: program.Ints{9, 4, -6, 2}}))
	}},
	{"shifts of several widths", []string{"table", "clamped table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "shifts of several widths")
		y := wide(b)
		u := b.Add(&program.Lookup{Arg: y, Shift: 4, Low: -8, Table: testprogram.Ramp(-8, 7, identity)})
		v := b.Add(&program.Lookup{Arg: y, Shift: 10, Low: -60, Table: testprogram.Ramp(-60, 120, relu)})
		return b.Done(u, v)
	}},
	{"shift of two limbs", []string{"table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "shift of two limbs")
		x := b.Input(tensor.Shape{1, 2}, -128, 127)
		y := b.Add(testprogram.Dense(x, 2, []int64{77}, []int64{90000, -41234}))
		return b.Done(b.Add(&program.Lookup{Arg: y, Shift: 18, Low: -70, Table: testprogram.Ramp(-70, 70, relu)}))
	}},
	{"shift of 40 bits", []string{"clamped table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "shift of 40 bits")
		x := b.Input(tensor.Shape{1, 2}, -128, 127)
		y := b.Add(testprogram.Dense(x, 2, []int64{-1 << 59}, []int64{1<<53 + 12345, -1<<52 - 99}))
		return b.Done(b.Add(&program.Lookup{Arg: y, Shift: 40, Low: -40, Table: testprogram.Ramp(-40, 23, relu)}))
	}},
	{"maximum over 61 bits", []string{"comparison"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "maximum over 61 bits")
		x := b.Input(tensor.Shape{1, 1, 2}, -128, 127)
		d := b.Add(&program.Linear{Terms: []program.Term{{Arg: x, Map: &program.DiagonalMap{Size: 2, Weights: program.Ints{1<<53 - 1, -1 << 53}}}},
			Bias: program.Ints{0}, Shape: tensor.Shape{1, 1, 2}})
		return b.Done(b.Add(&program.Max{Arg: d, Planes: 1, Spatial: []int{2}, Window: testprogram.Window([]int{2}, 1, 0)}))
	}},
	{"maximum of inputs", []string{"comparison"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "maximum of inputs")
		return b.Done(b.Add(pool(b.Input(tensor.Shape{1, 2, 2, 2}, -6, 9))))
	}},
	{"maximum with padding", []string{"comparison"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "maximum with padding")
		x := b.Input(tensor.Shape{1, 1, 3}, 0, 31)
		return b.Done(b.Add(&program.Max{Arg: x, Planes: 1, Spatial: []int{3}, Window: testprogram.Window([]int{2}, 1, 1)}))
	}},
	{"wide maximum", []string{"comparison"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "wide maximum")
		return b.Done(b.Add(pool(image(b, 40))))
	}},
	{"pooled lookup", []string{"table", "fused with lookup"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "pooled lookup")
		m := b.Add(pool(image(b, 2)))
		return b.Done(b.Add(&program.Lookup{Arg: m, Shift: 5, Low: -2, Table: testprogram.Ramp(-2, 4, identity)}))
	}},
	{"clamped pooled lookup", []string{"clamped table", "fused with lookup"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "clamped pooled lookup")
		m := b.Add(pool(image(b, 60)))
		return b.Done(b.Add(&program.Lookup{Arg: m, Shift: 5, Low: 0, Table: testprogram.Ramp(0, 3, relu)}))
	}},
	{"pooled lookup without rounding", []string{"table", "fused with lookup"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "pooled lookup without rounding")
		m := b.Add(pool(b.Input(tensor.Shape{1, 2, 2, 2}, -6, 9)))
		return b.Done(b.Add(&program.Lookup{Arg: m, Low: -6, Table: testprogram.Ramp(-6, 9, func(x int64) int64 { return 2 * max(x, 0) })}))
	}},
	{"pooled lookup with padding", []string{"table", "fused with lookup"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "pooled lookup with padding")
		x := b.Input(tensor.Shape{1, 1, 3}, 0, 200)
		m := b.Add(&program.Max{Arg: x, Planes: 1, Spatial: []int{3}, Window: testprogram.Window([]int{2}, 1, 1)})
		return b.Done(b.Add(&program.Lookup{Arg: m, Shift: 4, Low: 0, Table: testprogram.Ramp(0, 13, func(x int64) int64 { return x + x })}))
	}},
	{"packed in parts", []string{"table", "clamped table", "fused with lookup"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "packed in parts")
		ramp := testprogram.Ramp(-4, 9, func(x int64) int64 { return 30000*x + x*x })
		near := b.Add(&program.Lookup{Arg: b.Input(tensor.Shape{1, 2}, -60, 140), Shift: 4, Low: -4, Table: ramp})
		far := b.Add(&program.Lookup{Arg: wide(b), Shift: 6, Low: -4, Table: ramp})
		most := b.Add(&program.Lookup{Arg: b.Add(pool(image(b, 2))), Shift: 3, Low: -4, Table: ramp})
		return b.Done(near, far, most)
	}},
	{"remainder", []string{"division"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "remainder")
		y := wide(b)
		return b.Done(b.Add(&program.Remainder{Arg: y, Divisor: 10}), b.Add(&program.Remainder{Arg: y, Divisor: 64}), b.Add(&program.Remainder{Arg: y, Divisor: 1}))
	}},
	{"gather of wires", []string{"wires for operands"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "gather of wires")
		x, y := b.Input(tensor.Shape{1, 2}, -3, 9), b.Input(tensor.Shape{3}, 0, 7)
		g := b.Add(&program.Gather{Operands: []int{x, y}, Shape: tensor.Shape{1, 6}, Index: program.Ints{4, 0, -1, 1, 2, 2}, Fill: -5})
		z := b.Add(testprogram.Dense(g, 6, []int64{1, 2}, []int64{1, 2, 3, 4, 5, 6, -6, 5, -4, 3, -2, 1}))
		z = b.Add(&program.Gather{Operands: []int{z}, Shape: tensor.Shape{2, 1}})
		z = b.Add(&program.Gather{Operands: []int{z, x}, Shape: tensor.Shape{1, 4}, Index: program.Ints{-1, 1, 3, 0}, Fill: 1000})
		return b.Done(b.Add(testprogram.Dense(z, 4, []int64{0}, []int64{7, -1, 2, 9})))
	}},
	{"operands made wires", []string{"wires for operands"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "operands made wires")
		y := wide(b)
		z := b.Add(testprogram.Dense(y, 3, []int64{-4}, []int64{3, 1, -2, 1, 0, 1}))
		s := &program.Linear{Shape: tensor.Shape{1, 2}, Bias: program.Ints{0}, Terms: []program.Term{
			{Arg: z, Map: &program.DiagonalMap{Size: 2, Weights: program.Ints{-3}}}, {Arg: z, Map: &program.DiagonalMap{Size: 2, Weights: program.Ints{1, 2}}}}}
		return b.Done(b.Add(s), z)
	}},
	{"constants", []string{"table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "constants")
		x := b.Input(tensor.Shape{1, 2}, 0, 7)
		c := b.Add(&program.Constant{Shape: tensor.Shape{1, 2}, Values: program.Ints{-5, 12}})
		s := &program.Linear{Shape: tensor.Shape{1, 2}, Bias: program.Ints{2}, Terms: []program.Term{
			{Arg: x, Map: &program.DiagonalMap{Size: 2, Weights: program.Ints{1, 2}}}, {Arg: c, Map: &program.DiagonalMap{Size: 2, Weights: program.Ints{3}}}}}
		y := b.Add(s)
		return b.Done(b.Add(&program.Lookup{Arg: y, Shift: 2, Low: -4, Table: testprogram.Ramp(-4, 14, relu)}))
	}},
	{"layer of many inputs", []string{"table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "layer of many inputs")
		x := b.Input(tensor.Shape{1, 330}, 0, 1)
		weights := make([]int64, 2*330)
		for i := range weights {
			weights[i] = int64(i%13) - 6
		}
		y := b.Add(testprogram.Dense(x, 330, []int64{0, 7}, weights))
		return b.Done(b.Add(&program.Lookup{Arg: y, Shift: 4, Low: -40, Table: testprogram.Ramp(-40, 40, relu)}))
	}},
	{"inputs of 0 to 21 bits", nil, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "inputs of 0 to 21 bits")
		var terms []program.Term
		for i, r := range []program.Range{{Min: 0, Max: 7}, {Min: -127, Max: 127}, {Min: -32768, Max: 32767}, {Min: 100, Max: 65000}, {Min: -1000000, Max: 1 << 20}, {Min: 4, Max: 4}} {
			x := b.Input(tensor.Shape{12}, r.Min, r.Max)
			terms = append(terms, program.Term{Arg: x, Map: &program.DiagonalMap{Size: 12, Weights: program.Ints{int64(i) + 1}}})
		}
		return b.Done(b.Add(&program.Linear{Terms: terms, Bias: program.Ints{9}, Shape: tensor.Shape{12}}))
	}},
	{"resized and spread", []string{"table"}, func(t *testing.T) *program.Program {
		b := testprogram.New(t, "resized and spread")
		x := b.Input(tensor.Shape{1, 2, 2}, -7, 7)
		spread := &program.TransposedMap{Batch: 1, In: 2, Out: 2, Groups: 2, Spatial: []int{2}, Extent: []int{4}, Kernel: []int{2}, Strides: []int{2},
			Dilations: []int{1}, Begin: []int{0}, Weights: program.Ints{3, -2, 5, 9}}
		y := b.Add(&program.Linear{Terms: []program.Term{{Arg: x, Map: spread}}, Bias: program.Ints{1, -4}, Shape: tensor.Shape{1, 2, 4}})
		y = b.Add(&program.Lookup{Arg: y, Shift: 2, Low: -20, Table: testprogram.Ramp(-20, 20, relu)})
		resize := &program.SparseMap{Outer: 2, In: 4, Out: 3, Inner: 1, Starts: program.Ints{0, 2, 2, 4}, Index: program.Ints{0, 3, 1, 2}, Weights: program.Ints{1, 3, -2, 7}}
		return b.Done(b.Add(&program.Linear{Terms: []program.Term{{Arg: y, Map: resize}}, Bias: program.Ints{2}, Shape: tensor.Shape{1, 2, 3}}))
	}},
	{"index of the maximum", []string{"comparison", "division"}, func(t *testing.T) *program.Program {
		b := program.NewBuilder("index of the maximum", program.Options{Bits: 4, Shift: 4, OutputBits: 8})
		x := b.Input("x", tensor.Shape{2, 3}, program.Interval{Min: -1, Max: 1}, 4)
		y, err := b.ArgMax(x, 1, false)
		must(t, err)
		must(t, b.Output("y", y))
		p, err := b.Program()
		must(t, err)
		return p
	}},
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
