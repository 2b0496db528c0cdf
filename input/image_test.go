package input

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/internal/optest"
	"assay/ir/tensor"
)

func golden(t *testing.T, name string) array {
	t.Helper()
	a, err := readNPY(file(t, name+".npy"), 10000)
	require.NoError(t, err)
	return a
}

func decodeOne(t *testing.T, name string, d tensor.DType, s tensor.Shape, opt Options) []float64 {
	t.Helper()
	got, err := Decode(name, file(t, name), []Spec{{"image", d, s}}, opt)
	require.NoError(t, err)
	require.Len(t, got, 1)
	require.True(t, got[0]["image"].Shape.Equal(s))
	return got[0]["image"].Data
}

func TestGrayImageIsItsPixels(t *testing.T) {
	want := golden(t, "gray").data
	for _, s := range []tensor.Shape{{9, 14}, {1, 9, 14}, {9, 14, 1}, {1, 1, 9, 14}, {1, 9, 14, 1}} {
		require.Equal(t, want, decodeOne(t, "gray.png", tensor.Uint8, s, Options{}))
	}
	for i, v := range decodeOne(t, "gray.png", tensor.Float32, tensor.Shape{1, 1, 9, 14}, Options{}) {
		require.Equal(t, float64(float32(want[i])/255), v)
	}
	require.InDeltaSlice(t, want, decodeOne(t, "gray.jpg", tensor.Uint8, tensor.Shape{9, 14}, Options{}), 3)
}

func TestColorImageInBothLayouts(t *testing.T) {
	want := golden(t, "color").data // HxWxC
	require.Equal(t, want, decodeOne(t, "color.png", tensor.Uint8, tensor.Shape{1, 9, 14, 3}, Options{}))
	first := decodeOne(t, "color.png", tensor.Uint8, tensor.Shape{3, 9, 14}, Options{})
	gray := decodeOne(t, "color.png", tensor.Float64, tensor.Shape{9, 14}, Options{Scale: 1})
	for i := range 9 * 14 {
		r, g, b := want[3*i], want[3*i+1], want[3*i+2]
		require.Equal(t, []float64{r, g, b}, []float64{first[i], first[126+i], first[252+i]})
		require.InDelta(t, 0.299*r+0.587*g+0.114*b, gray[i], 1e-9)
	}
}

func TestTransparencyBecomesBlack(t *testing.T) {
	color, alpha := golden(t, "color").data, golden(t, "gray").data
	for i, v := range decodeOne(t, "alpha.png", tensor.Float64, tensor.Shape{9, 14, 3}, Options{Scale: 1}) {
		require.InDelta(t, color[i]*alpha[i/3]/255, v, 0.01)
	}
}

// The goldens are Pillow's BILINEAR on 32-bit reals.
func TestResizeIsPillows(t *testing.T) {
	for _, name := range []string{"28x28", "5x4", "14x3", "20x9", "1x1"} {
		a := golden(t, "gray_"+name)
		require.InDeltaSlice(t, a.data, decodeOne(t, "gray.png", tensor.Float64, append(tensor.Shape{1}, a.shape...), Options{Scale: 1}), 1e-3, name)
	}
}

func TestNormalization(t *testing.T) {
	pixels := golden(t, "color").data
	opt := Options{Mean: []float64{0.1, 0.2, 0.3}, Std: []float64{0.5}}
	for i, v := range decodeOne(t, "color.png", tensor.Float64, tensor.Shape{9, 14, 3}, opt) {
		require.InDelta(t, (pixels[i]/255-opt.Mean[i%3])/0.5, v, 1e-12)
	}
}

func TestDecodeImageRefuses(t *testing.T) {
	gray := []Spec{{"image", tensor.Float32, tensor.Shape{1, 1, 9, 14}}}
	shaped := func(s ...int) []Spec { return []Spec{{"image", tensor.Float32, s}} }
	for name, c := range map[string]struct {
		body  []byte
		specs []Spec
		opt   Options
		code  Code
	}{
		"not an image":  {[]byte("{}"), gray, Options{}, CodeFormat},
		"short":         {file(t, "gray.png")[:60], gray, Options{}, CodeFormat},
		"bomb":          {resized(t, 1<<16, 1<<16), gray, Options{}, CodeLimit},
		"two inputs":    {file(t, "gray.png"), append(gray, gray...), Options{}, CodeName},
		"a row":         {file(t, "gray.png"), shaped(1, 30), Options{}, CodeShape},
		"a batch":       {file(t, "gray.png"), shaped(2, 1, 9, 14), Options{}, CodeShape},
		"many channels": {file(t, "gray.png"), shaped(1, 4, 9, 14), Options{}, CodeShape},
		"mean":          {file(t, "gray.png"), gray, Options{Mean: []float64{1, 2}}, CodeShape},
		"deviation":     {file(t, "gray.png"), gray, Options{Std: []float64{0}}, CodeValue},
		"limit":         {file(t, "gray.png"), gray, Options{MaxValues: 125}, CodeLimit},
		"range":         {file(t, "gray.png"), []Spec{{"image", tensor.Uint8, tensor.Shape{9, 14}}}, Options{Scale: 2}, CodeValue},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Decode("a.png", c.body, c.specs, c.opt)
			requireCode(t, err, c.code)
		})
	}
}

// resized is gray.png with another size in its header.
func resized(t *testing.T, width, height uint32) []byte {
	t.Helper()
	b := bytes.Clone(file(t, "gray.png"))
	binary.BigEndian.PutUint32(b[16:], width)
	binary.BigEndian.PutUint32(b[20:], height)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

// stripes is an image of so many pixels that compresses well.
func stripes(width, height int) image.Image {
	img := image.NewGray(image.Rect(0, 0, width, height))
	for i := range img.Pix {
		img.Pix[i] = byte(i / width % 2 * 255)
	}
	return img
}

func FuzzDecodeImage(f *testing.F) {
	for _, size := range []int{1, 4, 9} {
		var p, j bytes.Buffer
		require.NoError(f, png.Encode(&p, stripes(size, size)))
		require.NoError(f, jpeg.Encode(&j, stripes(size, size), nil))
		f.Add(p.Bytes())
		f.Add(j.Bytes())
	}
	specs := []Spec{{"x", tensor.Float32, tensor.Shape{1, 3, 8, 8}}}
	f.Fuzz(func(t *testing.T, b []byte) { checkDecode(t, "a.png", b, specs) })
}

// TestImageBombs refuses small files of large images, and images of many passes.
func TestImageBombs(t *testing.T) {
	var p, j bytes.Buffer
	require.NoError(t, png.Encode(&p, stripes(8000, 1000)))
	require.NoError(t, jpeg.Encode(&j, stripes(64, 64), nil))
	scan := bytes.Index(j.Bytes(), startOfScan)
	many := append(j.Bytes()[:scan:scan], bytes.Repeat(j.Bytes()[scan:j.Len()-2], 100)...)
	specs := []Spec{{"x", tensor.Float32, tensor.Shape{1, 1, 8, 8}}}
	for name, b := range map[string][]byte{"pixels": p.Bytes(), "scans": many} {
		optest.Frugal(t, func() {
			_, err := Decode("a.png", b, specs, Options{})
			requireCode(t, err, CodeLimit)
		})
		require.Less(t, len(b), 1<<18, name)
	}
}
