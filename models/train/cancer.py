"""Trains a small net on the Wisconsin breast cancer data of scikit-learn and writes ../cancer.* (see README.md).

Each feature is given as its place in its range over the training rows, from 0 to 1: in raw units they span 0.001 to
4254, and one quantization step for all of them would leave nothing of the small ones.
"""

import numpy as np
from onnx import helper
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

import bundle

SEED = 7


def export(scaler, net):
    """features -> (features - mean) * 1/deviation -> 16 -> 8 -> 2 logits."""
    weights = {"mean": scaler.mean_[None], "rate": 1 / scaler.scale_[None]}
    nodes = [
        helper.make_node("Sub", ["features", "mean"], ["centered"], name="center"),
        helper.make_node("Mul", ["centered", "rate"], ["standard"], name="scale"),
    ]
    at = "standard"
    for i, (w, b) in enumerate(zip(net.coefs_, net.intercepts_), 1):
        if w.shape[1] == 1:  # one logit z of the second class becomes the pair (-z/2, z/2)
            w, b = np.hstack([-w / 2, w / 2]), np.concatenate([-b / 2, b / 2])
        weights[f"fc{i}.weight"], weights[f"fc{i}.bias"] = w.T, b
        last = i == len(net.coefs_)
        out = "logits" if last else f"g{i}"
        nodes.append(helper.make_node("Gemm", [at, f"fc{i}.weight", f"fc{i}.bias"], [out], name=f"fc{i}", transB=1))
        if not last:
            at = f"r{i}"
            nodes.append(helper.make_node("Relu", [out], [at], name=f"relu{i}"))
    weights = {k: np.asarray(v, np.float32) for k, v in weights.items()}
    return bundle.model("cancer", nodes, weights, "features", [1, 30], "logits", [1, 2])


def main():
    data = load_breast_cancer()
    x, tx, y, ty = train_test_split(data.data, data.target, test_size=0.25, random_state=SEED, stratify=data.target)
    low, high = x.min(0), x.max(0)
    x, tx = (((a - low) / (high - low)).clip(0, 1).astype(np.float32) for a in (x, tx))
    scaler = StandardScaler().fit(x)
    net = MLPClassifier((16, 8), solver="lbfgs", alpha=1.0, max_iter=2000, random_state=SEED)
    net.fit(scaler.transform(x), y)
    m = export(scaler, net)
    accuracy = float((bundle.run(m, tx).argmax(1) == ty).mean())
    print(f"test accuracy {accuracy:.4f} on {len(ty)} rows")
    features = [{"name": n, "low": float(a), "high": float(b)} for n, a, b in zip(data.feature_names, low, high)]
    bundle.save("cancer", "Breast cancer, 30 features", m, data.target_names, x, tx, ty, accuracy, features=features)


if __name__ == "__main__":
    main()
