package input

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"math"

	"assay/ir/tensor"
)

func init() {
	register(".png", decodeImage)
	register(".jpg", decodeImage)
	register(".jpeg", decodeImage)
}

// layout says where a model input of one image has its channels.
type layout struct {
	channels, height, width int
	last                    bool // channels are the innermost axis
}

// layoutOf reads CxHxW, HxWxC or HxW out of a shape, after an optional leading batch axis of 1 when the rank is 4.
// C is 1 or 3; where both readings are possible, channels come first.
func layoutOf(s tensor.Shape) (layout, error) {
	t := s
	if len(t) == 4 && t[0] == 1 {
		t = t[1:]
	}
	colors := func(c int) bool { return c == 1 || c == 3 }
	switch {
	case len(t) == 2 && t[0] > 1 && t[1] > 1: // 1xN is a batch of one row
		return layout{1, t[0], t[1], false}, nil
	case len(t) == 3 && colors(t[0]):
		return layout{t[0], t[1], t[2], false}, nil
	case len(t) == 3 && colors(t[2]):
		return layout{t[2], t[0], t[1], true}, nil
	}
	return layout{}, refuse(CodeShape, "an image input of 1xCxHxW, 1xHxWxC, CxHxW, HxWxC or HxW with C 1 or 3", "%v", s)
}

// decodeImage reads one picture. Color becomes gray by Rec. 601 luma where the model has one channel, transparency
// becomes black, and another size is resampled by a triangle filter; EXIF orientation is not applied.
func decodeImage(b []byte, specs []Spec, opt Options) ([]Sample, error) {
	if len(specs) != 1 {
		return nil, refuse(CodeName, "arrays for "+names(specs)+" in an .npz or .json file", "one image")
	}
	spec := specs[0]
	l, err := layoutOf(spec.Shape)
	if err != nil {
		return nil, about(err, spec.Name)
	}
	if n := spec.Shape.Size(); n > opt.maxValues() {
		return nil, refuse(CodeLimit, fmt.Sprintf("at most %d numbers", opt.maxValues()), "%d", n)
	}
	norm, err := opt.normalize(l.channels, spec.DType)
	if err != nil {
		return nil, err
	}
	config, kind, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return nil, refuse(CodeFormat, "a PNG or JPEG image", "%v", err)
	}
	most := min(MaxPixels, allowance(len(b)))
	if config.Width < 1 || config.Height < 1 || config.Width > most/config.Height {
		return nil, refuse(CodeLimit, fmt.Sprintf("an image of 1 to %d pixels in %d bytes", most, len(b)), "%d x %d", config.Width, config.Height)
	}
	if n := bytes.Count(b, startOfScan); kind == "jpeg" && n > maxScans {
		return nil, refuse(CodeLimit, fmt.Sprintf("at most %d scans", maxScans), "%d", n)
	}
	img, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, refuse(CodeFormat, "a PNG or JPEG image", "%v", err)
	}
	t := tensor.New[float64](spec.Shape)
	for c := range l.channels {
		p := resize(channel(img, c, l.channels), l.height, l.width)
		for i, v := range p.data {
			at := c*len(p.data) + i
			if l.last {
				at = i*l.channels + c
			}
			t.Data[at] = norm(c, v)
		}
	}
	if err := convert(t.Data, tensor.Undefined, spec.DType); err != nil {
		return nil, about(err, spec.Name)
	}
	return []Sample{{spec.Name: t}}, nil
}

// maxScans bounds the passes over a JPEG image, each of which may take a few bytes.
const maxScans = 64

// startOfScan is the marker of a pass in a JPEG file; compressed data cannot hold it.
var startOfScan = []byte{0xff, 0xda}

// plane is one channel of an image, row-major, 0 to 255.
type plane struct {
	height, width int
	data          []float64
}

// channel takes channel c of 3, or the gray of 1.
func channel(img image.Image, c, channels int) plane {
	r := img.Bounds()
	p := plane{r.Dy(), r.Dx(), make([]float64, 0, r.Dx()*r.Dy())}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			red, green, blue, _ := img.At(x, y).RGBA()
			var v float64
			switch {
			case channels == 1 && red == green && green == blue:
				v = float64(red)
			case channels == 1:
				v = 0.299*float64(red) + 0.587*float64(green) + 0.114*float64(blue)
			default:
				v = float64([3]uint32{red, green, blue}[c])
			}
			p.data = append(p.data, v/257)
		}
	}
	return p
}

// normalize gives the map from a pixel of 0 to 255 to a value of a model input of so many channels.
func (o Options) normalize(channels int, d tensor.DType) (func(c int, v float64) float64, error) {
	scale := o.Scale
	if scale == 0 {
		scale = 1
		if d.IsFloat() {
			scale = 1.0 / 255
		}
	}
	if math.IsNaN(scale) || math.IsInf(scale, 0) {
		return nil, refuse(CodeValue, "a finite scale", "%v", scale)
	}
	each := func(name string, v []float64, absent float64) ([]float64, error) {
		if len(v) > 1 && len(v) != channels {
			return nil, refuse(CodeShape, fmt.Sprintf("%s for 1 or %d channels", name, channels), "%d", len(v))
		}
		out := make([]float64, channels)
		for c := range out {
			switch len(v) {
			case 0:
				out[c] = absent
			case 1:
				out[c] = v[0]
			default:
				out[c] = v[c]
			}
			if math.IsNaN(out[c]) || math.IsInf(out[c], 0) || absent == 1 && out[c] == 0 {
				return nil, refuse(CodeValue, "a usable "+name, "%v", out[c])
			}
		}
		return out, nil
	}
	mean, err := each("mean", o.Mean, 0)
	if err != nil {
		return nil, err
	}
	std, err := each("standard deviation", o.Std, 1)
	if err != nil {
		return nil, err
	}
	byPixel := d.IsInteger() || d == tensor.Bool
	return func(c int, v float64) float64 {
		v = (v*scale - mean[c]) / std[c]
		if byPixel {
			v = math.RoundToEven(v)
		}
		return v
	}, nil
}
