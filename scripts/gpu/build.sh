#!/usr/bin/env bash
# Builds ICICLE's libraries for BN254 from the source of module icicle-gnark.
#
#   build.sh SOURCE PREFIX             for NVIDIA GPUs: needs nvcc, cmake and a C++ compiler
#   build.sh SOURCE PREFIX processor   with arithmetic for the processor alone, to test without a GPU
#
# SOURCE is the module's folder icicle. CUDA_ARCH names the GPU's architecture, as 90; otherwise it is this machine's.
set -euo pipefail

source=$(realpath "$1")
mkdir -p "$2"
prefix=$(realpath "$2")
cuda=ON
[ "${3:-}" != processor ] || cuda=OFF
here=$(realpath "$(dirname "$0")")

missing=()
for tool in cmake make c++; do
  command -v "$tool" > /dev/null || missing+=("$tool")
done
if [ $cuda = ON ]; then
  # CUDA's installer leaves its compiler out of the search path.
  command -v nvcc > /dev/null || PATH=$PATH:/usr/local/cuda/bin
  command -v nvcc > /dev/null || missing+=('nvcc (of CUDA 12 or later)')
  if [ -z "${CUDA_ARCH:-}" ] && ! nvidia-smi -L > /dev/null 2>&1; then
    missing+=('a GPU that nvidia-smi lists, or CUDA_ARCH')
  fi
fi
if [ ${#missing[@]} -gt 0 ]; then
  echo 'gpu: cannot build ICICLE, this machine lacks:' >&2
  printf '  %s\n' "${missing[@]}" >&2
  exit 1
fi

work=$prefix/work
if [ ! -e "$work/source/CMakeLists.txt" ]; then
  mkdir -p "$work"
  rm -rf "$work/source.part"
  cp -r "$source" "$work/source.part"
  chmod -R u+w "$work/source.part"
  [ $cuda = ON ] || patch -s -d "$work/source.part" -p1 < "$here/processor.patch"
  mv "$work/source.part" "$work/source"
fi
cmake -S "$work/source" -B "$work/build" -DCURVE=bn254 -DMSM=ON -DNTT=ON -DG2=ON -DCPU_BACKEND=ON -DCUDA_BACKEND=$cuda \
  -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$prefix" ${CUDA_ARCH:+-DCUDA_ARCH="$CUDA_ARCH"} -Wno-dev > "$work/log" 2>&1 &&
  cmake --build "$work/build" --target install --parallel "${JOBS:-$(nproc)}" >> "$work/log" 2>&1 || {
  tail -n 40 "$work/log" >&2
  echo "gpu: the build of ICICLE failed; all of its output is in $work/log" >&2
  exit 1
}
echo "ICICLE is in $prefix/lib"
