import { mergeHyperparameters, type Hyperparameters, type PartialHyperparameters } from "../agent/hyperparameters.ts";
import { createWasmDevice, type WasmBuffer, type WasmDevice } from "../devices/wasm/wasm-device.ts";
import { BregmanError } from "../error.ts";
import { randomSource, type RandomSource } from "../random/streams.ts";
import { evaluateSchedule, evaluateStepSize } from "../schedules/schedule.ts";
import { scheduledNames } from "../solvers/gradient-steps.ts";
import type { CooperativeTask } from "./cooperative-task.ts";
import { createTeamMember, type TeamMember } from "./team-member.ts";

/** How the members of a team move: one after the other, or all at once, none seeing what the others became. */
export type TeamOrder = "sequential" | "simultaneous";

export interface TeamOptions {
  /** Steps that are planned: schedules go over these. */
  readonly iterations: number;
  readonly seed?: number;
  readonly order?: TeamOrder;
  /** Rounds that are played for each step; default 256. */
  readonly rounds?: number;
  /** learningRate, stepSize, innerSteps, networks ...: those of MDPO. */
  readonly hyperparameters?: PartialHyperparameters;
}

const unscaled: PartialHyperparameters = {
  normalizeObservations: false, standardizeAdvantages: false, maxGradientNorm: 0, learningRate: 0.01,
};

/**
 * Heterogeneous multi-agent MDPO: the members take MDPO's step one after the other, in a random order i_1, i_2, ...:
 *
 *     maximize mean( rho^i M ) - 1/t_k mean KL(pi^i || pi^i_k),   M = A at first, then M <- M rho^i of the new policy
 *
 * so that each improves on what those before it have become, and the steps add up to one of the joint policy. A is the
 * payoff less its mean over the batch. With the order "simultaneous" M stays A: the steps may undo each other. Nasiri
 * and Rezghi 2023 (Heterogeneous Multi-Agent Reinforcement Learning via Mirror Descent Policy Optimization), for rounds
 * of one joint decision; networks are independent.
 */
export class SequentialMdpo {
  readonly task: CooperativeTask;
  readonly #options: TeamOptions;
  readonly #hyperparameters: Hyperparameters;
  readonly #device: WasmDevice;
  readonly #members: readonly TeamMember[];
  readonly #advantages: WasmBuffer;
  readonly #payoffs: Float64Array;
  readonly #random: RandomSource;
  #iteration = 0;

  private constructor(
    task: CooperativeTask, options: TeamOptions, hyperparameters: Hyperparameters, device: WasmDevice,
    members: readonly TeamMember[], advantages: WasmBuffer,
  ) {
    this.task = task;
    this.#options = options;
    this.#hyperparameters = hyperparameters;
    this.#device = device;
    this.#members = members;
    this.#advantages = advantages;
    this.#payoffs = new Float64Array(advantages.size);
    this.#random = randomSource(options.seed ?? 0, "environment");
  }

  /** Throws `invalid-option` for counts below 1 and, as `unknown-option`, for hyperparameters that are none. */
  static async create(task: CooperativeTask, options: TeamOptions): Promise<SequentialMdpo> {
    const { iterations, rounds = 256, seed = 0 } = options;
    for (const [name, count] of Object.entries({ iterations, rounds })) {
      if (Number.isSafeInteger(count) && count >= 1) continue;
      throw new BregmanError("invalid-option", `${name}: expected a whole number of at least 1, got ${String(count)}`);
    }
    const hyperparameters = mergeHyperparameters(unscaled, options.hyperparameters);
    const device = await createWasmDevice();
    const advantages = device.allocate(rounds, "f32");
    const members: TeamMember[] = [];
    for (const [i, member] of task.members.entries()) {
      members.push(await createTeamMember(device, member, hyperparameters, advantages, seed, i));
    }
    return new SequentialMdpo(task, options, hyperparameters, device, members, advantages);
  }

  /** Plays a batch and moves every member; the batch's mean payoff. */
  step(): number {
    const mean = this.play();
    this.#advantages.view().set(this.#payoffs.map((payoff) => payoff - mean));
    const { iterations, order = "sequential" } = this.#options;
    const { innerSteps, learningRate, stepSize } = this.#hyperparameters;
    const at = Math.min(this.#iteration++, iterations - 1);
    const scheduled: Partial<Record<(typeof scheduledNames)[number], number>> = {
      learningRate: evaluateSchedule(learningRate, at, iterations),
      stepSize: evaluateStepSize(stepSize, at, iterations),
    };
    for (const { step, carry } of shuffled(this.#members, this.#random)) {
      step.buffer("schedule").view().set(scheduledNames.map((name) => scheduled[name] ?? 0));
      step.run(innerSteps);
      if (order === "sequential") carry.run();
    }
    return mean;
  }

  /** Plays a batch of rounds; their mean payoff. */
  play(): number {
    const rounds = Array.from(this.#payoffs, () => this.task.begin(this.#random));
    for (const [i, { act }] of this.#members.entries()) {
      const seen = act.buffer("normalizedObservations").view();
      const { observationSize } = this.task.members[i]!;
      for (const [row, { observations }] of rounds.entries()) seen.set(observations[i]!, row * observationSize);
      act.run();
    }
    const actions = this.#members.map(({ act }) => act.buffer("action").view());
    for (const [row, round] of rounds.entries()) this.#payoffs[row] = round.payoff(actions.map((each) => each[row]!));
    return this.#payoffs.reduce((sum, payoff) => sum + payoff, 0) / rounds.length;
  }

  /** The live parameters of a member's network. */
  parameters(member: number): Float32Array {
    return this.#members[member]!.act.buffer("policyParameters").view() as Float32Array;
  }

  dispose(): void {
    this.#device.dispose();
  }
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], random: RandomSource): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
