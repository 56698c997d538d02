import { BregmanError } from "../../error.ts";
import type { OwnEnvironment } from "../environment.ts";
import { mapReward } from "./map-reward.ts";
import type { Wrapped } from "./wrap.ts";

/**
 * reward - perStep. Where the only reward waits at a goal, every way there is worth the same; with a small price on
 * each step (the goal's reward over the length of an episode, say) short ways are better, and standing still is worst.
 */
export function stepPenalty<Own extends OwnEnvironment>(environment: Own, perStep: number): Wrapped<Own> {
  if (!(perStep >= 0 && perStep < Infinity)) {
    throw new BregmanError("invalid-option", `stepPenalty: expected a number of at least 0, got ${String(perStep)}`);
  }
  return mapReward(environment, (reward) => reward - perStep);
}
