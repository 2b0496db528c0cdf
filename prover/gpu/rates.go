package gpu

// Rates are what a device does in a second, by size, with operands that lie on it.
type Rates struct {
	Memory    uint64     `json:"memory_bytes"`
	Transfers []Transfer `json:"transfers"`
	MSM       []Rate     `json:"msm"` // points
	NTT       []Rate     `json:"ntt"` // elements
}

// Rate is one operation on 2^Log elements; the median of several.
type Rate struct {
	Kind      string  `json:"kind"` // as "G1"
	Log       int     `json:"log2_size"`
	Seconds   float64 `json:"seconds"`
	PerSecond float64 `json:"elements_per_second"`
}

// Transfer is a copy between memory and device.
type Transfer struct {
	Direction string  `json:"direction"`
	Bytes     int     `json:"bytes"`
	PerSecond float64 `json:"bytes_per_second"`
}
