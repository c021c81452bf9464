// The network of the particle cloud, all layers for a few points at a time, so that what is between them stays in the first cache.
#include "product.h"
#include "series.h"

// Points at a time.
enum { POINTS = 64 };

// [fan][channels] as `product` reads it, [1 + (channels - 1) / 8][fan][8]; returns what follows it.
static const float *repack(const float *matrix, float *to, int fan, int channels) {
  for (int i = 0; i < fan; i++)
    for (int o = 0; o < channels; o += 4) store(to + ((o & ~7) * fan + 8 * i + (o & 7)), load(matrix + i * channels + o));
  return matrix + fan * channels;
}

// Numbers that `particles` wants as scratch.
EXPORT(particleScratch)
int particleScratch(int coordinates, int waveCount, int width, int layers) {
  int features = coordinates + 2 * waveCount;
  return width * (features + layers * width + 8) + (coordinates + 1) * (waveCount + 4) + features + POINTS * (features + 4 + 3 * width);
}

// v of `count` points x [count][coordinates], to y. `packed` and `given` are those of kernels/particles.ts; width is a multiple of 8.
EXPORT(particles)
void particles(const float *x, const float *packed, const float *given, float *y, float *scratch, int count, int coordinates,
               int waveCount, int width, int layers) {
  int features = coordinates + 2 * waveCount, row = waveCount + 4;
  // Matrices as `product` reads them, biases where they are.
  float *stem = scratch, *hidden = stem + features * width, *head = hidden + layers * width * width;
  const float *bias = repack(packed, stem, features, width), *next = bias + width;
  for (int layer = 0; layer < layers; layer++) next = repack(next, hidden + layer * width * width, width, width) + width;
  const float *hiddenBias = bias + width + width * width;
  for (int at = 0; at < 8 * width; at += 4) store(head + at, splat(0));
  const float *headBias = repack(next, head, width, 4);
  // Waves and gains with room behind them, so that they can be read four at a time.
  float *directions = head + 8 * width, *gain = directions + coordinates * row, *rows = gain + row + features;
  for (int c = 0; c < coordinates; c++)
    for (int k = 0; k < row; k++) directions[c * row + k] = k < waveCount ? headBias[4 + c * waveCount + k] : 0;
  const float *films = given, *gains = given + (layers + 1) * 2 * width;
  for (int at = 0; at < features + 4; at++) gain[at] = at < features ? gains[at] : 0;
  float *state = rows + POINTS * (features + 4), *active = state + POINTS * width, *found = active + POINTS * width;

  for (int first = 0; first < count; first += POINTS) {
    int points = count - first < POINTS ? count - first : POINTS, padded = (points + 3) & ~3;
    for (int p = 0; p < padded; p++) {
      // The last point again fills up the last four.
      const float *from = x + (first + (p < points ? p : points - 1)) * coordinates;
      float *to = rows + p * features;
      for (int c = 0; c < coordinates; c++) to[c] = from[c] * gain[c];
      // From the last to the first: what is written beyond the sines the cosines overwrite, and what beyond those the next point.
      for (int k = (waveCount - 1) & ~3; k >= 0; k -= 4) {
        v4 angle = splat(0), sine, cosine;
        for (int c = 0; c < coordinates; c++) angle = add(angle, mul(every(from + c), load(directions + c * row + k)));
        waves(angle, &sine, &cosine);
        int at = coordinates + k;
        store(to + at, mul(sine, load(gain + at))), store(to + at + waveCount, mul(cosine, load(gain + at + waveCount)));
      }
    }
    product(rows, stem, found, padded, features, width);
    for (int layer = 0; layer <= layers; layer++) {
      const float *b = layer ? hiddenBias + (layer - 1) * (width * width + width) : bias;
      const float *scale = films + layer * 2 * width, *shift = scale + width;
      for (int p = 0; p < padded; p++)
        for (int o = 0; o < width; o += 4) {
          int at = p * width + o;
          v4 h = add(load(found + at), load(b + o));
          if (layer) h = add(h, load(state + at));
          store(state + at, h);
          store(active + at, silu(add(mul(h, load(scale + o)), load(shift + o))));
        }
      if (layer < layers) product(active, hidden + layer * width * width, found, padded, width, width);
      else product(active, head, found, padded, width, 8);
    }
    for (int p = 0; p < points; p++)
      for (int c = 0; c < coordinates; c++) y[(first + p) * coordinates + c] = found[p * 8 + c] + headBias[c];
  }
}
