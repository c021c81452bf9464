// Convolution 3x3 by Winograd's F(2x2, 3x3) (Lavin and Gray 2016): of a tile of 2 x 2 pixels 16 products in place of 36.
// Tiles of 4 x 4 pixels in and filters are spread to 16 numbers each; between them stand 16 plain matrix products.
#include "product.h"
#include "simd.h"

// Tiles at a time: what is made of them stays in the second cache.
enum { CHUNK = 64 };
// From one of the 16 products to the next. A power of two would lay all of them in the same lines of the cache.
static inline int apart(int channels) { return CHUNK * channels + 16; }

// B^T d along one side.
#define SPREAD4(a, b, c, d) \
  { v4 second = add(b, c), third = sub(c, b); a = sub(a, c), d = sub(b, d), b = second, c = third; }
// G g along one side.
#define SPREAD3(a, b, c, d0, d1, d2, d3) \
  { v4 outer = mul(splat(0.5f), add(a, c)), inner = mul(splat(0.5f), b); d0 = a, d1 = add(outer, inner), d2 = sub(outer, inner), d3 = c; }
// A^T m along one side.
#define GATHER(a, b, c, d, y0, y1) { y0 = add(add(a, b), c), y1 = sub(sub(b, c), d); }

// Channels that come out are filled up to runs of eight.
static inline int filled(int channels) { return (channels + 7) & ~7; }

// Runs stand together: [16][channels / 8][fan][8].
// `turned`: of a filter [9][channels][fan], turned by half and its channels exchanged, as the gradient of the input wants it.
EXPORT(spreadFilter) __attribute__((minsize))
void spreadFilter(const float *filter, float *to, int fan, int channels, int turned) {
  int step = fan * filled(channels);
  for (int o = 0; o < filled(channels); o += 4)
    for (int i = 0; i < fan; i++) {
      float *out = to + (o & ~7) * fan + i * 8 + (o & 7);
      if (o == channels) {
        for (int at = 0; at < 16; at++) store(out + at * step, splat(0));
        continue;
      }
      const float *from = turned ? filter + (8 * channels + o) * fan + i : filter + i * channels + o;
      int next = turned ? -channels * fan : fan * channels, lane = turned ? fan : 1;
#define TAP(k) gather(from + k * next, lane)
      v4 g0 = TAP(0), g1 = TAP(1), g2 = TAP(2), g3 = TAP(3), g4 = TAP(4), g5 = TAP(5), g6 = TAP(6), g7 = TAP(7), g8 = TAP(8);
      v4 a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3;
      SPREAD3(g0, g3, g6, a0, a1, a2, a3)
      SPREAD3(g1, g4, g7, b0, b1, b2, b3)
      SPREAD3(g2, g5, g8, c0, c1, c2, c3)
#define ROW(row, a, b, c) \
  { v4 d0, d1, d2, d3; SPREAD3(a, b, c, d0, d1, d2, d3) \
    store(out + 4 * row * step, d0), store(out + (4 * row + 1) * step, d1); \
    store(out + (4 * row + 2) * step, d2), store(out + (4 * row + 3) * step, d3); }
      ROW(0, a0, b0, c0) ROW(1, a1, b1, c1) ROW(2, a2, b2, c2) ROW(3, a3, b3, c3)
#undef ROW
#undef TAP
    }
}

// Numbers that `winograd` wants as scratch.
EXPORT(winogradScratch)
int winogradScratch(int fan, int channels) { return fan + 16 * (apart(fan) + apart(filled(channels))); }

// y = x * filter + bias + residual, zeros beyond the border; bias and residual may be missing (0).
EXPORT(winograd)
void winograd(const float *x, const float *filter, const float *bias, const float *residual, float *y, float *scratch, int count,
              int height, int width, int fan, int channels) {
  int wide = filled(channels), inStep = apart(fan), outStep = apart(wide);
  int across = (width + 1) / 2, each = across * ((height + 1) / 2), all = count * each;
  float *zeros = scratch, *in = zeros + fan, *out = in + 16 * inStep;
  for (int i = 0; i < fan; i += 4) store(zeros + i, splat(0));
  for (int first = 0; first < all; first += CHUNK) {
    int tiles = all - first < CHUNK ? all - first : CHUNK;
    int padded = (tiles + 3) & ~3;
    // The last tile again fills up the last four.
    for (int t = 0; t < padded; t++) {
      int tile = first + (t < tiles ? t : tiles - 1);
      int top = tile % each / across * 2 - 1, left = tile % across * 2 - 1;
      const float *from = x + ((tile / each * height + top) * width + left) * fan;
      float *to = in + t * fan;
#define AT(row, column) \
  ((unsigned)(top + row) < (unsigned)height && (unsigned)(left + column) < (unsigned)width ? from + (row * width + column) * fan : zeros)
#define LINE(row) const float *p##row##0 = AT(row, 0), *p##row##1 = AT(row, 1), *p##row##2 = AT(row, 2), *p##row##3 = AT(row, 3);
      LINE(0) LINE(1) LINE(2) LINE(3)
      for (int i = 0; i < fan; i += 4, to += 4) {
#define COLUMN(column) \
  v4 a##column = load(p0##column + i), b##column = load(p1##column + i), c##column = load(p2##column + i), d##column = load(p3##column + i); \
  SPREAD4(a##column, b##column, c##column, d##column)
        COLUMN(0) COLUMN(1) COLUMN(2) COLUMN(3)
#define ROW(row, a) \
  SPREAD4(a##0, a##1, a##2, a##3) \
  store(to + (4 * row) * inStep, a##0), store(to + (4 * row + 1) * inStep, a##1); \
  store(to + (4 * row + 2) * inStep, a##2), store(to + (4 * row + 3) * inStep, a##3);
        ROW(0, a) ROW(1, b) ROW(2, c) ROW(3, d)
      }
#undef AT
#undef LINE
#undef COLUMN
#undef ROW
    }
    for (int at = 0; at < 16; at++)
      product(in + at * inStep, filter + at * fan * wide, out + at * outStep, padded, fan, wide);
    for (int t = 0; t < tiles; t++) {
      int tile = first + t;
      int top = tile % each / across * 2, left = tile % across * 2;
      int place = ((tile / each * height + top) * width + left) * channels;
      int isLow = top + 1 < height, isRight = left + 1 < width;
      for (int o = 0; o < channels; o += 4, place += 4) {
        const float *m = out + t * wide + o;
        v4 start = bias ? load(bias + o) : splat(0);
#define M(at) load(m + at * outStep)
        v4 a0, a1, b0, b1, c0, c1, d0, d1, y00, y01, y10, y11;
        GATHER(M(0), M(4), M(8), M(12), a0, a1)
        GATHER(M(1), M(5), M(9), M(13), b0, b1)
        GATHER(M(2), M(6), M(10), M(14), c0, c1)
        GATHER(M(3), M(7), M(11), M(15), d0, d1)
        GATHER(a0, b0, c0, d0, y00, y01)
        GATHER(a1, b1, c1, d1, y10, y11)
#undef M
#define PUT(at, value) \
  { v4 sum = add(value, start); store(y + place + (at), residual ? add(sum, load(residual + place + (at))) : sum); }
        PUT(0, y00)
        if (isRight) PUT(channels, y01)
        if (isLow) PUT(width * channels, y10)
        if (isLow && isRight) PUT(width * channels + channels, y11)
#undef PUT
      }
    }
  }
}
