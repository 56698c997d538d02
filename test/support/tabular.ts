// A finite Markov decision process solved exactly in float64: what theory tests compare with.

/** A policy: row s holds the probabilities of the actions in state s. */
export type TabularPolicy = readonly ArrayLike<number>[];

export interface Mdp {
  readonly discount: number;
  readonly start: readonly number[];
  /** transitions[s][a][next] and rewards[s][a]. */
  readonly transitions: readonly (readonly (readonly number[])[])[];
  readonly rewards: readonly (readonly number[])[];
}

/** Two states, two actions (spec 6.3). */
export const goldenMdp: Mdp = {
  discount: 0.9,
  start: [0.5, 0.5],
  transitions: [[[0.7, 0.3], [0.2, 0.8]], [[0.4, 0.6], [0.9, 0.1]]],
  rewards: [[1, 0], [0, 2]],
};

export const uniformPolicy: TabularPolicy = [[0.5, 0.5], [0.5, 0.5]];

/** Solves A x = b by elimination with pivots. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const n = rows.length;
  for (let i = 0; i < n; i++) {
    let pivot = i;
    for (let k = i + 1; k < n; k++) if (Math.abs(rows[k]![i]!) > Math.abs(rows[pivot]![i]!)) pivot = k;
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    for (let k = 0; k < n; k++) {
      if (k === i) continue;
      const factor = rows[k]![i]! / rows[i]![i]!;
      for (let j = i; j <= n; j++) rows[k]![j]! -= factor * rows[i]![j]!;
    }
  }
  return rows.map((row, i) => row[n]! / row[i]!);
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, x, i) => sum + x * b[i]!, 0);

/** P_pi[s][next]. */
function chain({ transitions }: Mdp, policy: TabularPolicy): number[][] {
  return transitions.map((actions, s) => actions[0]!.map((_, next) => dot(policy[s]!, actions.map((to) => to[next]!))));
}

const identityMinus = (matrix: readonly (readonly number[])[], factor: number): number[][] =>
  matrix.map((row, i) => row.map((x, j) => (i === j ? 1 : 0) - factor * x));

/** V of a policy; with a temperature the soft value, to whose reward -temperature log pi is added. */
export function valuesOf(mdp: Mdp, policy: TabularPolicy, temperature = 0): number[] {
  const rewards = mdp.rewards.map((row, s) => row.reduce((sum, r, a) => {
    const p = policy[s]![a]!;
    return sum + p * (r - (p > 0 ? temperature * Math.log(p) : 0));
  }, 0));
  return solve(identityMinus(chain(mdp, policy), mdp.discount), rewards);
}

/** Q[s][a] = r + discount E V. */
export function qOf({ rewards, transitions, discount }: Mdp, values: readonly number[]): number[][] {
  return rewards.map((row, s) => row.map((r, a) => r + discount * dot(transitions[s]![a]!, values)));
}

export function advantagesOf(mdp: Mdp, policy: TabularPolicy): number[][] {
  const values = valuesOf(mdp, policy);
  return qOf(mdp, values).map((row, s) => row.map((q) => q - values[s]!));
}

/** The normalized discounted occupancy of states: (1 - discount) sum_t discount^t P(s_t = s). */
export function occupancyOf(mdp: Mdp, policy: TabularPolicy): number[] {
  const p = chain(mdp, policy);
  const transposed = p.map((_, i) => p.map((row) => row[i]!));
  return solve(identityMinus(transposed, mdp.discount), mdp.start.map((x) => (1 - mdp.discount) * x));
}

/** V*, by policy iteration. */
export function optimalValues(mdp: Mdp): number[] {
  let policy: TabularPolicy = mdp.rewards.map((row) => row.map((_, a) => (a === 0 ? 1 : 0)));
  for (let i = 0; i < 20; i++) {
    policy = qOf(mdp, valuesOf(mdp, policy)).map((row) => {
      const best = row.indexOf(Math.max(...row));
      return row.map((_, a) => (a === best ? 1 : 0));
    });
  }
  return valuesOf(mdp, policy);
}

export const returnOf = (mdp: Mdp, policy: TabularPolicy): number => dot(mdp.start, valuesOf(mdp, policy));
