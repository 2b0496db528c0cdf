"""Trains LeNet-5 on Fashion-MNIST and writes ../lenet5.* (see README.md)."""

import argparse
import gzip
import os

# One thread and no fast math: the same machine and the same packages give the same bytes.
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false --xla_cpu_enable_fast_math=false"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import numpy as np
from onnx import helper
from PIL import Image

import bundle

SEED = 20
BATCH = 256
RATE = 3e-3
DECAY = 2e-3  # decoupled weight decay, per unit of learning rate times 10
CLASSES = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
LAYERS = ["conv1", "conv2", "fc1", "fc2", "fc3"]


def idx(folder, name):
    """The uint8 array of an IDX file (http://yann.lecun.com/exdb/mnist, "the IDX file format")."""
    with gzip.open(os.path.join(folder, name)) as f:
        b = f.read()
    rank = b[3]
    shape = np.frombuffer(b, ">i4", rank, 4)
    return np.frombuffer(b, np.uint8, offset=4 + 4 * rank).reshape(shape)


def start(rng):
    """He initialization. Convolutions are HWIO, dense layers in x out."""
    shapes = [(5, 5, 1, 6), (5, 5, 6, 16), (400, 120), (120, 84), (84, 10)]
    p = {}
    for name, s in zip(LAYERS, shapes):
        p[name] = {
            "w": rng.normal(0, np.sqrt(2 / np.prod(s[:-1])), s).astype(np.float32),
            "b": np.zeros(s[-1], np.float32),
        }
    return p


def conv(x, p, pad):
    dims = ("NHWC", "HWIO", "NHWC")
    return jax.lax.conv_general_dilated(x, p["w"], (1, 1), [(pad, pad)] * 2, dimension_numbers=dims) + p["b"]


def pool(x):
    n, h, w, c = x.shape
    return x.reshape(n, h // 2, 2, w // 2, 2, c).max((2, 4))


def forward(p, x):
    """The layer outputs, logits last; x is N x 28 x 28 x 1."""
    a1 = jax.nn.relu(conv(x, p["conv1"], 2))
    a2 = jax.nn.relu(conv(pool(a1), p["conv2"], 0))
    flat = pool(a2).transpose(0, 3, 1, 2).reshape(x.shape[0], -1)  # as ONNX flattens N x C x H x W
    a3 = jax.nn.relu(flat @ p["fc1"]["w"] + p["fc1"]["b"])
    a4 = jax.nn.relu(a3 @ p["fc2"]["w"] + p["fc2"]["b"])
    return a1, a2, a3, a4, a4 @ p["fc3"]["w"] + p["fc3"]["b"]


def loss(p, x, y, l1):
    logp = jax.nn.log_softmax(forward(p, x)[-1])
    target = jax.nn.one_hot(y, 10) * 0.95 + 0.005
    norm = sum(jnp.abs(p[k]["w"]).sum() / p[k]["w"].shape[-1] for k in LAYERS)
    return -(target * logp).sum(1).mean() + l1 * norm


def augment(key, x):
    """Flips left to right at random and shifts by at most one pixel."""
    kf, ks = jax.random.split(key)
    flip = jax.random.bernoulli(kf, 0.5, (x.shape[0], 1, 1, 1))
    x = jnp.where(flip, x[:, :, ::-1], x)
    x = jnp.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    dy, dx = jax.random.randint(ks, (2,), 0, 3)
    return jax.lax.dynamic_slice(x, (0, dy, dx, 0), (x.shape[0], 28, 28, 1))


def train(x, y, epochs, l1):
    """AdamW with a one-cycle cosine rate. Returns the moving average of the weights."""
    rng = np.random.default_rng(SEED)
    p = start(rng)
    zero = jax.tree.map(jnp.zeros_like, p)
    state = (p, zero, zero, p)
    batches = len(x) // BATCH
    total = epochs * batches

    @jax.jit
    def step(state, i, order, key):
        p, m, v, ema = state
        xb = augment(key, x[order].astype(jnp.float32) / 255)
        g = jax.grad(loss)(p, xb, y[order], l1)
        rate = RATE * jnp.minimum(1, (i + 1) / 500) * (0.5 + 0.5 * jnp.cos(jnp.pi * i / total))
        m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
        v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
        c1, c2 = 1 - 0.9 ** (i + 1.0), 1 - 0.999 ** (i + 1.0)
        p = jax.tree.map(lambda p, m, v: p - rate * (m / c1 / (jnp.sqrt(v / c2) + 1e-8) + 10 * DECAY * p), p, m, v)
        ema = jax.tree.map(lambda e, p: 0.995 * e + 0.005 * p, ema, p)
        return p, m, v, ema

    x, y = jnp.asarray(x), jnp.asarray(y)
    key = jax.random.key(SEED)
    for epoch in range(epochs):
        order = rng.permutation(len(y))
        for b in range(batches):
            i = epoch * batches + b
            state = step(state, i, order[b * BATCH : (b + 1) * BATCH], jax.random.fold_in(key, i))
        print(f"epoch {epoch + 1}/{epochs}", flush=True)
    return jax.tree.map(np.asarray, state[3])


def export(p):
    w = {}
    for k in LAYERS:
        a = p[k]["w"]
        w[k + ".weight"] = a.transpose(3, 2, 0, 1) if a.ndim == 4 else a.T
        w[k + ".bias"] = p[k]["b"]
    nodes = []

    def node(op, name, inputs, output, **attributes):
        nodes.append(helper.make_node(op, inputs, [output], name=name, **attributes))

    def layer(op, name, source, output, **attributes):
        node(op, name, [source, name + ".weight", name + ".bias"], output, **attributes)

    layer("Conv", "conv1", "image", "c1", kernel_shape=[5, 5], pads=[2, 2, 2, 2], strides=[1, 1])
    node("Relu", "relu1", ["c1"], "r1")
    node("MaxPool", "pool1", ["r1"], "p1", kernel_shape=[2, 2], strides=[2, 2])
    layer("Conv", "conv2", "p1", "c2", kernel_shape=[5, 5], strides=[1, 1])
    node("Relu", "relu2", ["c2"], "r2")
    node("MaxPool", "pool2", ["r2"], "p2", kernel_shape=[2, 2], strides=[2, 2])
    node("Flatten", "flatten", ["p2"], "f", axis=1)
    layer("Gemm", "fc1", "f", "g1", transB=1)
    node("Relu", "relu3", ["g1"], "r3")
    layer("Gemm", "fc2", "r3", "g2", transB=1)
    node("Relu", "relu4", ["g2"], "r4")
    layer("Gemm", "fc3", "r4", "logits", transB=1)
    return bundle.model("lenet5", nodes, w, "image", [1, 1, 28, 28], "logits", [1, 10])


def spread(p, x):
    """Prints how much wider each layer's worst case is than what it does on x: the bits that saturation must cover."""
    acts = jax.jit(forward)(p, x)
    top = 1.0
    for k, a in zip(LAYERS, acts):
        l1 = np.abs(p[k]["w"]).reshape(-1, p[k]["w"].shape[-1]).sum(0)
        worst = float(np.max(l1 * top + np.abs(p[k]["b"])))
        seen = float(np.abs(a).max())
        print(f"{k}: largest L1 norm {l1.max():.2f}, worst case {worst:.1f}, seen {seen:.1f}, {np.log2(worst / seen):.1f} bits wider")
        top = seen


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--data", default="/usr/share/datasets/fashion-mnist")
    args.add_argument("--epochs", type=int, default=40)
    args.add_argument("--l1", type=float, default=3e-4)
    args.add_argument("--dry-run", action="store_true", help="write no file")
    args = args.parse_args()

    x = idx(args.data, "train-images-idx3-ubyte.gz")[..., None]
    y = idx(args.data, "train-labels-idx1-ubyte.gz")
    tx = idx(args.data, "t10k-images-idx3-ubyte.gz")[:, None]
    ty = idx(args.data, "t10k-labels-idx1-ubyte.gz")
    p = train(x, y, args.epochs, args.l1)
    m = export(p)
    unit = tx.astype(np.float32) / np.float32(255)
    accuracy = float((bundle.run(m, unit).argmax(1) == ty).mean())
    print(f"test accuracy {accuracy:.4f} on {len(ty)} images")
    spread(p, x[:2000].astype(np.float32) / 255)
    if args.dry_run:
        return
    calibration = x[:160].transpose(0, 3, 1, 2).astype(np.float32) / np.float32(255)
    bundle.save("lenet5", "LeNet-5 on Fashion-MNIST", m, CLASSES, calibration, unit[:100], ty[:100], accuracy)
    Image.fromarray(tx[0, 0]).save(bundle.path("lenet5.png"), optimize=True)


if __name__ == "__main__":
    main()
