/**
 * Where a function passes 0 between `low` and `high`, negative beyond the root: Newton's steps from `start`, and halves
 * of the bracket where they leave it or gain too little. `f` gives value and slope.
 */
export function newtonRoot(
  f: (x: number) => readonly [value: number, slope: number], low: number, high: number, start: number,
): number {
  let [a, b, x, before] = [low, high, start, Infinity];
  for (;;) {
    const [value, slope] = f(x);
    if (value > 0) a = x;
    else b = x;
    const newton = x - value / slope;
    if (Math.abs(newton - x) <= 2e-16 * Math.abs(x)) return newton;
    const gains = newton > a && newton < b && Math.abs(value) <= before / 2;
    const next = gains ? newton : a + (b - a) / 2;
    if (!gains && !(next > a && next < b)) return b;
    [x, before] = [next, Math.abs(value)];
  }
}
