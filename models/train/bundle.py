"""Writes the files of one bundled model: NAME.onnx, NAME.json, NAME_calibration.npz and NAME_test.npz."""

import json
import os
import zipfile

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OPSET = 17
IR_VERSION = 8


def path(name):
    return os.path.join(HERE, name)


def model(name, nodes, weights, input_name, input_shape, output_name, output_shape):
    """An ONNX model of float32 tensors; weights maps initializer names to arrays."""
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info(input_name, TensorProto.FLOAT, input_shape)],
        [helper.make_tensor_value_info(output_name, TensorProto.FLOAT, output_shape)],
        [numpy_helper.from_array(np.ascontiguousarray(w), k) for k, w in weights.items()],
    )
    m = helper.make_model(
        graph,
        producer_name="assay models/train",
        ir_version=IR_VERSION,
        opset_imports=[helper.make_opsetid("", OPSET)],
    )
    onnx.checker.check_model(m, full_check=True)
    return m


def run(m, x):
    """Runs m, whose batch is one, on each row of x, and returns the rows of its only output."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(m.SerializeToString(), options, providers=["CPUExecutionProvider"])
    feed = session.get_inputs()[0].name
    return np.concatenate([session.run(None, {feed: row[None]})[0] for row in x])


def save_npz(file, arrays):
    """numpy.savez_compressed without the time of day, so that equal arrays give equal bytes."""
    with zipfile.ZipFile(file, "w") as z:
        for k, a in arrays.items():
            info = zipfile.ZipInfo(k + ".npy", date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            with z.open(info, "w") as f:
                np.lib.format.write_array(f, np.ascontiguousarray(a), allow_pickle=False)


def save(name, title, m, classes, calibration, test, labels, accuracy, **more):
    """calibration and test are float32 with the samples along axis 0; accuracy is a fraction of the whole test set."""
    feed = m.graph.input[0].name
    onnx.save(m, path(name + ".onnx"))
    save_npz(path(name + "_calibration.npz"), {feed: calibration})
    save_npz(path(name + "_test.npz"), {feed: test})
    with open(path(name + ".json"), "w") as f:
        about = {"title": title, "accuracy": round(accuracy, 6), "classes": list(classes), "labels": [int(v) for v in labels]}
        about.update(more)
        f.write(json.dumps(about) + "\n")
    for suffix in (".onnx", "_calibration.npz", "_test.npz", ".json"):
        print(f"{name + suffix}: {os.path.getsize(path(name + suffix))} bytes")
