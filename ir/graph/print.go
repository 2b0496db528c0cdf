package graph

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// printed is how many elements of a constant are shown.
const printed = 6

// Print writes the graph as text: inputs, then a node a line in order, then outputs. Constants are shown where
// they are read, abbreviated after their first elements.
func (g *Graph) Print(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "graph %q\n", g.Name)
	for _, v := range g.Inputs {
		fmt.Fprintf(&b, "input %s %v\n", v.Name, v.Type)
	}
	for _, n := range g.Nodes {
		for i, v := range n.Out {
			if i > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, "%s %v", v.Name, v.Type)
		}
		b.WriteString(" = ")
		if n.Domain != "" {
			b.WriteString(n.Domain + ".")
		}
		b.WriteString(n.Kind + "(")
		for i, v := range n.In {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(operand(v))
		}
		fmt.Fprintf(&b, ")  # %s\n", n.Name)
	}
	for _, v := range g.Outputs {
		fmt.Fprintf(&b, "output %s %v\n", operand(v), v.Type)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// String is the text that Print writes.
func (g *Graph) String() string {
	var b strings.Builder
	g.Print(&b)
	return b.String()
}

func operand(v *Value) string {
	switch {
	case v == nil:
		return "_"
	case v.Const == nil:
		return v.Name
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%v{", v.Type)
	for i, x := range v.Const.Data {
		if i > 0 {
			b.WriteByte(' ')
		}
		if i == printed {
			b.WriteString("...")
			break
		}
		b.WriteString(strconv.FormatFloat(x, 'g', 6, 64))
	}
	b.WriteByte('}')
	return b.String()
}
