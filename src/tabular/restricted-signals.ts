import { BregmanError } from "../error.ts";
import { leastSquares } from "../math/least-squares.ts";
import { randomSource } from "../random/streams.ts";
import { stateActionOccupancy } from "./convex.ts";
import { occupancyOf } from "./evaluate-policy.ts";
import type { Mdp, TabularPolicy } from "./mdp.ts";
import type { IterationContext, Signal } from "./signals.ts";

// Policies of a restricted class: where the class is closed under the step once its SIGNAL is in the class, the
// restriction is a projection of Q and the step stays what it is.

/**
 * For policies that are one distribution for all states of a group, the mirror step within that class: its signal is
 * sum_s d_k(s) Q_k(s, .) / sum_s d_k(s) over the states of each, d_k the occupancy of the policy; or equal weights. One
 * group: all states share a distribution. Each state alone: Q, whatever the weights. `groups` [S] names the group of
 * each state; the first policy has to be of the class. Throws `invalid-shape` where `groups` does not fit.
 */
export function groupedValues(groups: readonly number[], weights: "occupancy" | "equal" = "occupancy"): Signal {
  return {
    id: `q of groups of states, ${weights} weights`,
    of: ({ mdp, policy, q }) => {
      const { states, actions } = mdp;
      expectLength("groups", groups, states);
      const weight = weights === "equal" ? new Float64Array(states).fill(1) : occupancyOf(mdp, policy);
      const sums = new Map(groups.map((group) => [group, new Float64Array(actions + 1)]));
      for (let s = 0; s < states; s++) {
        const sum = sums.get(groups[s]!)!;
        for (let a = 0; a < actions; a++) sum[a]! += weight[s]! * q[s * actions + a]!;
        sum[actions]! += weight[s]!;
      }
      return q.map((_, i) => {
        const sum = sums.get(groups[Math.floor(i / actions)]!)!;
        return sum[i % actions]! / sum[actions]!;
      });
    },
  };
}

/**
 * For log-linear policies pi ~ e^{theta . phi}, phi [S, A, n]: g = phi w, w the shortest among the best fits
 *
 *     min_w  sum_{s,a} d(s, a) ( w . phi(s, a) - Q_k(s, a) )^2
 *
 * so that a KL step of size eta is theta + eta w, the natural gradient with the critic of the class (Q-NPG; Agarwal,
 * Kakade, Lee, Mahajan 2021; Yuan, Du, Gower, Lazaric, Xiao 2023). d is the occupancy of the policy, "own", or as in
 * the latter paper the one that begins with any pair, all equally likely, so that no pair is ever without weight,
 * "covering". `isCentered` fits the advantages with phi - E_pi phi, which is the natural gradient itself. Throws
 * `invalid-shape` for features of another process.
 */
export function fittedValues(
  features: Float64Array,
  { isCentered = false, weights = "covering" }: { isCentered?: boolean; weights?: "own" | "covering" } = {},
): Signal {
  return {
    id: isCentered ? "advantage fitted by features" : "q fitted by features",
    of: (context) => {
      const { mdp, policy, q, values } = context;
      const count = features.length / q.length;
      if (!Number.isInteger(count)) expectLength("features", features, q.length * Math.ceil(count));
      const basis = isCentered ? centered(features, count, context) : features;
      const target = isCentered ? q.map((x, i) => x - values[Math.floor(i / mdp.actions)]!) : q;
      const occupancy = weights === "own" ? stateActionOccupancy(mdp, policy) : coveringOccupancy(mdp, policy);
      const roots = occupancy.map((d) => Math.sqrt(Math.max(0, d)));
      const w = leastSquares(
        basis.map((x, i) => x * roots[Math.floor(i / count)]!), target.map((x, i) => x * roots[i]!));
      return target.map((_, i) => w.reduce((sum, x, j) => sum + x * features[i * count + j]!, 0));
    },
  };
}

/** d [S, A] of a policy that begins with any pair: (1 - discount) / (S A) + discount times its own from there on. */
function coveringOccupancy(mdp: Mdp, policy: TabularPolicy): Float64Array {
  const { states, actions, discount, transitions } = mdp;
  const share = 1 / (states * actions);
  const start = new Float64Array(states);
  for (let i = 0; i < transitions.length; i++) start[i % states]! += share * transitions[i]!;
  return stateActionOccupancy({ ...mdp, start }, policy).map((d) => (1 - discount) * share + discount * d);
}

/** phi(s, a) - sum_b pi(b|s) phi(s, b). */
function centered(features: Float64Array, count: number, { mdp: { actions }, policy }: IterationContext): Float64Array {
  const width = actions * count;
  return features.map((x, i) => {
    const at = i - i % width;
    let mean = 0;
    for (let b = 0; b < actions; b++) mean += policy[at / count + b]! * features[at + b * count + i % count]!;
    return x - mean;
  });
}

/** Features [S, A, n], one for each pair: every policy is of their class. */
export function oneHotFeatures({ states, actions }: Pick<Mdp, "states" | "actions">): Float64Array {
  const pairs = states * actions;
  return Float64Array.from({ length: pairs * pairs }, (_, i) => (i % (pairs + 1) === 0 ? 1 : 0));
}

/** Features [S, A, count] uniform in [-1, 1), the same for the same seed everywhere. */
export function randomFeatures(
  { states, actions }: Pick<Mdp, "states" | "actions">, count: number, seed = 0,
): Float64Array {
  const random = randomSource(seed, "initialization", 7);
  return Float64Array.from({ length: states * actions * count }, () => 2 * random.uniform() - 1);
}

function expectLength(name: string, values: ArrayLike<unknown>, length: number): void {
  if (values.length === length) return;
  throw new BregmanError("invalid-shape", `${name}: expected ${length} entries, got ${values.length}`);
}
