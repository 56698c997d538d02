// From the records of several seeds to one curve with an interval.

/** The 0.975 quantile of Student's t with 2 to 10 degrees of freedom; beyond that the normal one is near enough. */
const quantiles = [4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];

/** The mean, and half the width of its 95 % interval: from three values on, that of two says next to nothing. */
export function meanWithInterval(values) {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n < 3) return { mean, halfWidth: 0 };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, halfWidth: (quantiles[n - 3] ?? 1.96) * Math.sqrt(squares / (n - 1) / n) };
}

/** At each step that a run has recorded: mean, interval, range of `valueOf(update)` over the runs that got there. */
export function curveOf(runs, valueOf) {
  const at = new Map();
  for (const { history } of runs) {
    for (const update of history) {
      const value = valueOf(update);
      if (value === null || !Number.isFinite(value)) continue;
      if (!at.has(update.step)) at.set(update.step, []);
      at.get(update.step).push(value);
    }
  }
  return [...at].sort(([a], [b]) => a - b).map(([step, values]) => ({
    step, ...meanWithInterval(values), low: Math.min(...values), high: Math.max(...values),
  }));
}
