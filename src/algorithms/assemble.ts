import { isOffPolicy } from "./algorithm.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { OffPolicyRun } from "./off-policy-run.ts";
import { OnPolicyRun } from "./on-policy-run.ts";
import { openEnvironment } from "./open-environment.ts";
import { planRun, resumedPlan } from "./run-plan.ts";
import type { EnvironmentArgument, TrainerOptions } from "./trainer-options.ts";
import type { TrainingRun } from "./training-run.ts";

/** Settles the plan, makes the environments and networks, and loads every program of an iteration. */
export async function assemble(
  argument: EnvironmentArgument | undefined, options: TrainerOptions, saved: Checkpoint | undefined,
): Promise<TrainingRun> {
  const environmentOptions = options.environmentOptions ?? saved?.plan.environmentOptions;
  const opened = await openEnvironment(argument ?? saved?.plan.environment, environmentOptions);
  const { plan, algorithm } = saved
    ? resumedPlan(saved.plan, options, argument === undefined ? undefined : opened.name)
    : planRun(options, { environment: opened.name, builtin: opened.builtin, copies: opened.copies });
  const device = options.device ?? saved?.device ?? "auto";
  return isOffPolicy(algorithm)
    ? OffPolicyRun.create(plan, algorithm, opened, device)
    : OnPolicyRun.create(plan, algorithm, opened, device);
}
