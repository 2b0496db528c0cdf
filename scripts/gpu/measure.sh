#!/usr/bin/env bash
# Measures a GPU against the processor beside it, from a folder that carry.sh made.
#
#   measure.sh OUT [build|check|rates|prove ...]
#
# It needs nvcc, cmake, a C++ compiler and one NVIDIA GPU. Without named steps it runs them all, in that order; what is
# built stays, so a machine that limits the time of a command can take them one by one. OUT gets machine.txt,
# conformance.txt, limits.json, rates.json, and models.json with one model a line, and gpu.json with all of them.
set -euo pipefail

here=$(realpath "$(dirname "$0")")
mkdir -p "$1"
out=$(realpath "$1")
shift
[ $# -gt 0 ] || set -- build check rates prove
runs=${RUNS:-5}
kind=${KIND:-CUDA} # CPU tries the steps after build without a GPU
prefix=$here/icicle
command -v nvcc > /dev/null || PATH=$PATH:/usr/local/cuda/bin
export LD_LIBRARY_PATH=$prefix/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} ICICLE_BACKEND_INSTALL_DIR=$prefix/lib/backend

build() {
  nvidia-smi > "$out/machine.txt"
  { nvcc --version; cmake --version; lscpu; } >> "$out/machine.txt"
  mkdir -p "$here/source"
  tar -C "$here/source" -xJf "$here/icicle.tar.xz"
  xz -dkf "$here/gpu.xz" "$here/conformance.xz"
  local arch
  arch=$(nvidia-smi --query-gpu=compute_cap --format=csv,noheader | head -n1 | tr -d .)
  CUDA_ARCH=${CUDA_ARCH:-$arch} "$here/build.sh" "$here/source" "$prefix"
  nvcc -O3 "-arch=sm_$arch" -o "$here/limits" "$here/limits.cu"
}

check() {
  (cd "$here" && ASSAY_ICICLE=$kind ./conformance -test.short -test.v) > "$out/conformance.txt" 2>&1 || {
    tail -n 60 "$out/conformance.txt" >&2
    echo 'measure: the GPU does not do what the processor does' >&2
    exit 1
  }
}

rates() {
  "$here/limits" > "$out/limits.json"
  local mads
  mads=$(sed 's/.*"multiply_adds_per_second":\([^,}]*\).*/\1/' "$out/limits.json")
  "$here/gpu" rates -kind "$kind" -log "${LOG:-24}" -mads "$mads" > "$out/rates.json"
}

# Each model in a process of its own, so that one that ends it leaves the others.
prove() {
  local m status
  : > "$out/models.json"
  for m in lenet5 dense4m "$here"/models/*.onnx wide; do
    [ -e "$m" ] || [ "${m%.onnx}" = "$m" ] || continue
    "$here/gpu" prove -kind "$kind" -runs "$runs" "$m" >> "$out/models.json" || {
      status=$?
      printf '{"model":"%s","error":"the process ended with status %d"}\n' "$(basename "$m" .onnx)" $status >> "$out/models.json"
    }
  done
}

all() {
  local name=$1
  if [ -s "$out/$name.json" ]; then cat "$out/$name.json"; else echo null; fi
}

for step; do
  case $step in
    build | check | rates | prove) ;;
    *) echo "measure: want build, check, rates or prove, got $step" >&2; exit 1 ;;
  esac
  began=$SECONDS
  "$step"
  echo "$step: $((SECONDS - began)) s"
done
{
  printf '{"limits":'; all limits
  printf ',"rates":'; all rates
  printf ',"models":['
  [ ! -s "$out/models.json" ] || paste -sd, "$out/models.json"
  printf ']}\n'
} > "$out/gpu.json"
