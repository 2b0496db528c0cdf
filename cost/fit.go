package cost

import (
	"fmt"
	"math"
	"slices"
)

// fit finds the rates, none negative, whose relative errors to the measured values have the least sum of squares: by
// coordinate descent, which finds the one minimum of a convex function.
//
// Features that are dropped take nothing of the quantity, but go along with others.
func fit(sizes []Size, values []float64, drop ...int) (Rates, error) {
	if len(sizes) != len(values) || len(sizes) == 0 {
		return Rates{}, fmt.Errorf("fit rates: want as many values as sizes and at least one, got %d and %d", len(values), len(sizes))
	}
	n := len(Size{}.features())
	rows := make([][]float64, len(sizes)) // of features in units of their greatest, over the value
	unit := make([]float64, n)
	for _, s := range sizes {
		for j, x := range s.features() {
			unit[j] = max(unit[j], x, 1)
		}
	}
	residual := make([]float64, len(sizes)) // of the relative values, which are 1
	for i, s := range sizes {
		if !(values[i] > 0) || math.IsInf(values[i], 0) {
			return Rates{}, fmt.Errorf("fit rates: measurement %d: want a positive number, got %v", i, values[i])
		}
		for j, x := range s.features() {
			rows[i] = append(rows[i], x/unit[j]/values[i])
		}
		residual[i] = 1
	}
	beta := make([]float64, n)
	for range 100_000 {
		moved := 0.0
		for j := range beta {
			if slices.Contains(drop, j) {
				continue
			}
			dot, square := 0.0, 0.0
			for i, r := range rows {
				dot += r[j] * residual[i]
				square += r[j] * r[j]
			}
			if square == 0 {
				continue
			}
			next := max(0, beta[j]+dot/square)
			step := next - beta[j]
			for i, r := range rows {
				residual[i] -= step * r[j]
			}
			beta[j] = next
			moved = max(moved, math.Abs(step)*math.Sqrt(square))
		}
		if moved < 1e-10 {
			break
		}
	}
	for j := range beta {
		beta[j] /= unit[j]
	}
	return ratesOf(beta), nil
}
