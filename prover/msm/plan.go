package msm

// Widths of windows. A wider one than maxWidth would not leave its buckets in a cache.
const (
	minWidth = 2
	maxWidth = 16
)

// small is the longest magnitude, in bits, of what counts as a small scalar.
const small = 40

// census counts scalars by the length of their magnitudes.
type census [scalarBits + 1]int

// width is the width of windows that needs the fewest additions for the scalars counted, with the length of the longest.
// Sets of buckets are folded to 1/fold by a table; threads share what is left.
func (n *census) width(fold, threads int) (c, longest int) {
	for b, k := range n {
		if k > 0 {
			longest = b
		}
	}
	best := -1
	for w := minWidth; w <= maxWidth; w++ {
		if cost := n.additions(w, longest, fold, threads); best < 0 || cost < best {
			best, c = cost, w
		}
	}
	return c, longest
}

// additions is how many additions of points windows of width w take.
func (n *census) additions(w, longest, fold, threads int) (sum int) {
	for b, k := range n[:longest+1] {
		sum += k * ((b + w) / w)
	}
	sets := ((longest+w)/w + fold - 1) / fold
	return sum + max(sets, threads)*2<<(w-1)
}

// Additions is how many additions of points a sum over n full-size scalars takes.
func Additions(n int) int {
	var all census
	all[scalarBits] = n
	w, longest := all.width(1, 1)
	return all.additions(w, longest, 1, 1)
}
