package ops

import "assay/ir/tensor"

// members gives, for each element of the result, the elements of the input under its window, in row-major order, and
// their numbers as Indices has them.
func (o maxPool) members(x, out tensor.Shape, win tensor.Window) (members, numbers [][]int) {
	sp, spo := []int(x[2:]), []int(out[2:])
	area, places := x[2:].Size(), out[2:].Size()
	rows, columns := 1, 1
	if n := len(sp); o.columns && n > 1 {
		rows, columns = sp[n-2], sp[n-1]
	}
	for plane := range x[0] * x[1] {
		for p := range places {
			var at, number []int
			win.Visit(sp, spo, p, func(_, i int) {
				at = append(at, plane*area+i)
				r, c := i/columns%rows, i%columns
				number = append(number, plane*area+i-i%(rows*columns)+c*rows+r)
			})
			members, numbers = append(members, at), append(numbers, number)
		}
	}
	return members, numbers
}

// find is Indices.
func (o maxPool) find(x *tensor.Float, out tensor.Shape, win tensor.Window) *tensor.Float {
	t := tensor.New[float64](out)
	members, numbers := o.members(x.Shape, out, win)
	for i, m := range members {
		best := 0
		for k, at := range m {
			if x.Data[at] > x.Data[m[best]] {
				best = k
			}
		}
		t.Data[i] = float64(numbers[i][best])
	}
	return t
}
