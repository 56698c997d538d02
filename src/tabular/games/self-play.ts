import type { Geometry } from "../../maps/geometry/geometry.ts";
import { proximalStep, type WeightedPolicy } from "../../maps/geometry/mirror-step.ts";
import { negativeEntropy } from "../../maps/geometry/negative-entropy.ts";
import { uniformProfile, type Game, type InformationSetTable, type Profile } from "./game.ts";

/** The choices of self-play; every player takes the same kind of step in each information set. */
export interface SelfPlayChoices {
  readonly geometry?: Geometry;
  /** eta_k: the old policy weighs 1/eta_k. */
  readonly stepSize: number | ((iteration: number) => number);
  /** alpha_k, the weight of the magnet, constant or by iteration; 0 without one: plain ascent-descent. */
  readonly magnetWeight?: number | ((iteration: number) => number);
  /** The magnet at first: uniform where it is left out. */
  readonly magnet?: Profile;
  /** Every so many iterations the magnet becomes the current profile; never where it is left out. */
  readonly renewMagnetEvery?: number;
  /** Values hold what the magnet costs at later information sets, alpha B_h(p, magnet), as in MTPO. */
  readonly isSoft?: boolean;
  /** 2 g_k - g_{k-1} instead of g_k. */
  readonly isOptimistic?: boolean;
  /** The second player answers the first one's new policy, instead of moving at once. */
  readonly isAlternating?: boolean;
}

/**
 * Mirror descent of both players against each other, with a magnet (Sokota et al. 2023, MMD):
 *
 *     p' = argmax <q, p> - 1/eta B_h(p, p_k) - alpha B_h(p, magnet)
 *
 * With a fixed uniform magnet and negative entropy the profile goes to the quantal response equilibrium of temperature
 * alpha; with alpha_k and eta_k falling, or a magnet that is renewed, to a Nash equilibrium.
 */
export class SelfPlay {
  readonly game: Game;
  readonly #choices: SelfPlayChoices;
  #iteration = 0;
  #profile: Profile;
  #magnet: Profile;
  #before: readonly [InformationSetTable?, InformationSetTable?] = [];

  constructor(game: Game, choices: SelfPlayChoices, first: Profile = uniformProfile(game)) {
    this.game = game;
    this.#choices = choices;
    this.#profile = first;
    this.#magnet = choices.magnet ?? uniformProfile(game);
  }

  get iteration(): number { return this.#iteration; }
  get profile(): Profile { return this.#profile; }

  step(): void {
    const { isAlternating, renewMagnetEvery } = this.#choices;
    const values = this.#actionValues(this.#profile);
    const first = this.#move(0, values[0]);
    const answered = isAlternating ? this.#actionValues([first, this.#profile[1]])[1] : values[1];
    this.#profile = [first, this.#move(1, answered)];
    this.#before = [values[0], answered];
    this.#iteration++;
    if (renewMagnetEvery !== undefined && this.#iteration % renewMagnetEvery === 0) this.#magnet = this.#profile;
  }

  #actionValues(profile: Profile): Profile {
    const { geometry = negativeEntropy, magnetWeight = 0, isSoft } = this.#choices;
    if (!isSoft) return this.game.actionValues(profile);
    const costs = (player: 0 | 1) => profile[player].map((policy, index) =>
      this.#at(magnetWeight) * geometry.divergence(policy, this.#magnet[player][index]!));
    return this.game.actionValues(profile, [costs(0), costs(1)]);
  }

  #move(player: 0 | 1, values: InformationSetTable): InformationSetTable {
    const { geometry = negativeEntropy, isOptimistic } = this.#choices;
    const before = isOptimistic ? this.#before[player] : undefined;
    return values.map((q, index) => {
      const signal = before ? q.map((g, a) => 2 * g - before[index]![a]!) : q;
      return proximalStep(geometry, signal, this.#anchors(player, index));
    });
  }

  #anchors(player: 0 | 1, index: number): WeightedPolicy[] {
    const { stepSize, magnetWeight = 0 } = this.#choices;
    return [
      { policy: this.#profile[player][index]!, weight: 1 / this.#at(stepSize) },
      { policy: this.#magnet[player][index]!, weight: this.#at(magnetWeight) },
    ];
  }

  #at(schedule: number | ((iteration: number) => number)): number {
    return typeof schedule === "number" ? schedule : schedule(this.#iteration);
  }
}
