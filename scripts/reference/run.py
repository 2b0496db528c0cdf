"""Runs models on ONNX Runtime for the tests of package internal/reference.

Reads a JSON request a line, {"model": base64 of the file, "inputs": [base64 of a TensorProto], "optimize": whether it
may replace operators by its own}, and answers each with a
line {"outputs": [base64 of a TensorProto, or "" for what is not a tensor]} or {"error": text}. The first line that it
writes, {"ready": versions}, says that it runs.
"""

import base64
import json
import sys

import numpy
import onnx
import onnxruntime


def run(request):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1
    levels = onnxruntime.GraphOptimizationLevel
    options.graph_optimization_level = levels.ORT_ENABLE_ALL if request["optimize"] else levels.ORT_DISABLE_ALL
    model = base64.b64decode(request["model"])
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    feed = {}
    for text in request["inputs"]:
        proto = onnx.TensorProto.FromString(base64.b64decode(text))
        feed[proto.name] = onnx.numpy_helper.to_array(proto)
    outputs = []
    for value in session.run(None, feed):
        if isinstance(value, numpy.ndarray) and value.dtype.kind in "fiub":
            outputs.append(base64.b64encode(onnx.numpy_helper.from_array(value).SerializeToString()).decode())
        else:
            outputs.append("")
    return {"outputs": outputs}


def main():
    print(json.dumps({"ready": f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}"}), flush=True)
    for line in sys.stdin:
        try:
            answer = run(json.loads(line))
        except Exception as error:  # whatever it refuses is the answer
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
