/** Where a decreasing function passes 0 between `low` and `high`, to the last bit that bisection can tell. */
export function decreasingRoot(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  for (;;) {
    const middle = a + (b - a) / 2;
    if (!(middle > a && middle < b)) return b;
    if (f(middle) > 0) a = middle;
    else b = middle;
  }
}
