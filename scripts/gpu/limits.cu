// Prints, as JSON, how many 32-bit multiply-adds with a 64-bit sum this GPU makes in a second, and how many bytes it
// reads and writes.
#include <cstdio>
#include <cstdlib>
#include <cuda_runtime.h>

static void check(cudaError_t e, const char *what) {
  if (e == cudaSuccess) return;
  fprintf(stderr, "limits: %s: %s\n", what, cudaGetErrorString(e));
  exit(1);
}

constexpr int chains = 8;

__global__ void multiply(unsigned long long *out, unsigned rounds) {
  unsigned a = threadIdx.x + 3;
  unsigned long long c[chains];
  for (int k = 0; k < chains; k++) c[k] = blockIdx.x + k + 1;
  for (unsigned i = 0; i < rounds; i++)
#pragma unroll
    for (int k = 0; k < chains; k++) c[k] = (unsigned long long)(unsigned)c[k] * a + c[k];
  unsigned long long x = 0;
  for (int k = 0; k < chains; k++) x ^= c[k];
  out[blockIdx.x * blockDim.x + threadIdx.x] = x;
}

template <typename F> static double seconds(F f) {
  cudaEvent_t from, to;
  check(cudaEventCreate(&from), "make event");
  check(cudaEventCreate(&to), "make event");
  f();
  double best = 1e30;
  for (int i = 0; i < 5; i++) {
    float ms;
    check(cudaEventRecord(from), "record event");
    f();
    check(cudaEventRecord(to), "record event");
    check(cudaEventSynchronize(to), "wait");
    check(cudaEventElapsedTime(&ms, from, to), "read event");
    if (ms / 1e3 < best) best = ms / 1e3;
  }
  return best;
}

int main() {
  int units = 0, khz = 0;
  check(cudaDeviceGetAttribute(&units, cudaDevAttrMultiProcessorCount, 0), "count multiprocessors");
  check(cudaDeviceGetAttribute(&khz, cudaDevAttrClockRate, 0), "read clock");
  const unsigned blocks = units * 8, threads = 256, rounds = 1 << 16;
  const size_t bytes = size_t(1) << 30;
  void *a, *b;
  check(cudaMalloc(&a, bytes), "allocate");
  check(cudaMalloc(&b, bytes), "allocate");
  double m = seconds([&] {
    multiply<<<blocks, threads>>>((unsigned long long *)a, rounds);
    check(cudaGetLastError(), "start");
  });
  double c = seconds([&] { check(cudaMemcpyAsync(b, a, bytes, cudaMemcpyDeviceToDevice), "copy"); });
  printf("{\"multiprocessors\":%d,\"clock_khz\":%d,\"multiply_adds_per_second\":%.6g,\"bytes_per_second\":%.6g}\n", units, khz,
         double(blocks) * threads * rounds * chains / m, 2.0 * bytes / c);
  return 0;
}
