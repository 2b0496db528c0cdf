//go:build icicle

package gpu

import (
	"fmt"
	"os"
	"slices"

	"github.com/ingonyama-zk/icicle-gnark/v3/wrappers/golang/runtime"

	"assay/verifier/fault"
)

// libraries is the folder of ICICLE's libraries for CUDA; the build sets it.
var libraries string

// load opens ICICLE's libraries for CUDA, which then are there for the life of the process.
func load(dir string) error {
	if registered(CUDA) {
		return nil
	}
	if dir == "" {
		dir = libraries
	}
	if env := os.Getenv("ICICLE_BACKEND_INSTALL_DIR"); dir == "" {
		dir = env
	}
	info, err := os.Stat(dir)
	if err != nil || !info.IsDir() {
		return fault.New(ErrDevice, "libraries of ICICLE for CUDA", "a folder that make gpu made", fmt.Sprintf("%q", dir))
	}
	if code := runtime.LoadBackend(dir, true); code != runtime.Success {
		return fault.New(ErrDevice, dir, "libraries that load", code.AsString())
	}
	if !registered(CUDA) {
		return fault.New(ErrDevice, dir, "libraries that offer CUDA devices", "none: is the driver installed?")
	}
	return nil
}

// registered reports whether ICICLE has the arithmetic of a kind of devices.
func registered(kind string) bool {
	names, code := runtime.GetRegisteredDevices()
	return code == runtime.Success && slices.Contains(names, kind)
}
