// Processes that the claims are tested on, and what is measured.
import {
  advantagesOf, averageReward, choicesOf, exactMethods, makeMdp, makePolicy, policyIteration, PolicyMirrorDescent,
  qValues, randomMdp, uniformPolicy, valuesOf,
} from "../../dist/tabular.js";

/** Two states, two actions; every number is in the catalogue of methods that this project follows. */
export const golden = makeMdp({
  discount: 0.9, start: [0.5, 0.5], rewards: [[1, 0], [0, 2]],
  transitions: [[[0.7, 0.3], [0.2, 0.8]], [[0.4, 0.6], [0.9, 0.1]]],
});

/** Left or right along `length` states: 1 at the right end, 0.01 at the left one. */
export function chain(length = 12, discount = 0.95) {
  const states = Array.from({ length }, (_, s) => s);
  return makeMdp({
    discount,
    rewards: states.map((s) => [s === 0 ? 0.01 : 0, s === length - 1 ? 1 : 0]),
    transitions: states.map((s) => [-1, 1].map((move) =>
      states.map((next) => (next === Math.min(length - 1, Math.max(0, s + move)) ? 1 : 0)))),
  });
}

export const method = (id) => exactMethods.find((each) => each.id === id);

/** A run of an exact method after some iterations. */
export function runOf(id, mdp, iterations, parameters = {}) {
  const run = new PolicyMirrorDescent(mdp, choicesOf(method(id), mdp, parameters));
  for (let k = 0; k < iterations; k++) run.step();
  return run;
}

/** max_s V*(s) - V(s) of the unregularized values of a policy. */
export function gapOf(mdp, policy, best = policyIteration(mdp).values) {
  return valuesOf(mdp, policy).reduce((largest, v, s) => Math.max(largest, best[s] - v), -Infinity);
}

export const gapAfter = (id, mdp, iterations, parameters) =>
  gapOf(mdp, runOf(id, mdp, iterations, parameters).policy);

/** Iterations until the gap is below `limit`; at most `most`. */
export function iterationsTo(limit, id, mdp, parameters, most = 500) {
  const best = policyIteration(mdp).values;
  const run = new PolicyMirrorDescent(mdp, choicesOf(method(id), mdp, parameters));
  while (run.iteration < most && gapOf(mdp, run.policy, best) > limit) run.step();
  return run.iteration;
}

export const short = (x) => (x === 0 ? "0" : Math.abs(x) < 1e-3 || Math.abs(x) >= 1e4 ? x.toExponential(1) : String(+x.toPrecision(3)));

export { advantagesOf, averageReward, makePolicy, policyIteration, qValues, randomMdp, uniformPolicy };
