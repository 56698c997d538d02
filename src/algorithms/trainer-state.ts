import { BregmanError } from "../error.ts";
import type { TensorValues } from "../io/safetensors.ts";
import type { Parts } from "./assemble.ts";
import type { Checkpoint } from "./checkpoint.ts";

// What a run's future depends on, between two iterations: parameters, optimizer states, normalizers, environments,
// random streams, counters.

const sharedNames = ["policyParameters", "behaviourParameters", "valueParameters", "policyRandom"] as const;

export function snapshotParts(parts: Parts, iteration: number, seconds: number): Checkpoint {
  const { plan, chosen, environment, rollout, learner, buffers } = parts;
  const arrays = new Map<string, TensorValues>();
  for (const name of sharedNames) arrays.set(name, buffers[name].view().slice());
  for (const name of learner.stateNames) arrays.set(`optimizer.${name}`, learner.state(name));
  arrays.set("observationMoments", rollout.observationMoments.save());
  arrays.set("rewardMoments", rollout.rewardMoments.save());
  arrays.set("runningReturns", rollout.runningReturns.slice());
  arrays.set("episodes", rollout.episodes.save());
  if (rollout.exploration) arrays.set("explorationNoise", rollout.exploration.view().slice());
  arrays.set("environments", environment.save());
  return {
    plan, device: chosen.updates.kind, iteration, seconds,
    counters: { shuffles: learner.shuffles, stepsSinceRenewal: rollout.stepsSinceRenewal },
    arrays,
  };
}

/** Puts everything back. Throws `checkpoint-mismatch` when an array is missing or has another size. */
export function restoreParts(parts: Parts, saved: Checkpoint): void {
  const { environment, rollout, learner, buffers } = parts;
  const take = (name: string, size?: number): TensorValues => {
    const values = saved.arrays.get(name);
    if (!values || (size !== undefined && values.length !== size)) {
      throw new BregmanError("checkpoint-mismatch",
        `the checkpoint's "${name}" has ${values ? values.length : "no"} elements, expected ${size ?? "some"}; ` +
        "was it written for other spaces or networks?");
    }
    return values;
  };
  for (const name of sharedNames) buffers[name].view().set(take(name, buffers[name].size) as Float32Array);
  learner.upload();
  for (const name of learner.stateNames) {
    learner.restoreState(name, take(`optimizer.${name}`, learner.state(name).length) as Float32Array);
  }
  rollout.observationMoments.restore(take("observationMoments", 1 + 2 * parts.agent.observationSize) as Float64Array);
  rollout.rewardMoments.restore(take("rewardMoments", 3) as Float64Array);
  rollout.runningReturns.set(take("runningReturns", environment.count) as Float64Array);
  rollout.episodes.restore(take("episodes") as Float64Array);
  if (rollout.exploration) {
    rollout.exploration.view().set(take("explorationNoise", rollout.exploration.size) as Float32Array);
  }
  environment.restore(take("environments") as Uint8Array);
  if (!environment.resumable) {
    rollout.episodes.forgetRunning();
    rollout.runningReturns.fill(0);
  }
  learner.shuffles = saved.counters.shuffles ?? 0;
  rollout.stepsSinceRenewal = saved.counters.stepsSinceRenewal ?? 0;
}
