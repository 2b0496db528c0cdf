//go:build icicle

package gpu

import (
	"fmt"
	"slices"
	"time"
	"unsafe"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/ingonyama-zk/icicle-gnark/v3/wrappers/golang/core"
	icurve "github.com/ingonyama-zk/icicle-gnark/v3/wrappers/golang/curves/bn254"
	"github.com/ingonyama-zk/icicle-gnark/v3/wrappers/golang/curves/bn254/g2"
	"github.com/ingonyama-zk/icicle-gnark/v3/wrappers/golang/curves/bn254/msm"
	"github.com/ingonyama-zk/icicle-gnark/v3/wrappers/golang/curves/bn254/ntt"
	"github.com/ingonyama-zk/icicle-gnark/v3/wrappers/golang/runtime"

	"assay/verifier/fault"
)

// repeats is how often each operation is timed, after one that is not.
const repeats = 5

// MeasureRates times transforms and multi-scalar multiplications of random scalars at sizes of 2^log elements, and
// copies of that many scalars. It takes the device's table of roots of unity, so the process cannot prove on the device.
func MeasureRates(o Options, logs []int) (*Rates, error) {
	opened, err := Open(o)
	if err != nil {
		return nil, err
	}
	using.Lock()
	defer using.Unlock()
	b := opened.(*Backend)
	r := &Rates{}
	b.on(func() { err = b.rates(r, slices.Sorted(slices.Values(logs))) })
	return r, err
}

func (b *Backend) rates(r *Rates, logs []int) error {
	if m, code := runtime.GetAvailableMemory(); code == runtime.Success {
		r.Memory = uint64(m.Total)
	}
	largest := 1 << logs[len(logs)-1]
	scalars := make([]fr.Element, largest)
	for i := range scalars {
		if _, err := scalars[i].SetRandom(); err != nil {
			return fmt.Errorf("draw scalars: %w", err)
		}
	}
	// Few points, repeated: what a sum costs does not depend on them.
	_, _, g1, g2Generator := bn254.Generators()
	few := min(largest, 1<<12)
	points, points2 := bn254.BatchScalarMultiplicationG1(&g1, scalars[:few]), bn254.BatchScalarMultiplicationG2(&g2Generator, scalars[:few])
	for len(points) < largest {
		points, points2 = append(points, points...), append(points2, points2...)
	}
	if err := initDomain(uint64(largest)); err != nil {
		return err
	}
	var s, p, p2 core.DeviceSlice
	core.HostSliceFromElements(scalars).CopyToDevice(&s, true)
	core.HostSliceFromElements(points).CopyToDevice(&p, true)
	core.HostSliceFromElements(points2).CopyToDevice(&p2, true)
	defer s.Free()
	defer p.Free()
	defer p2.Free()
	for _, log := range logs {
		n := 1 << log
		if err := r.transfers(s.RangeTo(n, false), scalars[:n]); err != nil {
			return err
		}
		if err := r.sums(log, s.RangeTo(n, false), p.RangeTo(n, false), p2.RangeTo(n, false)); err != nil {
			return err
		}
		if err := r.transform(log, s.RangeTo(n, false)); err != nil {
			return err
		}
	}
	return nil
}

func initDomain(n uint64) error {
	root, err := fft.Generator(n)
	if err != nil {
		return fmt.Errorf("find root of unity: %w", err)
	}
	bits := root.Bits()
	var f icurve.ScalarField
	f.FromLimbs(core.ConvertUint64ArrToUint32Arr(bits[:]))
	return failed("make roots of unity", ntt.InitDomain(f, core.GetDefaultNTTInitDomainConfig()))
}

// sums times multi-scalar multiplications; points and scalars are in Montgomery form.
func (r *Rates) sums(log int, s, p, p2 core.DeviceSlice) error {
	cfg := msm.GetDefaultMSMConfig()
	cfg.AreScalarsMontgomeryForm, cfg.AreBasesMontgomeryForm = true, true
	one := make(core.HostSlice[icurve.Projective], 1)
	if err := timed(&r.MSM, "G1", log, func() error { return failed("multiply in G1", msm.Msm(s, p, &cfg, one)) }); err != nil {
		return err
	}
	cfg2 := g2.G2GetDefaultMSMConfig()
	cfg2.AreScalarsMontgomeryForm, cfg2.AreBasesMontgomeryForm = true, true
	two := make(core.HostSlice[g2.G2Projective], 1)
	return timed(&r.MSM, "G2", log, func() error { return failed("multiply in G2", g2.G2Msm(s, p2, &cfg2, two)) })
}

func (r *Rates) transform(log int, s core.DeviceSlice) error {
	cfg := ntt.GetDefaultNttConfig()
	return timed(&r.NTT, "NTT", log, func() error { return failed("transform", ntt.Ntt(s, core.KForward, &cfg, s)) })
}

func (r *Rates) transfers(d core.DeviceSlice, host []fr.Element) error {
	size := len(host) * fr.Bytes
	back := make([]fr.Element, len(host))
	for _, t := range []struct {
		direction string
		copy      func() error
	}{
		{"to device", func() error {
			_, code := runtime.CopyToDevice(d.AsUnsafePointer(), unsafe.Pointer(&host[0]), uint(size))
			return failed("copy to device", code)
		}},
		{"from device", func() error {
			_, code := runtime.CopyFromDevice(unsafe.Pointer(&back[0]), d.AsUnsafePointer(), uint(size))
			return failed("copy from device", code)
		}},
	} {
		seconds, err := median(t.copy)
		if err != nil {
			return err
		}
		r.Transfers = append(r.Transfers, Transfer{t.direction, size, float64(size) / seconds})
	}
	return nil
}

func timed(to *[]Rate, kind string, log int, f func() error) error {
	seconds, err := median(f)
	*to = append(*to, Rate{kind, log, seconds, float64(int(1)<<log) / seconds})
	return err
}

// median runs f once to warm up, and then gives the median time of several runs.
func median(f func() error) (float64, error) {
	var took []float64
	for i := range repeats + 1 {
		start := time.Now()
		if err := f(); err != nil {
			return 0, err
		}
		if code := runtime.DeviceSynchronize(); code != runtime.Success {
			return 0, failed("wait for device", code)
		}
		if i > 0 {
			took = append(took, time.Since(start).Seconds())
		}
	}
	slices.Sort(took)
	return took[repeats/2], nil
}

func failed(what string, code runtime.EIcicleError) error {
	if code == runtime.Success {
		return nil
	}
	return fault.New(ErrDevice, what, "success", code.AsString())
}
