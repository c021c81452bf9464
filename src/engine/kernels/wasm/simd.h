// What the kernels say of 128-bit SIMD, in short. All work on the memory of tfjs's own module.
#include <wasm_simd128.h>

typedef v128_t v4;
#define EXPORT(name) __attribute__((export_name(#name)))

static inline v4 splat(float x) { return wasm_f32x4_splat(x); }
static inline v4 add(v4 a, v4 b) { return wasm_f32x4_add(a, b); }
static inline v4 sub(v4 a, v4 b) { return wasm_f32x4_sub(a, b); }
static inline v4 mul(v4 a, v4 b) { return wasm_f32x4_mul(a, b); }
static inline v4 load(const float *at) { return wasm_v128_load(at); }
static inline void store(float *at, v4 x) { wasm_v128_store(at, x); }
// One number in all four places.
static inline v4 every(const float *at) { return wasm_v128_load32_splat(at); }
// Four numbers that stand apart.
static __attribute__((noinline)) v4 gather(const float *at, int apart) { return wasm_f32x4_make(at[0], at[apart], at[2 * apart], at[3 * apart]); }
