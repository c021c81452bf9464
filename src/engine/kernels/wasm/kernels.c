// The kernels of training and sampling that tfjs's WebAssembly lacks or makes of many, for 128-bit SIMD. Compiled by tools/kernels.mjs.
// All work on the memory of tfjs's own module. Pictures lie as [count][places][channels]; channels are multiples of 4.
#include <wasm_simd128.h>

typedef v128_t v4;
#define EXPORT(name) __attribute__((export_name(#name)))

static inline v4 splat(float x) { return wasm_f32x4_splat(x); }
static inline v4 add(v4 a, v4 b) { return wasm_f32x4_add(a, b); }
static inline v4 sub(v4 a, v4 b) { return wasm_f32x4_sub(a, b); }
static inline v4 mul(v4 a, v4 b) { return wasm_f32x4_mul(a, b); }
static inline v4 load(const float *at) { return wasm_v128_load(at); }
static inline void store(float *at, v4 x) { wasm_v128_store(at, x); }
static inline float total(v4 x) {
  return wasm_f32x4_extract_lane(x, 0) + wasm_f32x4_extract_lane(x, 1) + wasm_f32x4_extract_lane(x, 2) + wasm_f32x4_extract_lane(x, 3);
}

// e^x: x = n ln 2 + r with r in +-ln 2 / 2, where Taylor's series of seven terms is exact to single precision.
static inline v4 exponential(v4 x) {
  x = wasm_f32x4_min(wasm_f32x4_max(x, splat(-87.0f)), splat(88.0f));
  v4 n = wasm_f32x4_nearest(mul(x, splat(1.44269504f)));
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
  v4 power = wasm_i32x4_shl(wasm_i32x4_add(wasm_i32x4_trunc_sat_f32x4(n), wasm_i32x4_splat(127)), 23);
  return mul(sum, power);
}

static inline v4 sigmoid(v4 x) {
  return wasm_f32x4_div(splat(1.0f), add(splat(1.0f), exponential(wasm_f32x4_neg(x))));
}

// Mean and 1 / deviation of one group of one picture. Two passes: sums of squares alone would lose digits.
static inline void moments(const float *x, int places, int channels, int size, float epsilon, float *mean, float *scale) {
  v4 sum = splat(0);
  for (int at = 0; at < places; at++)
    for (int c = 0; c < size; c += 4) sum = add(sum, load(x + at * channels + c));
  *mean = total(sum) / (places * size);
  v4 middle = splat(*mean), squares = splat(0);
  for (int at = 0; at < places; at++)
    for (int c = 0; c < size; c += 4) {
      v4 apart = sub(load(x + at * channels + c), middle);
      squares = add(squares, mul(apart, apart));
    }
  *scale = 1.0f / __builtin_sqrtf(total(squares) / (places * size) + epsilon);
}

// silu(xhat * gain + shift); a film of 0 means that all pictures have the same gain and shift.
EXPORT(normalise)
void normalise(const float *x, const float *gain, const float *shift, float *y, int count, int places, int channels, int groups,
               int film, float epsilon) {
  int size = channels / groups;
  for (int picture = 0; picture < count; picture++)
    for (int first = 0; first < channels; first += size) {
      const float *from = x + picture * places * channels + first;
      float *to = y + picture * places * channels + first;
      float mean, scale;
      moments(from, places, channels, size, epsilon, &mean, &scale);
      for (int c = 0; c < size; c += 4) {
        v4 slope = mul(splat(scale), load(gain + picture * film + first + c));
        v4 rest = sub(load(shift + picture * film + first + c), mul(splat(mean), slope));
        for (int at = c; at < places * channels; at += channels) {
          v4 u = add(mul(load(from + at), slope), rest);
          store(to + at, mul(u, sigmoid(u)));
        }
      }
    }
}

// dx, and for each picture the gradients of gain and shift, [count][channels].
EXPORT(normaliseGradients)
void normaliseGradients(const float *x, const float *gain, const float *shift, const float *dy, float *dx, float *dGain, float *dShift,
                        int count, int places, int channels, int groups, int film, float epsilon) {
  int size = channels / groups;
  for (int picture = 0; picture < count; picture++)
    for (int first = 0; first < channels; first += size) {
      int start = picture * places * channels + first;
      float mean, scale;
      moments(x + start, places, channels, size, epsilon, &mean, &scale);
      v4 middle = splat(mean), slope = splat(scale), plain = splat(0), slanted = splat(0);
      for (int c = 0; c < size; c += 4) {
        v4 g = load(gain + picture * film + first + c), s = load(shift + picture * film + first + c);
        v4 sumGain = splat(0), sumShift = splat(0);
        for (int at = start + c; at < start + places * channels; at += channels) {
          v4 xhat = mul(sub(load(x + at), middle), slope);
          v4 u = add(mul(xhat, g), s);
          v4 share = sigmoid(u);
          v4 du = mul(load(dy + at), mul(share, add(splat(1), mul(u, sub(splat(1), share)))));
          // Kept for the second pass.
          store(dx + at, du);
          sumGain = add(sumGain, mul(du, xhat));
          sumShift = add(sumShift, du);
        }
        store(dGain + picture * channels + first + c, sumGain);
        store(dShift + picture * channels + first + c, sumShift);
        plain = add(plain, mul(sumShift, g));
        slanted = add(slanted, mul(sumGain, g));
      }
      v4 a = splat(total(plain) / (places * size)), b = splat(total(slanted) / (places * size));
      for (int c = 0; c < size; c += 4) {
        v4 g = load(gain + picture * film + first + c);
        for (int at = start + c; at < start + places * channels; at += channels) {
          v4 xhat = mul(sub(load(x + at), middle), slope);
          store(dx + at, mul(slope, sub(sub(mul(load(dx + at), g), a), mul(xhat, b))));
        }
      }
    }
}

// Gradient of a filter [side][side][fan][channels]: four channels in by eight out stay in registers along all pictures.
EXPORT(filterGradient)
void filterGradient(const float *x, const float *dy, float *found, int count, int height, int width, int fan, int channels, int side) {
  int reach = (side - 1) / 2;
  for (int ky = 0; ky < side; ky++)
    for (int kx = 0; kx < side; kx++) {
      int fromY = ky < reach ? reach - ky : 0, toY = ky > reach ? height - (ky - reach) : height;
      int fromX = kx < reach ? reach - kx : 0, toX = kx > reach ? width - (kx - reach) : width;
      for (int i = 0; i < fan; i += 4)
        for (int o = 0; o < channels; o += 8) {
          int isWide = o + 4 < channels;
          v4 s0 = splat(0), s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
          for (int picture = 0; picture < count; picture++)
            for (int row = fromY; row < toY; row++) {
              const float *in = x + ((picture * height + row + ky - reach) * width + fromX + kx - reach) * fan + i;
              const float *out = dy + ((picture * height + row) * width + fromX) * channels + o;
              for (int column = fromX; column < toX; column++, in += fan, out += channels) {
                v4 d = load(out), e = isWide ? load(out + 4) : splat(0);
                v4 x0 = wasm_v128_load32_splat(in), x1 = wasm_v128_load32_splat(in + 1);
                v4 x2 = wasm_v128_load32_splat(in + 2), x3 = wasm_v128_load32_splat(in + 3);
                s0 = add(s0, mul(x0, d)), t0 = add(t0, mul(x0, e));
                s1 = add(s1, mul(x1, d)), t1 = add(t1, mul(x1, e));
                s2 = add(s2, mul(x2, d)), t2 = add(t2, mul(x2, e));
                s3 = add(s3, mul(x3, d)), t3 = add(t3, mul(x3, e));
              }
            }
          float *to = found + ((ky * side + kx) * fan + i) * channels + o;
          store(to, s0), store(to + channels, s1), store(to + 2 * channels, s2), store(to + 3 * channels, s3);
          if (isWide) store(to + 4, t0), store(to + channels + 4, t1), store(to + 2 * channels + 4, t2), store(to + 3 * channels + 4, t3);
        }
    }
}

// One step of Adam (Kingma and Ba 2015, algorithm 1) with averaged weights; state and next are [4][count].
EXPORT(adam)
void adam(const float *state, const float *gradient, float *next, int count, float rate, float beta1, float beta2, float epsilon,
          float correction1, float correction2, float keep, float scale) {
  for (int i = 0; i < count; i++) {
    float g = gradient[i] * scale;
    float m = beta1 * state[count + i] + (1 - beta1) * g;
    float v = beta2 * state[2 * count + i] + (1 - beta2) * g * g;
    float w = state[i] - rate * (m / correction1) / (__builtin_sqrtf(v / correction2) + epsilon);
    next[i] = w;
    next[count + i] = m;
    next[2 * count + i] = v;
    next[3 * count + i] = keep * state[3 * count + i] + (1 - keep) * w;
  }
}
