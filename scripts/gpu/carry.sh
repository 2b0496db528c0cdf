#!/usr/bin/env bash
# Makes a folder to carry to a machine that has a GPU, CUDA and cmake, but neither Go nor a network.
#
#   carry.sh FOLDER [MODEL.onnx ...]
#
# It holds ICICLE's source, programs that were linked here with ICICLE's libraries for the processor, models, and
# measure.sh, which runs them. Keys are made there.
set -euo pipefail

root=$(realpath "$(dirname "$0")/../..")
mkdir -p "$1"
to=$(realpath "$1")
shift
cd "$root"

module=github.com/ingonyama-zk/icicle-gnark/v3
go mod download "$module"
source=$(go list -m -f '{{.Dir}}' "$module")/icicle
libraries=$root/build/icicle-processor
scripts/gpu/build.sh "$source" "$libraries" processor

# The names of ICICLE's libraries are resolved where measure.sh builds them.
export CGO_LDFLAGS="-L$libraries/lib"
mkdir -p "$to/models"
go build -tags icicle -trimpath -ldflags '-s -w' -o "$to/gpu" ./benchmarks/gpu
go test -c -tags icicle -trimpath -ldflags '-s -w' -o "$to/conformance" ./prover/gpu
tar -C "$source" --exclude=tests --mode=u+w -cJf "$to/icicle.tar.xz" .
xz -f -T1 "$to/gpu" "$to/conformance"
cp scripts/gpu/build.sh scripts/gpu/measure.sh scripts/gpu/limits.cu "$to"
[ $# -eq 0 ] || cp "$@" "$to/models"

size=$(du -sb "$to" | cut -f1)
echo "$to: $size bytes"
