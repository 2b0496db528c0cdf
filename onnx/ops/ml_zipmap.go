package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { registerML("ZipMap", 1, decodeZipMap) }

// zipMap passes on the columns that a runtime would give as a list of maps from label to column.
type zipMap struct {
	relabel
	labels labels
}

// ZipMap (ai.onnx.ml 1).
func decodeZipMap(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return zipMap{relabel{same}, a.labels("classlabels_int64s", "classlabels_strings")}, nil
}

func (o zipMap) Infer(in []*graph.Value) ([]graph.Type, error) {
	s := in[0].Type.Shape
	if n := o.labels.count(); len(s) != 2 && len(s) != 1 || s[len(s)-1] != n || in[0].Type.DType != tensor.Float32 {
		return nil, &graph.Error{Code: CodeShape, Want: fmt.Sprintf("float32 rows of %d columns", n), Got: in[0].Type.String()}
	}
	return o.relabel.Infer(in)
}

// Names implements graph.Named.
func (o zipMap) Names(int) []string { return nil }

// Columns are the labels, which are the keys of the maps.
func (o zipMap) Columns(int) []string {
	if o.labels.strings != nil {
		return o.labels.strings
	}
	names := make([]string, len(o.labels.ints))
	for i, v := range o.labels.ints {
		names[i] = fmt.Sprint(v)
	}
	return names
}
