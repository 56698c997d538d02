import type { ReplayObjective } from "./replay-objective.js";
/**
 * MDAC: SAC's surrogate for the policy, and critics that learn
 *
 *     y = r + beta f(alpha log pi(a|s)) + discount (min Q(s', a') - f(alpha log pi(a'|s'))),   a' ~ pi
 *
 * where f is bounded: mirror descent whose old policy lives in the critic. With f the identity it is Munchausen SAC,
 * whose action gaps grow without end where the policy becomes deterministic; with beta = 0 SAC. Of several rewards in a
 * return only the first gets the bonus. Iwaki and Asada 2025 (Mirror Descent Actor Critic via Bounded Advantage
 * Learning); beta is `advantageShare`, f `advantageBound`, alpha the temperature.
 */
export declare const boundedAdvantage: ReplayObjective;
