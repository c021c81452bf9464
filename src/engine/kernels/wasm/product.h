// Matrix products, from products.c: a module of its own, of which there are two.
__attribute__((import_module("products"), import_name("product")))
extern void product(const float *rows, const float *filter, float *found, int tiles, int fan, int channels);
