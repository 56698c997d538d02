import { chooseDevice, disposeChosen, type ChosenDevice } from "../devices/choose-device.ts";
import { isOffPolicy } from "./algorithm.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { imported } from "./module-reference.ts";
import { OffPolicyRun } from "./off-policy-run.ts";
import { OnPolicyRun } from "./on-policy-run.ts";
import { openEnvironment } from "./open-environment.ts";
import { planRun, resumedPlan } from "./run-plan.ts";
import type { EnvironmentArgument, TrainerOptions } from "./trainer-options.ts";
import type { DeviceChoice, TrainingRun } from "./training-run.ts";

/** Settles the plan, makes the environments and networks, and loads every program of an iteration. */
export async function assemble(
  argument: EnvironmentArgument | undefined, given: TrainerOptions, saved: Checkpoint | undefined,
): Promise<TrainingRun> {
  const options = { ...given, algorithm: await imported(given.algorithm) };
  const environmentOptions = options.environmentOptions ?? saved?.plan.environmentOptions;
  const opened = await openEnvironment(argument ?? saved?.plan.environment, environmentOptions);
  const { plan, algorithm } = saved
    ? resumedPlan(saved.plan, options, argument === undefined ? undefined : opened.name)
    : planRun(options, { ...opened, environment: opened.name });
  const wanted = { device: options.device ?? saved?.device ?? "auto", threads: options.threads ?? "auto" };
  let chosen: ChosenDevice | undefined;
  const choose: DeviceChoice = async (multiplyAdds) => (chosen = await chooseDevice(wanted, multiplyAdds));
  try {
    return await (isOffPolicy(algorithm)
      ? OffPolicyRun.create(plan, algorithm, opened, choose)
      : OnPolicyRun.create(plan, algorithm, opened, choose));
  } catch (error) {
    if (chosen) disposeChosen(chosen);
    throw error;
  }
}
