package machine

import (
	"math"

	"github.com/KimMachineGun/automemlimit/memlimit"
)

// Memory is what this process may take, in bytes: the machine's main memory, or less where a control group of Linux limits
// it, as in a container. It is 0 where the system does not tell.
func Memory() int64 {
	total := This().Memory
	limit, err := memlimit.FromCgroup()
	if err != nil || limit > math.MaxInt64 {
		return total // there is no limit, or none that can be read
	}
	return least(total, int64(limit))
}

// least is the smaller of two sizes, of which 0 is unknown.
func least(x, y int64) int64 {
	if x == 0 || 0 < y && y < x {
		return y
	}
	return x
}

// Usable is what of Memory a process should plan to take: an eighth is left to the system and to what a prediction misses.
func Usable() int64 { return Memory() / 8 * 7 }
