// Learners on several devices that learn from the same recorded rollouts: each sees the observations, actions and
// rewards that one policy on wasm collected, and computes old probabilities, values and advantages with its own
// parameters.
import { assemble } from "../../src/algorithms/assemble.ts";
import { Learner } from "../../src/algorithms/learner.ts";
import type { OnPolicyPieces, OnPolicyRun } from "../../src/algorithms/on-policy-run.ts";
import type { TrainerOptions } from "../../src/algorithms/trainer-options.ts";
import type { Device } from "../../src/devices/device.ts";
import type { WasmBuffer } from "../../src/devices/wasm/wasm-device.ts";
import { gae } from "../../src/estimators/estimators.ts";
import { evaluateSchedule } from "../../src/schedules/schedule.ts";

export interface ReplayingLearner {
  readonly learner: Learner;
  readonly policyParameters: WasmBuffer;
  readonly valueParameters: WasmBuffer;
}

export interface ReplayedTraining {
  readonly parts: OnPolicyPieces;
  /** From the parameters that the run began with. */
  learnerOn(device: Device | "wasm"): Promise<ReplayingLearner>;
  /** One rollout with the parameters of the first learner, and an iteration of every learner on it. */
  iterate(learners: readonly ReplayingLearner[]): Promise<void>;
}

export async function replayedTraining(environment: string, options: TrainerOptions): Promise<ReplayedTraining> {
  const { pieces: parts } = await assemble(environment, { ...options, device: "wasm" }, undefined) as OnPolicyRun;
  const { plan, chosen: { host }, agent, algorithm, rollout, evaluation, buffers } = parts;
  const { advantages, returns } = parts.batch;
  const { hyperparameters } = plan;
  const size = plan.envs * hyperparameters.horizon;
  let iteration = 0;
  buffers.observationScale.view().fill(1);

  const learnerOn = async (device: Device | "wasm"): Promise<ReplayingLearner> => {
    const copyOf = (buffer: WasmBuffer): WasmBuffer => {
      const copy = host.allocate(buffer.size, "f32");
      copy.view().set(buffer.view());
      return copy;
    };
    const policyParameters = copyOf(buffers.policyParameters);
    const valueParameters = copyOf(buffers.valueParameters);
    const learner = await Learner.create({
      host, device: device === "wasm" ? host : device, agent, algorithm, hyperparameters, columns: { maskSize: 0 },
      size, seed: plan.seed, paperCode: false, policyParameters, valueParameters,
      batch: {
        action: rollout.buffers.action, advantages, returns,
        normalizedObservations: evaluation.buffer("normalizedObservations"),
        oldParameters: evaluation.buffer("oldParameters"), oldLogProb: evaluation.buffer("oldLogProb"),
        values: evaluation.buffer("values"),
      },
    });
    learner.upload();
    return { learner, policyParameters, valueParameters };
  };

  /** Puts a learner's parameters where rollout and evaluation read them. */
  const takePlace = ({ policyParameters, valueParameters }: ReplayingLearner): void => {
    buffers.behaviourParameters.view().set(policyParameters.view());
    buffers.valueParameters.view().set(valueParameters.view());
  };

  const lookBack = (): void => {
    evaluation.run();
    const values = evaluation.buffer("values");
    rollout.bootstrap(values.view() as Float32Array);
    gae(host.instance, {
      steps: hyperparameters.horizon, columns: plan.envs, rewards: rollout.buffers.rewards.address,
      nextValues: rollout.buffers.nextValues.address, terminated: rollout.terminatedAddress,
      truncated: rollout.truncatedAddress, values: values.address,
      advantages: advantages.address, returns: returns.address,
    }, hyperparameters.discount, hyperparameters.gaeLambda);
  };

  const iterate = async (learners: readonly ReplayingLearner[]): Promise<void> => {
    takePlace(learners[0]!);
    for (const _ of rollout.collect());
    const at = (schedule: Parameters<typeof evaluateSchedule>[0]): number => evaluateSchedule(schedule, iteration, 20);
    const { learningRate, valueLearningRate, stepSize, clipRange } = hyperparameters;
    const scheduled = {
      learningRate: at(learningRate), valueLearningRate: at(valueLearningRate), stepSize: at(stepSize),
      clipRange: at(clipRange), multiplierLearningRate: at(hyperparameters.multiplierLearningRate), advantageMedian: 0,
    };
    for (const each of learners) {
      takePlace(each);
      lookBack();
      for (const _ of each.learner.steps(scheduled));
      await each.learner.download();
    }
    rollout.updateNormalizer();
    buffers.observationMean.view().forEach((_, i, mean) => (mean[i] = rollout.observationMoments.mean[i]!));
    buffers.observationScale.view().forEach((_, i, scale) => (scale[i] = rollout.observationMoments.scale(i)));
    iteration++;
  };

  return { parts, learnerOn, iterate };
}
