// Amounts for sentences: rounded so that a bare 0, 1 or 100 stands only where it is exact; '>99.9' is said as 'more than 99.9'.

const rounded = (value: number, decimals: number) => Number(value.toFixed(decimals));

/** A share from 0 to 1 in percent; near both ends with one decimal, and beyond that as a bound. */
export function percentOf(share: number): number | string {
  if (!(share > 0)) return 0;
  if (share >= 1) return 100;
  const percent = 100 * share;
  if (percent > 99.9) return '>99.9';
  if (percent < 0.1) return '<0.1';
  return rounded(percent, percent < 10 || percent > 90 ? 1 : 0);
}

/** A factor from 0 to 1 with two significant figures; close to 1 with three decimals, then as a bound. */
export function factorOf(factor: number): number | string {
  if (!(factor > 0)) return 0;
  if (factor >= 1) return 1;
  if (factor > 0.999) return '>0.999';
  if (factor < 1e-6) return '<0.000001';
  return factor > 0.9 ? rounded(factor, 3) : Number(factor.toPrecision(2));
}

/** The bound that such an amount tells; undefined where it is a plain number or a word. */
export function boundIn(amount: string | number): { side: 'over' | 'under'; value: number } | undefined {
  const found = typeof amount === 'string' ? /^([<>])([\d.]+)$/.exec(amount) : null;
  return found ? { side: found[1] === '>' ? 'over' : 'under', value: Number(found[2]) } : undefined;
}
