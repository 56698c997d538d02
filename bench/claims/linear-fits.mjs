// Mirror descent with fewer features than pairs of state and action: squares (AMPO; also with the mean of each state
// taken off the target, which changes no policy) or the map's divergence (DAPO).
import { policyIteration, qValues, randomMdp, valuesOf } from "../../dist/tabular.js";

const [states, actions, features] = [20, 4, 24];
const pairs = states * actions;

/** Largest value gaps of these fits on a process with random features, after `iterations` steps of size `stepSize`. */
export function linearFits(seed, { iterations = 40, stepSize = 1 } = {}) {
  const mdp = randomMdp({ states, actions, discount: 0.9, successors: 3, seed });
  const best = policyIteration(mdp).values;
  const uniform = generator(seed);
  const rows = Array.from({ length: pairs }, () => Float64Array.from({ length: features }, () => 2 * uniform() - 1));
  const gapOf = (fit) => {
    let dual = new Float64Array(pairs);
    let weights = new Float64Array(features);
    for (let k = 0; k < iterations; k++) {
      const policy = softmaxRows(dual);
      const q = qValues(mdp, valuesOf(mdp, policy));
      const target = q.map((x, i) => stepSize * x + Math.log(policy[i]));
      weights = fit(rows, target, weights);
      dual = outputs(rows, weights);
    }
    const values = valuesOf(mdp, softmaxRows(dual));
    return values.reduce((largest, v, s) => Math.max(largest, best[s] - v), 0);
  };
  return {
    squares: gapOf(leastSquares), centredSquares: gapOf((all, target) => leastSquares(all, centred(target))),
    dual: gapOf(leastDivergence),
  };
}

const outputs = (rows, weights) =>
  Float64Array.from(rows, (row) => row.reduce((sum, x, j) => sum + x * weights[j], 0));

const centred = (target) => target.map((x, i) => {
  const at = i - i % actions;
  return x - target.subarray(at, at + actions).reduce((a, b) => a + b) / actions;
});

function softmaxRows(dual) {
  const policy = new Float64Array(dual.length);
  for (let at = 0; at < dual.length; at += actions) {
    const row = dual.subarray(at, at + actions);
    const peak = Math.max(...row);
    const exps = row.map((x) => Math.max(Math.exp(x - peak), 1e-12));
    const total = exps.reduce((a, b) => a + b);
    policy.set(exps.map((x) => x / total), at);
  }
  return policy;
}

/** The normal equations, by elimination. */
function leastSquares(rows, target) {
  const matrix = Array.from({ length: features }, (_, i) => [
    ...Array.from({ length: features }, (__, j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0)),
    rows.reduce((sum, row, n) => sum + row[i] * target[n], 0),
  ]);
  for (let i = 0; i < features; i++) {
    for (let k = i + 1; k < features; k++) {
      const factor = matrix[k][i] / matrix[i][i];
      for (let j = i; j <= features; j++) matrix[k][j] -= factor * matrix[i][j];
    }
  }
  const weights = new Float64Array(features);
  for (let i = features - 1; i >= 0; i--) {
    const rest = matrix[i].slice(i + 1, features).reduce((sum, x, j) => sum + x * weights[i + 1 + j], 0);
    weights[i] = (matrix[i][features] - rest) / matrix[i][i];
  }
  return weights;
}

/** Gradient steps down mean_s KL(softmax f || softmax target). */
function leastDivergence(rows, target, weights, steps = 400) {
  let at = weights;
  for (let step = 0; step < steps; step++) {
    const dual = outputs(rows, at);
    const policy = softmaxRows(dual);
    const slopes = new Float64Array(pairs);
    for (let s = 0; s < pairs; s += actions) {
      const excess = dual.subarray(s, s + actions).map((f, a) => f - target[s + a]);
      const average = excess.reduce((sum, x, a) => sum + policy[s + a] * x, 0);
      for (let a = 0; a < actions; a++) slopes[s + a] = policy[s + a] * (excess[a] - average);
    }
    at = at.map((w, j) => w - 0.1 * rows.reduce((sum, row, i) => sum + slopes[i] * row[j], 0));
  }
  return at;
}

function generator(seed) {
  let state = seed + 12345;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
