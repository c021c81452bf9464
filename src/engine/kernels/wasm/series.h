// Exponentials and sines, four at a time, to single precision.
#include "simd.h"

// e^x: x = n ln 2 + r with r in +-ln 2 / 2, where Taylor's series of seven terms is exact to single precision.
static inline v4 exponential(v4 x) {
  x = wasm_f32x4_pmin(wasm_f32x4_pmax(x, splat(-87.0f)), splat(88.0f));
  // Added to 1.5 * 2^23 a number is rounded to a whole one, which stands in the last bits.
  v4 large = splat(12582912.0f), rounded = add(mul(x, splat(1.44269504f)), large), n = sub(rounded, large);
  // ln 2 in two parts: the first has few digits, so that its product with n is exact.
  v4 r = sub(sub(x, mul(n, splat(0.693359375f))), mul(n, splat(-2.12194440e-4f)));
  v4 sum = splat(1.0f / 5040);
  sum = add(mul(sum, r), splat(1.0f / 720));
  sum = add(mul(sum, r), splat(1.0f / 120));
  sum = add(mul(sum, r), splat(1.0f / 24));
  sum = add(mul(sum, r), splat(1.0f / 6));
  sum = add(mul(sum, r), splat(0.5f));
  sum = add(mul(sum, r), splat(1.0f));
  sum = add(mul(sum, r), splat(1.0f));
  // times 2^n
  return wasm_i32x4_add(sum, wasm_i32x4_shl(rounded, 23));
}

static inline v4 sigmoid(v4 x) {
  return wasm_f32x4_div(splat(1.0f), add(splat(1.0f), exponential(wasm_f32x4_neg(x))));
}

static inline v4 silu(v4 x) { return mul(x, sigmoid(x)); }

// sin x and cos x: x = n pi / 2 + r with r in +-pi / 4, where Taylor's series are exact to single precision; |x| below 100,000.
static inline void waves(v4 x, v4 *sine, v4 *cosine) {
  v4 large = splat(12582912.0f), rounded = add(mul(x, splat(0.636619772f)), large), n = sub(rounded, large);
  // pi / 2 in three parts, of which the first two have few digits.
  v4 r = sub(sub(sub(x, mul(n, splat(1.5703125f))), mul(n, splat(4.837512969970703e-4f))), mul(n, splat(7.54978995e-8f)));
  v4 z = mul(r, r);
  v4 s = add(mul(z, splat(1.0f / 362880)), splat(-1.0f / 5040));
  s = add(mul(add(mul(s, z), splat(1.0f / 120)), z), splat(-1.0f / 6));
  s = add(mul(mul(s, z), r), r);
  v4 c = add(mul(z, splat(1.0f / 40320)), splat(-1.0f / 720));
  c = add(mul(add(mul(c, z), splat(1.0f / 24)), z), splat(-0.5f));
  c = add(mul(c, z), splat(1));
  // Every quarter turn the two change places, every half turn their signs.
  v4 odd = wasm_i32x4_shr(wasm_i32x4_shl(rounded, 31), 31);
  v4 half = wasm_i32x4_shl(wasm_u32x4_shr(rounded, 1), 31), next = wasm_i32x4_shl(wasm_u32x4_shr(wasm_i32x4_add(rounded, wasm_i32x4_splat(1)), 1), 31);
  *sine = wasm_v128_xor(wasm_v128_bitselect(c, s, odd), half);
  *cosine = wasm_v128_xor(wasm_v128_bitselect(s, c, odd), next);
}
