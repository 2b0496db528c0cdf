//go:build icicle

package gpu

import (
	"fmt"
	goruntime "runtime"
	"slices"
	"sync"

	"github.com/consensys/gnark/backend/accelerated/icicle"
	icicle_bn254 "github.com/consensys/gnark/backend/accelerated/icicle/groth16/bn254"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/ingonyama-zk/icicle-gnark/v3/wrappers/golang/runtime"

	"assay/prover"
	keyfile "assay/prover/key"
	"assay/verifier/fault"
)

// Backend proves on one device.
type Backend struct {
	kind   icicle.Backend
	device runtime.Device
	keys   []*key // the one that was used last is last
}

var _ prover.Releaser = (*Backend)(nil)

// key is a proving key on the device.
type key struct {
	host   *groth16.ProvingKey
	device *icicle_bn254.ProvingKey
}

// using is held by whoever uses a device, of all backends of the process.
var using sync.Mutex

// Open loads ICICLE's libraries and takes a device, which must be there.
func Open(o Options) (prover.Releaser, error) {
	using.Lock()
	defer using.Unlock()
	kinds := map[string]icicle.Backend{"": icicle.CUDA, CUDA: icicle.CUDA, CPU: icicle.CPU}
	kind, ok := kinds[o.Kind]
	if !ok {
		return nil, fault.New(ErrDevice, "kind of device", []string{CUDA, CPU}, o.Kind)
	}
	if kind == icicle.CUDA {
		if err := load(o.Libraries); err != nil {
			return nil, err
		}
	}
	b := &Backend{kind: kind, device: runtime.CreateDevice(kind.String(), o.Device)}
	if err := b.available(); err != nil {
		return nil, err
	}
	return b, nil
}

// available tries the device out: ICICLE's own answer is about the kind alone.
func (b *Backend) available() error {
	goruntime.LockOSThread()
	defer goruntime.UnlockOSThread()
	before, code := runtime.GetActiveDevice()
	if code == runtime.Success {
		if code = runtime.SetDevice(&b.device); code == runtime.Success {
			code = runtime.SetDevice(before)
		}
	}
	if code != runtime.Success {
		return fault.New(ErrDevice, fmt.Sprintf("device %s %d", b.kind, b.device.Id), "a device that answers", code.AsString())
	}
	return nil
}

// Name implements prover.Backend.
func (b *Backend) Name() string { return "gpu" }

// Prove implements prover.Backend. It copies the key to the device if it is not there.
func (b *Backend) Prove(j *prover.Job) (*groth16.Proof, error) {
	using.Lock()
	defer using.Unlock()
	k, err := b.take(j.PK, j.R1CS)
	if err != nil {
		return nil, err
	}
	w, opts, err := j.Witness()
	if err != nil {
		return nil, err
	}
	proof, err := icicle_bn254.Prove(j.R1CS, k.device, w, &icicle.Config{DeviceID: int(b.device.Id), Backend: b.kind, ProverOpts: opts, PinToGPU: true})
	if err != nil {
		return nil, err
	}
	j.Rest(keyfile.Points()...)
	return proof, nil
}

// take finds a key on the device, or makes room for it there.
func (b *Backend) take(pk *groth16.ProvingKey, r *cs.R1CS) (*key, error) {
	i := slices.IndexFunc(b.keys, func(k *key) bool { return k.host == pk })
	if i >= 0 {
		k := b.keys[i]
		b.keys = append(slices.Delete(b.keys, i, i+1), k)
		return k, nil
	}
	want := KeyBytes(pk) + workBytes(pk, r)
	for {
		free, known := b.free()
		if !known || free >= want {
			break
		}
		if len(b.keys) == 0 {
			return nil, fault.New(ErrMemory, fmt.Sprintf("device %s %d", b.kind, b.device.Id), fmt.Sprintf("%d bytes", want), fmt.Sprintf("%d bytes free", free))
		}
		b.drop(0)
	}
	k := &key{host: pk, device: &icicle_bn254.ProvingKey{ProvingKey: *pk}}
	b.keys = append(b.keys, k)
	return k, nil
}

// Release implements prover.Releaser.
func (b *Backend) Release(pk *groth16.ProvingKey) error {
	using.Lock()
	defer using.Unlock()
	if i := slices.IndexFunc(b.keys, func(k *key) bool { return k.host == pk }); i >= 0 {
		b.drop(i)
	}
	return nil
}

// drop frees what a key has on the device. ICICLE frees only what belongs to the active device of the thread.
func (b *Backend) drop(i int) {
	b.on(b.keys[i].device.FreeGPUResources)
	b.keys = slices.Delete(b.keys, i, i+1)
}

// on runs f on a thread whose active device is b's.
func (b *Backend) on(f func()) {
	done := make(chan struct{})
	runtime.RunOnDevice(&b.device, func(...any) { f(); close(done) })
	<-done
}

// msmBytes is what buckets and indices take of gnark's largest piece of a multi-scalar multiplication, 2^18 points of G2.
const msmBytes = 1 << 30

// workBytes is what a proof takes beside the key: vectors over the domain, its roots of unity and their order, and the
// wires for each side.
func workBytes(pk *groth16.ProvingKey, r *cs.R1CS) uint64 {
	public, secret, internal := r.GetNbVariables()
	return scalarBytes*(8*pk.Domain.Cardinality+3*uint64(public+secret+internal)) + msmBytes
}
