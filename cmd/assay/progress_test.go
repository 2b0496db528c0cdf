package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPartsAreStages(t *testing.T) {
	var out bytes.Buffer
	p := (&app{errOut: &out}).progress()
	p.stage("read")
	parts := p.parts("make keys")
	for _, e := range []struct {
		part string
		done float64
	}{{"G1.A", 0}, {"G1.A", 0.5}, {"G1.A", 1}, {"G2.B", 0}, {"G2.B", 1}} {
		parts(e.part, e.done)
	}
	p.end()
	var names []string
	for _, s := range p.took {
		names = append(names, s.Name)
	}
	require.Equal(t, []string{"read", "make keys: G1.A", "make keys: G2.B"}, names)
	require.Empty(t, out.String(), "nothing is drawn where there is no terminal")
}

func TestPartsOnATerminal(t *testing.T) {
	var out bytes.Buffer
	p := (&app{errOut: &out}).progress()
	p.terminal = true
	parts := p.parts("make keys")
	parts("G1.A", 0)
	parts("G1.A", 0.37)
	require.Contains(t, p.bar.State().Description, "G1.A 37%")
	p.end()
}
