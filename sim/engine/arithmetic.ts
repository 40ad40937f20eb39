/** Logarithm, exponential and square root of chance: our own, from + - * / alone, so that every machine agrees to the bit. */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const SQRT_2 = Math.SQRT2;
const SQRT_HALF = Math.SQRT1_2;
const LOG2_E = Math.LOG2E;

/** Natural logarithm for finite x > 0; error below 3 units in the last place. Series after the range reduction of fdlibm (Sun, 1993). */
export function log(x: number): number {
  if (!(x > 0) || x === 1 / 0) throw new RangeError(`log is for positive numbers, not ${x}`);
  let exponent = 0;
  let m = x;
  // Scaling by powers of two is exact.
  while (m >= SQRT_2) {
    m *= 0.5;
    exponent++;
  }
  while (m < SQRT_HALF) {
    m *= 2;
    exponent--;
  }
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let sum = 0;
  for (let k = 23; k >= 1; k -= 2) sum = sum * z + 2 / k;
  return exponent * LN2_HIGH + (s * sum + exponent * LN2_LOW);
}

/** e^x for |x| ≤ 700. */
export function exp(x: number): number {
  if (!(x >= -700 && x <= 700)) throw new RangeError(`exp is for -700..700, not ${x}`);
  const k = Math.floor(x * LOG2_E + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let n = 20; n >= 1; n--) sum = 1 + (r * sum) / n;
  for (let i = 0; i < k; i++) sum *= 2;
  for (let i = 0; i > k; i--) sum *= 0.5;
  return sum;
}

/** The standard normal's inverse distribution function for 0 < p < 1. After Acklam (2003), relative error below 1.2e-9. */
export function normalQuantile(p: number): number {
  const tail = (q: number) => {
    const top =
      ((((-7.784894002430293e-3 * q - 3.223964580411365e-1) * q - 2.400758277161838) * q - 2.549732539343734) * q +
        4.374664141464968) *
        q +
      2.938163982698783;
    return (
      top /
      ((((7.784695709041462e-3 * q + 3.224671290700398e-1) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1)
    );
  };
  if (p < 0.02425) return tail(Math.sqrt(-2 * log(p)));
  if (p > 1 - 0.02425) return -tail(Math.sqrt(-2 * log(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  const top =
    (((((-3.969683028665376e1 * r + 2.209460984245205e2) * r - 2.759285104469687e2) * r + 1.38357751867269e2) * r -
      3.066479806614716e1) *
      r +
      2.506628277459239) *
    q;
  return (
    top /
    (((((-5.447609879822406e1 * r + 1.615858368580409e2) * r - 1.556989798598866e2) * r + 6.680131188771972e1) * r -
      1.328068155288572e1) *
      r +
      1)
  );
}
