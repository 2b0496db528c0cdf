package compile

import (
	"math"
	"math/rand"
	"testing"

	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/program"

	"github.com/stretchr/testify/require"
)

// rowsOf stands for the constraints of a circuit that shares its tables: the widest reach of an index, the range table of
// the widest shift up to 12, and three for each element, all times by.
func rowsOf(by float64) func(p *program.Program) (int, error) {
	return func(p *program.Program) (int, error) {
		n, reach, shift := 0, 0, uint(0)
		for _, node := range p.Nodes {
			if l, ok := node.Kernel.(*program.Lookup); ok {
				r := p.Tensors[l.Arg].Range
				reach, shift = max(reach, int(l.Index(r.Max)-l.Index(r.Min))), max(shift, l.Shift)
				n += 3 * p.Tensors[node.Out].Shape.Size()
			}
		}
		return int(by * float64(n+reach+1<<min(shift, 12))), nil
	}
}

// wide is a dense net with a few hundred neurons a layer.
func wide(t *testing.T) (*graph.Graph, []Sample) {
	rng := rand.New(rand.NewSource(11))
	g := decode(t, []optest.Node{op("MatMul", "a", "x", "w"), op("Relu", "b", "a"), op("MatMul", "c", "b", "v"), op("Relu", "d", "c"), op("MatMul", "y", "d", "u")},
		matrix("w", 4, 300, rng), matrix("v", 300, 300, rng), matrix("u", 300, 3, rng))
	return g, samples(rng, 20, 1)
}

// Where rows of tables are most of a circuit, fewer bits are taken while the answers stay close.
func TestLeanWhereTablesAreLarge(t *testing.T) {
	cost := rowsOf(1)
	plain, s := wide(t)
	fixed, err := Compile(plain, s, Options{Bits: 10, Cost: cost})
	require.NoError(t, err)
	before, err := cost(fixed.Program)
	require.NoError(t, err)
	require.Greater(t, before, leanLeast)

	g, s := wide(t)
	lean, err := Compile(g, s, Options{Cost: cost})
	require.NoError(t, err)
	after, err := cost(lean.Program)
	require.NoError(t, err)
	require.Less(t, float64(after), (1-leanGain)*float64(before))
	require.Less(t, lean.Report.Bits, 10)
	o := lean.Report.Calibration.Outputs[0]
	require.GreaterOrEqual(t, o.Cosine, leanCosine)
	require.LessOrEqual(t, o.Relative, leanRelative(lean.Report.Calibration.Samples*3))

	g, s = wide(t)
	small, err := Compile(g, s, Options{Cost: rowsOf(0.1)})
	require.NoError(t, err)
	require.Equal(t, fixed.Report.Bits, small.Report.Bits, "a small circuit is left as it is")
	require.False(t, small.Report.Half)
}

func TestShiftThatIsGivenStays(t *testing.T) {
	g := grain{bits: 7, half: true, coarse: true}
	require.Equal(t, 11, g.apply(Options{Shift: 12}, false).Shift)
	o := g.apply(Options{Shift: 12}, true)
	require.Equal(t, Options{Bits: 7, Shift: 12, half: true}, o)
}

// What few elements show leaves more room.
func TestLeanByWhatWasMeasured(t *testing.T) {
	require.Less(t, leanRelative(10), leanRelative(1000))
	require.InDelta(t, soughtRelative, leanRelative(1<<30), 1e-5)
	require.InDelta(t, soughtRelative/2, leanRelative(5)*(1+3/math.Sqrt(10))/2, 1e-9)
}

func TestGrains(t *testing.T) {
	var names []string
	g := grain{bits: 8}
	for range 5 {
		names = append(names, (&Report{Bits: g.bits, Half: g.half}).Precision())
		g = g.coarser()
	}
	require.Equal(t, []string{"8 bits", "8 bits", "7.5 bits", "7 bits", "6.5 bits"}, names)
}

// Of a large circuit only a domain is worth a coarser grain.
func TestLeanAtADomain(t *testing.T) {
	g, s := wide(t)
	fixed, err := Compile(g, s, Options{Bits: 10, Cost: rowsOf(1)})
	require.NoError(t, err)
	before, err := rowsOf(1)(fixed.Program)
	require.NoError(t, err)
	for _, tt := range []struct {
		over float64 // of the domain
		bits int
	}{{1.01, 10}, {1.5, 10}, {0.99, 10}} {
		cost := rowsOf(tt.over * (1 << 18) / float64(before))
		g, s := wide(t)
		lean, err := Compile(g, s, Options{Cost: cost})
		require.NoError(t, err)
		after, err := cost(lean.Program)
		require.NoError(t, err)
		require.Equal(t, tt.over == 1.01, after < int(tt.over*(1<<18))-2, "%v of a domain: %d", tt.over, after)
		if tt.over == 1.01 {
			require.LessOrEqual(t, after, 1<<18)
			require.GreaterOrEqual(t, lean.Report.Bits, tt.bits-1)
		}
	}
}
