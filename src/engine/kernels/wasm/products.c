// Sums of products, where nearly all of a convolution's time is spent. Compiled twice: with the fused multiply-add of relaxed SIMD, and without.
#include "simd.h"

#ifdef FUSED
typedef float f4 __attribute__((vector_size(16)));
static inline v4 fma(v4 sum, v4 a, v4 b) { return (v4)__builtin_wasm_relaxed_madd_f32x4((f4)a, (f4)b, (f4)sum); }
#else
static inline v4 fma(v4 sum, v4 a, v4 b) { return add(sum, mul(a, b)); }
#endif

// rows [4 n][fan] by filter [channels / 8][fan][8] to found [4 n][channels], channels being a multiple of 8.
EXPORT(product)
void product(const float *rows, const float *filter, float *found, int tiles, int fan, int channels) {
  for (int o = 0; o < channels; o += 8)
    for (int t = 0; t < tiles; t += 4) {
      const float *a = rows + t * fan, *b = a + fan, *c = b + fan, *d = c + fan, *w = filter + o * fan;
      v4 a0 = splat(0), b0 = a0, c0 = a0, d0 = a0, a1 = a0, b1 = a0, c1 = a0, d1 = a0;
      for (int i = 0; i < fan; i++, w += 8) {
        v4 left = load(w), right = load(w + 4);
        v4 xa = every(a + i), xb = every(b + i), xc = every(c + i), xd = every(d + i);
        a0 = fma(a0, xa, left), a1 = fma(a1, xa, right);
        b0 = fma(b0, xb, left), b1 = fma(b1, xb, right);
        c0 = fma(c0, xc, left), c1 = fma(c1, xc, right);
        d0 = fma(d0, xd, left), d1 = fma(d1, xd, right);
      }
      float *to = found + t * channels + o;
      store(to, a0), store(to + 4, a1), to += channels, store(to, b0), store(to + 4, b1), to += channels;
      store(to, c0), store(to + 4, c1), to += channels, store(to, d0), store(to + 4, d1);
    }
}

// Gradient of a filter [side][side][fan][channels]: four channels in by eight out stay in registers along some pictures, which stay in the
// first cache for all of the filter.
EXPORT(filterGradient)
void filterGradient(const float *x, const float *dy, float *found, int count, int height, int width, int fan, int channels, int side) {
  int reach = (side - 1) / 2, some = 1 + 255 / (height * width);
  for (int at = 0; at < side * side * fan * channels; at += 4) store(found + at, splat(0));
  for (int first = 0; first < count; first += some, x += some * height * width * fan, dy += some * height * width * channels) {
    int pictures = count - first < some ? count - first : some;
    for (int tap = 0; tap < side * side; tap++) {
      int down = tap / side - reach, right = tap % side - reach;
      int fromY = down < 0 ? -down : 0, toY = down > 0 ? height - down : height;
      int fromX = right < 0 ? -right : 0, toX = right > 0 ? width - right : width;
      for (int i = 0; i < fan; i += 4)
        for (int o = 0; o < channels; o += 8) {
          int isWide = o + 4 < channels;
          float *to = found + (tap * fan + i) * channels + o;
          v4 s0 = load(to), s1 = load(to + channels), s2 = load(to + 2 * channels), s3 = load(to + 3 * channels);
          v4 t0 = splat(0), t1 = t0, t2 = t0, t3 = t0;
          for (int picture = 0; picture < pictures; picture++)
            for (int row = fromY; row < toY; row++) {
              const float *in = x + ((picture * height + row + down) * width + fromX + right) * fan + i;
              const float *out = dy + ((picture * height + row) * width + fromX) * channels + o;
              for (int column = fromX; column < toX; column++, in += fan, out += channels) {
                v4 d = load(out), e = isWide ? load(out + 4) : splat(0);
                v4 x0 = every(in), x1 = every(in + 1), x2 = every(in + 2), x3 = every(in + 3);
                s0 = fma(s0, x0, d), t0 = fma(t0, x0, e);
                s1 = fma(s1, x1, d), t1 = fma(t1, x1, e);
                s2 = fma(s2, x2, d), t2 = fma(t2, x2, e);
                s3 = fma(s3, x3, d), t3 = fma(t3, x3, e);
              }
            }
          store(to, s0), store(to + channels, s1), store(to + 2 * channels, s2), store(to + 3 * channels, s3);
          if (!isWide) continue;
          to += 4, store(to, add(load(to), t0)), to += channels, store(to, add(load(to), t1));
          to += channels, store(to, add(load(to), t2)), to += channels, store(to, add(load(to), t3));
        }
    }
  }
}
