//go:build icicle

package gpu

import "github.com/ingonyama-zk/icicle-gnark/v3/wrappers/golang/runtime"

// free is the device's free memory; ICICLE does not know that of a processor.
func (b *Backend) free() (bytes uint64, known bool) {
	b.on(func() {
		if m, err := runtime.GetAvailableMemory(); err == runtime.Success {
			bytes, known = uint64(m.Free), true
		}
	})
	return bytes, known
}
