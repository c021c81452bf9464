// The kernels of training and sampling that tfjs's WebAssembly lacks or makes of many, for 128-bit SIMD. Compiled by tools/kernels.mjs.
// Pictures lie as [count][places][channels]; channels are multiples of 4, and a group of them either such or 2.
#include "series.h"

static inline float total(v4 x) {
  return wasm_f32x4_extract_lane(x, 0) + wasm_f32x4_extract_lane(x, 1) + wasm_f32x4_extract_lane(x, 2) + wasm_f32x4_extract_lane(x, 3);
}

// Channels that are normalised side by side: those of a group, or of two groups of two.
static inline int side(int size) { return size < 4 ? 4 : size; }
// In every place the sum over its group.
static inline v4 ofGroup(v4 sum, int size) {
  return size < 4 ? add(sum, wasm_i32x4_shuffle(sum, sum, 1, 0, 3, 2)) : splat(total(sum));
}

// Sums `term` over a group, four places at a time: one sum alone would wait for itself.
#define SUM(term) \
  ({ \
    v4 sum0 = splat(0), sum1 = sum0, sum2 = sum0, sum3 = sum0; \
    for (int c = 0; c < side(size); c += 4) { \
      const float *from = x + c; \
      int at = 0; \
      for (; at + 4 <= places; at += 4, from += 4 * channels) \
        sum0 = add(sum0, term(load(from))), sum1 = add(sum1, term(load(from + channels))), \
        sum2 = add(sum2, term(load(from + 2 * channels))), sum3 = add(sum3, term(load(from + 3 * channels))); \
      for (; at < places; at++, from += channels) sum0 = add(sum0, term(load(from))); \
    } \
    ofGroup(add(add(sum0, sum1), add(sum2, sum3)), size); \
  })
#define ITSELF(value) (value)
#define SQUARE(value) ({ v4 apart = sub(value, mean); mul(apart, apart); })

// Mean and 1 / deviation of a group of one picture. Two passes: sums of squares alone would lose digits.
static __attribute__((noinline)) v4 meanOf(const float *x, int places, int channels, int size) {
  return mul(SUM(ITSELF), splat(1.0f / (places * size)));
}
static __attribute__((noinline)) v4 scaleOf(const float *x, int places, int channels, int size, float epsilon, v4 mean) {
  return wasm_f32x4_div(splat(1), wasm_f32x4_sqrt(add(mul(SUM(SQUARE), splat(1.0f / (places * size))), splat(epsilon))));
}

// silu(xhat * gain + shift); a film of 0 means that all pictures have the same gain and shift.
EXPORT(normalise)
void normalise(const float *x, const float *gain, const float *shift, float *y, int count, int places, int channels, int groups,
               int film, float epsilon) {
  int size = channels / groups;
  for (int picture = 0; picture < count; picture++)
    for (int first = 0; first < channels; first += side(size)) {
      const float *from = x + picture * places * channels + first;
      float *to = y + picture * places * channels + first;
      v4 mean = meanOf(from, places, channels, size), scale = scaleOf(from, places, channels, size, epsilon, mean);
      for (int c = 0; c < side(size); c += 4) {
        v4 slope = mul(scale, load(gain + picture * film + first + c));
        v4 rest = sub(load(shift + picture * film + first + c), mul(mean, slope));
        for (int at = c; at < places * channels; at += channels) {
          v4 u = add(mul(load(from + at), slope), rest);
          store(to + at, silu(u));
        }
      }
    }
}

// dx, and for each picture the gradients of gain and shift, [count][channels].
EXPORT(normaliseGradients) __attribute__((minsize))
void normaliseGradients(const float *x, const float *gain, const float *shift, const float *dy, float *dx, float *dGain, float *dShift,
                        int count, int places, int channels, int groups, int film, float epsilon) {
  int size = channels / groups;
  for (int picture = 0; picture < count; picture++)
    for (int first = 0; first < channels; first += side(size)) {
      int start = picture * places * channels + first;
      v4 mean = meanOf(x + start, places, channels, size), scale = scaleOf(x + start, places, channels, size, epsilon, mean);
      v4 plain = splat(0), slanted = splat(0);
      for (int c = 0; c < side(size); c += 4) {
        v4 g = load(gain + picture * film + first + c), s = load(shift + picture * film + first + c);
        v4 sumGain = splat(0), sumShift = splat(0);
        for (int at = start + c; at < start + places * channels; at += channels) {
          v4 xhat = mul(sub(load(x + at), mean), scale);
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
      v4 share = splat(1.0f / (places * size)), a = mul(ofGroup(plain, size), share), b = mul(ofGroup(slanted, size), share);
      for (int c = 0; c < side(size); c += 4) {
        v4 g = load(gain + picture * film + first + c);
        for (int at = start + c; at < start + places * channels; at += channels) {
          v4 xhat = mul(sub(load(x + at), mean), scale);
          store(dx + at, mul(scale, sub(sub(mul(load(dx + at), g), a), mul(xhat, b))));
        }
      }
    }
}

// One step of Adam (Kingma and Ba 2015, algorithm 1) with averaged weights; state and next are [4][count].
EXPORT(adam) __attribute__((minsize))
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
