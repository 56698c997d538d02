// exp and log in float64 from + - * / alone: the host's differ between engines, and exact steps are to give the same
// bits everywhere.

const logTwoHigh = 0.6931471803691238;   // 32 bits, so that k logTwoHigh is exact
const logTwoLow = 1.9082149292705877e-10;

/** e^x to about one unit in the last place: x = k log 2 + r, |r| <= log 2 / 2, and the Taylor series of e^r. */
export function exp64(x: number): number {
  if (x !== x) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x / 0.6931471805599453);
  const r = x - k * logTwoHigh - k * logTwoLow;
  let sum = 1;
  for (let n = 17; n >= 1; n--) sum = 1 + (sum * r) / n;
  const half = Math.trunc(k / 2);   // in two factors: 2^k alone may leave the range where the product does not
  return sum * powerOfTwo(half) * powerOfTwo(k - half);
}

/** log x: x = m 2^k with m near 1, and log m = 2 artanh((m - 1) / (m + 1)) by its series. NaN below 0. */
export function log64(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  if (x < 2.2250738585072014e-308) return log64(x * 18014398509481984) - 54 * (logTwoHigh + logTwoLow);
  bits.setFloat64(0, x);
  let k = ((bits.getUint32(0) >>> 20) & 0x7ff) - 1023;
  let m = x * powerOfTwo(-Math.trunc(k / 2)) * powerOfTwo(Math.trunc(k / 2) - k);
  if (m > 1.4142135623730951) {
    m /= 2;
    k++;
  }
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let sum = 0;
  for (let n = 25; n >= 1; n -= 2) sum = sum * square + 1 / n;
  return k * logTwoHigh + (2 * s * sum + k * logTwoLow);
}

/** x^exponent for x >= 0; 0^0 is 1. */
export function power64(x: number, exponent: number): number {
  if (exponent === 0 || x === 1) return 1;
  return exp64(exponent * log64(x));
}

const bits = new DataView(new ArrayBuffer(8));

/** 2^k for -1022 <= k <= 1023. */
function powerOfTwo(k: number): number {
  bits.setUint32(0, (k + 1023) * 1048576);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** tanh x = (e^{2x} - 1) / (e^{2x} + 1), by its continued fraction near 0, where the difference cancels. */
export function tanh64(x: number): number {
  if (Math.abs(x) > 20) return x > 0 ? 1 : -1;
  if (Math.abs(x) > 0.5) {
    const power = exp64(2 * x);
    return (power - 1) / (power + 1);
  }
  let fraction = 0;
  for (let n = 21; n >= 1; n -= 2) fraction = (x * x) / (n + fraction);
  return x === 0 ? 0 : fraction / x;
}
