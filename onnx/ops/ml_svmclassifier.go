package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { registerML("SVMClassifier", 1, decodeSVMClassifier) }

// svmClassifier decides between each pair of classes by a linear form of the kernels with their support vectors; the
// class that wins most pairs is the label, the first of equals.
type svmClassifier struct {
	supports
	form  linearForm // of the kernels, one a pair
	pairs [][2]int   // classes that a form decides between: positive for the first
	labels
	platt  [][2]float64 // prob_a and prob_b of each pair, nil where scores are those of the pairs
	report transform
}

// SVMClassifier (ai.onnx.ml 1): without support vectors it is linear in the features.
func decodeSVMClassifier(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	a.outputs = 2
	l := a.labels("classlabels_ints", "classlabels_strings")
	weights, rho, per := a.floats("coefficients", nil), a.floats("rho", nil), a.ints("vectors_per_class")
	pa, pb := a.floats("prob_a", nil), a.floats("prob_b", nil)
	count, first := 0, []int{}
	for _, n := range per {
		if n < 0 || n > maxTargets {
			a.refuse("vectors_per_class", "of counts", n)
			return nil, nil
		}
		first = append(first, count)
		count += n
	}
	if count == 0 {
		a.ignore("kernel_type", "kernel_params", "support_vectors")
		return a.linearSVM(l, weights, rho)
	}
	classes := l.count()
	o := svmClassifier{supports: a.supports(count), labels: l, report: a.transformOf()}
	pairs := classes * (classes - 1) / 2
	switch {
	case classes < 2 || len(per) != classes:
		a.refuse("vectors_per_class", fmt.Sprintf("of %d classes, at least 2", classes), len(per))
	case len(weights) != (classes-1)*count || len(rho) != pairs:
		a.refuse("coefficients", fmt.Sprintf("%d, with %d rho", (classes-1)*count, pairs), fmt.Sprintf("%d, with %d", len(weights), len(rho)))
	case len(pa) != len(pb) || len(pa) != 0 && len(pa) != pairs:
		a.refuse("prob_a", fmt.Sprintf("none or %d, as prob_b", pairs), fmt.Sprintf("%d and %d", len(pa), len(pb)))
	}
	if a.err != nil {
		return nil, nil
	}
	o.form = linearForm{tensor.New[float64](tensor.Shape{count, pairs}), rho}
	for i := range classes {
		for j := i + 1; j < classes; j++ {
			p := len(o.pairs)
			for m := first[i]; m < first[i]+per[i]; m++ {
				o.form.weights.Data[m*pairs+p] = weights[(j-1)*count+m]
			}
			for m := first[j]; m < first[j]+per[j]; m++ {
				o.form.weights.Data[m*pairs+p] = weights[i*count+m]
			}
			o.pairs = append(o.pairs, [2]int{i, j})
		}
	}
	for i := range pa {
		o.platt = append(o.platt, [2]float64{pa[i], pb[i]})
	}
	if o.platt == nil && classes == 2 {
		o.report = complement
		if a.string("post_transform", "NONE") == "NONE" {
			o.report = opposite
		} else {
			o.report = a.singleScore(complement)
		}
	}
	return o, nil
}

// linearSVM decides as a LinearClassifier of several scores does, but that of two classes the second wins whenever the
// larger score is positive, or at least 0.5 where no weight is negative.
func (a *Attrs) linearSVM(l labels, weights, rho []float64) (graph.Op, error) {
	classes := l.count()
	if a.ignore("vectors_per_class", "prob_a", "prob_b"); len(rho) == 0 || len(weights) == 0 || len(weights)%max(classes, 1) != 0 {
		a.refuse("coefficients", fmt.Sprintf("of %d classes, with rho", classes), fmt.Sprintf("%d, with %d", len(weights), len(rho)))
		return nil, nil
	}
	if classes < 3 {
		a.refuse("vectors_per_class", "of support vectors for two classes", "none")
		return nil, nil
	}
	bias := make([]float64, classes)
	for i := range bias {
		bias[i] = rho[0]
	}
	return linearClassifier{newLinearForm(weights, classes, bias), decision{labels: l, among: every(classes), report: a.transformOf()}}, nil
}

func (o svmClassifier) Infer(in []*graph.Value) ([]graph.Type, error) {
	n, err := o.supports.rows(in)
	if err != nil {
		return nil, err
	}
	scores := len(o.report.eval(make([]float64, len(o.pairs))))
	if o.platt != nil {
		scores = o.labels.count()
	}
	return []graph.Type{{DType: tensor.Int64, Shape: tensor.Shape{n}}, {DType: tensor.Float32, Shape: tensor.Shape{n, scores}}}, nil
}

func (o svmClassifier) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	y := o.form.eval(o.measure(in[0]))
	n, k := y.Shape[0], len(o.pairs)
	label, scores := tensor.New[float64](tensor.Shape{n}), &tensor.Float{}
	for r := range n {
		row := y.Data[r*k : (r+1)*k]
		votes := make([]int, o.labels.count())
		for p, pair := range o.pairs {
			if row[p] > 0 {
				votes[pair[0]]++
			} else {
				votes[pair[1]]++
			}
		}
		best := 0
		for i, v := range votes {
			if v > votes[best] {
				best = i
			}
		}
		label.Data[r] = o.labels.of(best)
		if o.platt != nil {
			row = o.couple(row)
		}
		scores.Data = append(scores.Data, o.report.eval(row)...)
	}
	scores.Shape = tensor.Shape{n, len(scores.Data) / n}
	return []*tensor.Float{label, scores}, nil
}

// probable bounds a probability away from 0 and 1.
const probable = 1e-7

// couple makes the probabilities of classes of the scores of pairs: Platt's, coupled by the iteration of Wu, Lin and
// Weng, "Probability estimates for multi-class classification by pairwise coupling" (2004), as LIBSVM stops it.
func (o svmClassifier) couple(scores []float64) []float64 {
	n := o.labels.count()
	r := tensor.New[float64](tensor.Shape{n, n}).Data // r[i*n+j]: of i against j
	for p, pair := range o.pairs {
		v := min(max(1-logistic(scores[p]*o.platt[p][0]+o.platt[p][1]), probable), 1-probable)
		r[pair[0]*n+pair[1]], r[pair[1]*n+pair[0]] = v, 1-v
	}
	q := make([]float64, n*n)
	p, qp := make([]float64, n), make([]float64, n)
	for i := range n {
		p[i] = 1 / float64(n)
		for j := range n {
			if i != j {
				q[i*n+i] += r[j*n+i] * r[j*n+i]
				q[i*n+j] = -r[j*n+i] * r[i*n+j]
			}
		}
	}
	for range 100 {
		total, worst := 0.0, 0.0
		for i := range n {
			qp[i] = inner(q[i*n:(i+1)*n], p)
			total += p[i] * qp[i]
		}
		for i := range n {
			worst = math.Max(worst, math.Abs(qp[i]-total))
		}
		if worst < 0.005/float64(n) {
			break
		}
		for i := range n {
			d := (total - qp[i]) / q[i*n+i]
			p[i] += d
			total = (total + d*(d*q[i*n+i]+2*qp[i])) / (1 + d) / (1 + d)
			for j := range n {
				qp[j] = (qp[j] + d*q[i*n+j]) / (1 + d)
				p[j] /= 1 + d
			}
		}
	}
	return p
}

// Expand couples the probabilities of two classes only: there they are a function of the one score.
func (o svmClassifier) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	classes := o.labels.count()
	if o.platt != nil && classes > 2 {
		return nil, notLowered("prob_a and prob_b for two classes", fmt.Sprintf("pairwise coupling of %d", classes))
	}
	y := o.form.expand(c, o.kernel.expand(c, c.cast(in[0], tensor.Float32), o.vectors))
	wins := tensor.New[float64](tensor.Shape{len(o.pairs), classes})
	start := make([]float64, classes)
	for p, pair := range o.pairs {
		wins.Data[p*classes+pair[0]] = 1
		wins.Data[p*classes+pair[1]] = -1
		start[pair[1]]++
	}
	won := c.cast(c.op("Greater", nil, y, c.number(y, 0)), tensor.Float32)
	votes := linearForm{wins, start}.expand(c, won)
	label := decision{labels: o.labels, among: every(classes)}.label(c, votes, tensor.Shape{in[0].Type.Shape[0]})
	if o.platt != nil {
		first := func(s float64) float64 { return o.couple([]float64{s})[0] }
		p := c.apply("Platt", unary{f: first}, y)
		y = c.concat(1, p, c.plus(c.neg(p), 1))
	}
	return c.done(label, o.report.expand(c, y))
}
