import { qValues } from "./evaluate-policy.ts";
import type { Mdp, TabularPolicy } from "./mdp.ts";
import { bellmanOptimality } from "./value-iteration.ts";

/** What a signal or a schedule may ask for in iteration k. */
export interface IterationContext {
  readonly mdp: Mdp;
  readonly iteration: number;
  readonly policy: TabularPolicy;
  /** V [S] and Q [S, A] of the policy, with the regularizer's part. */
  readonly values: Float64Array;
  readonly q: Float64Array;
  /** Q of another policy. */
  evaluate(policy: TabularPolicy): Float64Array;
  /** Where the step goes with another signal. */
  propose(signal: Float64Array): TabularPolicy;
}

/** The linearization g [S, A] of the return at the policy. Made anew for each run: it may remember. */
export interface Signal {
  readonly id: string;
  of(context: IterationContext): Float64Array;
}

/** Q itself; the advantage moves the policy to the same place. */
export const actionValues = (): Signal => ({ id: "q", of: ({ q }) => q });

/** Numbers that do not follow from the policy: a bandit's, a player's. */
export const givenSignal = (signal: Float64Array | ((iteration: number) => Float64Array), id = "given"): Signal =>
  ({ id, of: ({ iteration }) => (typeof signal === "function" ? signal(iteration) : signal) });

/** Q_h = r + discount P T^{h-1} V (h-PMD, Protopapas and Barakat 2024); h = 1 is Q. */
export function lookahead(depth: number): Signal {
  return {
    id: `q after ${depth} steps of lookahead`,
    of: ({ mdp, values, q }) => {
      if (depth === 1) return q;
      let ahead = values;
      for (let i = 1; i < depth; i++) ahead = bellmanOptimality(mdp, ahead);
      return qValues(mdp, ahead);
    },
  };
}

/** g + share (g - g of the iteration before): optimism at share 1, 2 g_k - g_{k-1}; lazy momentum in general. */
export function optimistic(signal: Signal, share = 1): Signal {
  let before: Float64Array | undefined;
  return {
    id: `optimistic ${signal.id}`,
    of: (context) => {
      const now = signal.of(context);
      const last = before ?? now;
      before = now.slice();
      return now.map((g, i) => g + share * (g - last[i]!));
    },
  };
}

/** Q of the policy that a plain step proposes: the extragradient. */
export const extragradient = (): Signal =>
  ({ id: "q of a proposal", of: ({ q, propose, evaluate }) => evaluate(propose(q)) });

/** The sum of all signals so far (Politex): with the uniform policy as only anchor it is mirror descent from there. */
export function cumulative(signal: Signal): Signal {
  let sum: Float64Array | undefined;
  return {
    id: `sum of ${signal.id}`,
    of: (context) => {
      const now = signal.of(context);
      sum = sum ? sum.map((x, i) => x + now[i]!) : now.slice();
      return sum;
    },
  };
}
