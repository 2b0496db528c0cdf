"""One stage of EZKL on one model: stages.py STAGE FOLDER [OPTION ...]. It prints one JSON object.

FOLDER holds model.onnx, input.json (the measured input) and calibration.json, and gets what the stages make. Every stage runs in a
process of its own, so that its time and memory are its own; "peak_bytes" is the most memory that the process has had.
"""

import argparse
import asyncio
import inspect
import io
import json
import logging
import os
import re
import subprocess
import sys
import time
from pathlib import Path

# EZKL and its libraries write to the standard output: it goes to the standard error, and the answer alone to where it was.
answer = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
log = io.StringIO()

HERE = Path(__file__).resolve().parent


def load():
    """Imports EZKL with its log kept in memory."""
    logging.basicConfig(level=logging.INFO, stream=log, format="%(levelname)s %(message)s")
    import ezkl

    return ezkl


def settle(function, *args, **named):
    """Calls a function of EZKL's, some of which are asynchronous."""

    async def call():
        made = function(*[str(a) if isinstance(a, Path) else a for a in args], **named)
        return await made if inspect.isawaitable(made) else made

    return asyncio.run(call())


def timed(function, *args, **named):
    start = time.perf_counter()
    settle(function, *args, **named)
    return time.perf_counter() - start


def peak():
    """The most memory this process has had, in bytes."""
    for line in open("/proc/self/status"):
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) << 10
    return 0


def read(path):
    with open(path) as f:
        return json.load(f)


def write(path, value):
    with open(path, "w") as f:
        json.dump(value, f)


def size(path):
    return os.path.getsize(path)


def circuit(settings):
    """What settings say about the circuit's size."""
    return {"rows": settings["num_rows"], "k": settings["run_args"]["logrows"], "arguments": settings["run_args"]}


def versions(o):
    import platform
    from importlib.metadata import version

    return {"ezkl": version("ezkl"), "onnxruntime": version("onnxruntime"), "python": platform.python_version()}


def reference(o):
    """The float model's answer, by ONNX Runtime, which also tells the names of dimensions that the file leaves open."""
    import numpy
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(str(o.folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
    shapes = read(o.folder / "shapes.json")
    names = {n: size for port, shape in zip(session.get_inputs(), shapes, strict=True) for n, size in zip(port.shape, shape) if isinstance(n, str)}
    write(o.folder / "variables.json", list(({"batch_size": 1} | names).items()))
    types = {"tensor(float)": "float32", "tensor(double)": "float64", "tensor(float16)": "float16", "tensor(bool)": "bool"}
    feed = {}
    for port, values, shape in zip(session.get_inputs(), read(o.folder / "input.json")["input_data"], shapes, strict=True):
        dtype = types.get(port.type) or port.type.removeprefix("tensor(").removesuffix(")")
        feed[port.name] = numpy.array(values).astype(dtype).reshape(shape)
    outputs = session.run(None, feed)
    named = [(p.name, numpy.asarray(v).astype("float64")) for p, v in zip(session.get_outputs(), outputs, strict=True)]
    return {"outputs": [{"name": n, "shape": list(v.shape), "data": v.ravel().tolist()} for n, v in named], "runtime": "ONNX Runtime " + onnxruntime.__version__}


def variables(folder):
    """Sizes of open dimensions by name."""
    known = folder / "variables.json"
    return [tuple(v) for v in read(known)] if known.exists() else [("batch_size", 1)]


def calibrate(o):
    """EZKL's own choice: default arguments, and its calibration for resources."""
    ezkl = load()
    d = o.folder
    start = time.perf_counter()
    run = ezkl.PyRunArgs()
    run.variables = variables(d)
    settle(ezkl.gen_settings, d / "model.onnx", d / "settings.json", py_run_args=run)
    settle(ezkl.calibrate_settings, d / "calibration.json", d / "model.onnx", d / "settings.json", "resources")
    return circuit(read(d / "settings.json")) | {"seconds": time.perf_counter() - start}


def tune(o):
    """The cheapest arguments whose error stays below a limit: see search.py."""
    ezkl = load()
    import search

    start = time.perf_counter()
    result = search.Search(ezkl, settle, o.folder, variables(o.folder), o.error, o.seconds).run()
    return result | {"seconds": time.perf_counter() - start}


def choose(o):
    """Takes one of the search's finalists as the settings."""
    finalist = read(o.folder / "finalists.json")[o.index]
    write(o.folder / "settings.json", finalist["settings"])
    return circuit(finalist["settings"])


def compile(o):
    """The circuit, and the witness of the measured input with the answer that it shows."""
    ezkl = load()
    d = o.folder
    seconds = timed(ezkl.compile_circuit, d / "model.onnx", d / "circuit.ezkl", d / "settings.json")
    witness = timed(ezkl.gen_witness, d / "input.json", d / "circuit.ezkl", d / "witness.json")
    shown = read(d / "witness.json")["pretty_elements"]["rescaled_outputs"]
    return {"seconds": seconds, "witness_s": witness, "outputs": [[float(x) for x in row] for row in shown]}


def srs(o):
    """The universal reference string of one size, made here: whoever makes it can forge proofs."""
    ezkl = load()
    return {"seconds": timed(ezkl.gen_srs, o.srs, o.k)}


def setup(o):
    ezkl = load()
    d = o.folder
    seconds = timed(ezkl.setup, d / "circuit.ezkl", d / "verifying.key", d / "proving.key", o.srs)
    return {"seconds": seconds, "proving_key_bytes": size(d / "proving.key"), "verifying_key_bytes": size(d / "verifying.key")}


def prove(o):
    """One proof. "seconds" is what EZKL's log says of the proof alone; "call_s" has the loading of keys and files too."""
    ezkl = load()
    d = o.folder
    call = timed(ezkl.prove, d / "witness.json", d / "circuit.ezkl", d / "proving.key", d / "proof.json", o.srs)
    # EZKL writes whole seconds and whole milliseconds without leading zeros.
    whole, milli = re.findall(r"proof took (\d+)\.(\d+)", log.getvalue())[-1]
    proof = read(d / "proof.json")
    return {"seconds": int(whole) + int(milli) / 1000, "call_s": call, "proof_bytes": len(proof["hex_proof"].removeprefix("0x")) // 2,
            "public_values": sum(len(x) for x in proof["instances"])}


def verify(o):
    """The median of several verifications, which load key and reference string each time."""
    ezkl = load()
    d = o.folder
    times = sorted(timed(ezkl.verify, d / "proof.json", d / "settings.json", d / "verifying.key", o.srs) for _ in range(5))
    return {"seconds": times[len(times) // 2]}


def evm(o):
    """EZKL's Solidity verifier, compiled as its deploy_evm does, and the calldata of the proof."""
    d = o.folder
    home = d / "home"
    solc = home / ".svm" / "0.8.20" / "solc-0.8.20"
    solc.parent.mkdir(parents=True, exist_ok=True)
    if not solc.exists():
        solc.symlink_to(HERE / "solc.js")
    os.environ["HOME"] = str(home)
    os.environ["PATH"] = f"{solc.parent}:{os.environ['PATH']}"
    ezkl = load()
    refused = None
    try:
        settle(ezkl.create_evm_verifier, d / "verifying.key", d / "settings.json", d / "verifier.sol", d / "verifier.abi", o.srs, False)
    except RuntimeError as e:
        # The source is written before EZKL asks a compiler, which it may not find, for the interface.
        if not (d / "verifier.sol").exists():
            raise
        refused = str(e)
    settle(ezkl.encode_evm_calldata, d / "proof.json", d / "calldata.bin")
    job = {"language": "Solidity", "sources": {"verifier.sol": {"content": (d / "verifier.sol").read_text()}},
           "settings": {"optimizer": {"enabled": True, "runs": 1}, "outputSelection": {"*": {"*": ["evm.bytecode.object"]}}}}
    out = subprocess.run([HERE / "solc.js", "--standard-json"], input=json.dumps(job), capture_output=True, text=True, check=True)
    made = json.loads(out.stdout)
    problems = [e["message"] for e in made.get("errors", []) if e["severity"] == "error"]
    if problems:
        raise RuntimeError("solc: " + problems[0])
    contract = made["contracts"]["verifier.sol"]["Halo2Verifier"]
    return {"creation": contract["evm"]["bytecode"]["object"], "calldata": (d / "calldata.bin").read_bytes().hex()} | ({"note": refused} if refused else {})


def message(error):
    """What went wrong, with what EZKL logged of its cause: the operators it does not know, and the last error."""
    lines = log.getvalue().splitlines()
    unknown = sorted({line.rsplit(" ", 1)[1] for line in lines if line.startswith("WARNING Unknown op: ")})
    causes = [line.removeprefix("ERROR ") for line in lines if line.startswith("ERROR ")][-1:]
    said = str(error) or type(error).__name__
    causes = [c for c in causes if c not in said] + (["unknown: " + ", ".join(unknown)] if unknown else [])
    return said if not causes else f"{said.splitlines()[0]} ({'; '.join(causes)})"


STAGES = [versions, reference, calibrate, tune, choose, compile, srs, setup, prove, verify, evm]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", choices=[s.__name__ for s in STAGES])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--srs", type=Path, help="reference string")
    parser.add_argument("--k", type=int, help="srs: two to this power is its size")
    parser.add_argument("--error", type=float, help="tune: largest error of an output against reference.json")
    parser.add_argument("--seconds", type=float, help="tune: start no trial after so long")
    parser.add_argument("--index", type=int, help="choose: which of the finalists")
    o = parser.parse_args()
    stage = next(s for s in STAGES if s.__name__ == o.stage)
    try:
        made = stage(o)
    except BaseException as e:
        print(json.dumps({"error": message(e), "peak_bytes": peak()}), file=answer)
        sys.exit(1)
    print(json.dumps(made | {"peak_bytes": peak()}), file=answer)


if __name__ == "__main__":
    main()
