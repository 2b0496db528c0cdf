package circuits

import "github.com/consensys/gnark/frontend"

// Unclaimed is a Circuit without its last assertion, that P is the claimed one. gnark's test engine makes a
// commitment of its own, of which no one could know the challenge that P depends on.
type Unclaimed struct{ Circuit }

// Define implements frontend.Circuit.
func (c *Unclaimed) Define(api frontend.API) error {
	s, _, err := c.evaluate(api)
	if err != nil {
		return err
	}
	return s.Err()
}
