"""Writes the files of this folder with NumPy 2.4.6 and Pillow 13.0.0: python make.py"""

import os

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(HERE, name)


def npy(name, a, version=None):
    with open(path(name + ".npy"), "wb") as f:
        np.lib.format.write_array(f, a, version=version)


base = np.array([[0, 1, 2], [100, 101, 127]])
for t in "f2 f4 f8 u1 u2 u4 u8 i1 i2 i4 i8".split():
    npy(t, (-base if t[0] in "fi" else base).astype("<" + t))
npy("b1", base > 1)
npy("f2_edges", np.array([6.104e-05, 5.96e-08, 65504, -0.33325, 2049], "<f2"))
npy("version2", base.astype("<f4"), (2, 0))
npy("version3", base.astype("<f4"), (3, 0))
npy("fortran", np.asfortranarray(np.arange(24, dtype="<f4").reshape(2, 3, 4)))
npy("scalar", np.array(2.5))
npy("samples", np.arange(12, dtype="<f4").reshape(4, 3))
npy("large", np.array([2**53 + 1], "<i8"))
npy("bad_big", base.astype(">f4"))
npy("bad_complex", base.astype("<c8"))
npy("bad_text", np.array(["a", "b"]))
npy("bad_record", np.array([(1, 2)], [("a", "<i4"), ("b", "<i4")]))
npy("bad_object", np.array([None, 1], object))
npy("bad_nan", np.array([[1, np.nan, 2]], "<f4"))
npy("bad_inf", np.array([[1, np.inf, 2]], "<f4"))

x, k = np.arange(6, dtype="<f4").reshape(2, 3), np.array([[7], [8]], "<i8")
np.savez(path("named"), x=x, k=k)
np.savez_compressed(path("positional"), x, k)
np.savez(path("partial"), x=x)

rng = np.random.default_rng(1)
y, x = np.mgrid[0:9, 0:14]
color = np.stack([x * 18, y * 28, (x * y * 7) % 256], -1).astype(np.uint8)
gray = (x * 10 + y * 12).astype(np.uint8)
Image.fromarray(color).save(path("color.png"))
Image.fromarray(gray).save(path("gray.png"))
Image.fromarray(gray).save(path("gray.jpg"), quality=100)
Image.fromarray(np.dstack([color, gray])).save(path("alpha.png"))
npy("gray", gray)
npy("color", color)
real = Image.fromarray(gray.astype(np.float32))
for w, h in [(28, 28), (5, 4), (14, 3), (20, 9), (1, 1)]:
    npy(f"gray_{w}x{h}", np.asarray(real.resize((w, h), Image.Resampling.BILINEAR)))
