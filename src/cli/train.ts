/** `bregman train`: trains one policy, shows how it goes, evaluates it, and writes the run's folder. */
import { BregmanError } from "../error.ts";
import { type Arguments, type CommandSpec, parseSettings } from "./arguments.ts";
import { breathe, type Terminal } from "./terminal.ts";
import type { Evaluation, Library, Trainer, TrainerOptions, UpdateRecord } from "./library.ts";
import { createProgress } from "./progress.ts";
import {
  checkRunFolderIsFree, createRunFolder, openRunFolder, readCheckpoint, type RunFolder,
} from "./run-folder.ts";
import { decimal, grouped } from "./table.ts";

/** Options that say what is trained; `compare` passes them on to its runs. */
export const TRAINING_OPTIONS = [
  { name: "steps", value: "N", help: "environment steps, over all copies (default: the preset's)" },
  { name: "device", value: "DEVICE", help: "auto, wasm or webgpu" },
  { name: "envs", value: "N", help: "parallel copies of the environment" },
  { name: "code-level", value: "LEVEL", help: "loaded or minimal: all code-level choices on, or all off" },
  { name: "fidelity", value: "FORM", help: "paper (default), or paper-code: with the authors' code's departures" },
  { name: "set", value: "KEY=VALUE", help: "a hyperparameter: a number, true, false, JSON or text; repeatable" },
] as const;

export const trainSpec: CommandSpec = {
  name: "train",
  positionals: "[ENV]",
  summary: "Trains a policy on an environment.",
  options: [
    { name: "algorithm", value: "ID", help: "see bregman list algorithms (default: mdpo)" },
    { name: "seed", value: "S", help: "default 0" },
    ...TRAINING_OPTIONS,
    { name: "out", value: "DIR", help: "write policy, checkpoint, metrics, events and curve there" },
    { name: "resume", value: "DIR", help: "continue the run in DIR, to the same bits; it knows ENV and the rest" },
    { name: "extend", help: "with --resume and a larger --steps: train on beyond what was planned" },
    { name: "checkpoint-every", value: "SECONDS", help: "default 10" },
    { name: "json", help: "print the summary as one JSON object on the last line" },
    { name: "quiet", help: "no progress" },
  ],
  notes: "  bregman train CartPole-v1 --out runs/first\n" +
    "  bregman train Pendulum-v1 --algorithm ppo --seed 3 --set clipRange=0.1\n" +
    "  bregman train Acrobot-v1 --set 'stepSize={\"from\":1,\"to\":0}'\n" +
    "  bregman train --resume runs/first",
};

/** What the last line of stdout says with --json. */
export interface TrainSummary {
  readonly env: string;
  readonly algorithm: string;
  readonly device: string;
  readonly deviceReason: string;
  readonly seed: number;
  readonly steps: number;
  readonly seconds: number;
  readonly stepsPerSecond: number;
  readonly meanReturn: number | null;
  readonly evaluation: { readonly episodes: number; readonly mean: number; readonly std: number };
  readonly parametersHash: string;
  readonly stateHash: string;
  readonly out: string | null;
}

const EVALUATION_EPISODES = 100;
/** Signals and timers get their turn this often. */
const BREATHE_EVERY_MS = 30;
const FLUSH_EVERY_MS = 1000;

/** Runs the command. Returns the exit code: 0, or 130 when interrupted (the checkpoint is then written). */
export async function trainCommand(given: Arguments, library: Library, terminal: Terminal): Promise<number> {
  const resumed = given.text("resume");
  const out = outFolder(given);
  const checkpointEvery = given.number("checkpoint-every", 0) ?? 10;
  const options = trainerOptions(given);
  if (resumed !== undefined) options.resume = readCheckpoint(resumed);
  else if (out !== undefined) checkRunFolderIsFree(out);
  const trainer = await library.createTrainer(given.positionals[0], options);
  try {
    if (resumed !== undefined) checkSameRun(given, trainer, resumed);
    const folder = out === undefined ? undefined : await openFolder(out, resumed !== undefined, trainer, terminal);
    try {
      return await trainAndEvaluate({ given, library, terminal, trainer, folder, checkpointEvery });
    } finally {
      folder?.close();
    }
  } finally {
    trainer.dispose();
  }
}

function outFolder(given: Arguments): string | undefined {
  const out = given.text("out");
  const resumed = given.text("resume");
  if (resumed === undefined && given.positionals.length === 0) {
    throw new BregmanError("invalid-option", "ENV is missing: bregman train ENV, or bregman train --resume DIR");
  }
  if (out !== undefined && resumed !== undefined && out !== resumed) {
    throw new BregmanError("invalid-option",
      `--out ${out} and --resume ${resumed} differ; a run continues in its folder`);
  }
  return resumed ?? out;
}

/** Only what was given: the library knows the defaults, and a checkpoint knows its own run. */
function trainerOptions(given: Arguments): TrainerOptions {
  const settings = parseSettings(given.all("set"));
  const all: TrainerOptions = {
    algorithm: given.text("algorithm"),
    steps: given.integer("steps", 1),
    seed: given.integer("seed", 0),
    device: given.text("device"),
    envs: given.integer("envs", 1),
    codeLevel: given.text("code-level"),
    fidelity: given.text("fidelity"),
    hyperparameters: Object.keys(settings).length > 0 ? settings : undefined,
    extend: given.flag("extend") || undefined,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** What is given beside --resume must be what the checkpoint says. */
function checkSameRun(given: Arguments, trainer: Trainer, folder: string): void {
  const summary = trainer.summary();
  const claims = [
    ["ENV", given.positionals[0], summary.env],
    ["--algorithm", given.text("algorithm"), summary.algorithm],
    ["--seed", given.integer("seed", 0), summary.seed],
  ] as const;
  for (const [what, wanted, actual] of claims) {
    if (wanted === undefined || wanted === actual) continue;
    throw new BregmanError("checkpoint-mismatch", `${what} ${wanted}: the run in ${folder} has ${actual}`);
  }
}

async function openFolder(
  path: string, isResumed: boolean, trainer: Trainer, terminal: Terminal,
): Promise<RunFolder> {
  if (isResumed) return openRunFolder(path, trainer.summary().steps);
  const { folder, movedTo } = createRunFolder(path, await trainer.checkpoint());
  if (movedTo !== undefined) terminal.complain(`bregman: the run that was in ${path} is now in ${movedTo}`);
  return folder;
}

interface Run {
  readonly given: Arguments;
  readonly library: Library;
  readonly terminal: Terminal;
  readonly trainer: Trainer;
  readonly folder: RunFolder | undefined;
  readonly checkpointEvery: number;
}

async function trainAndEvaluate(run: Run): Promise<number> {
  const { given, library, terminal, trainer, folder } = run;
  const { seconds, last } = await trainUntilDone(run);
  if (folder) folder.save(await trainer.checkpoint(), trainer.policy.save(), trainer.summary());
  if (!trainer.isDone) return reportInterruption(run);
  await breathe();
  const { env, seed } = trainer.summary();
  const evaluation = await library.evaluate(trainer.policy, env, { episodes: EVALUATION_EPISODES, seed });
  const summary = summarize(trainer, evaluation, seconds, last, folder?.path);
  if (given.flag("json")) terminal.write(`${JSON.stringify(summary)}\n`);
  else terminal.write(summaryText(summary));
  return 0;
}

/** Updates until the steps are done or somebody interrupts. The seconds are those of training, over all resumptions. */
async function trainUntilDone(run: Run): Promise<{ seconds: number; last: UpdateRecord | undefined }> {
  const { given, terminal, trainer, folder, checkpointEvery } = run;
  const start = trainer.summary();
  const progress = given.flag("quiet") ? undefined : createProgress(terminal, start.steps, trainer.totalSteps);
  if (progress) terminal.write(headline(trainer));
  const earlier = folder?.last?.seconds ?? 0;
  const started = performance.now();
  let last: UpdateRecord | undefined = folder?.last;
  let seconds = earlier;
  let [breathed, flushed, saved] = [started, started, started];
  while (!trainer.isDone && !terminal.interrupted.aborted && (folder || !terminal.isDeserted())) {
    const record = await trainer.update();
    const now = performance.now();
    seconds = earlier + (now - started) / 1000;
    last = record.meanReturn === null || Number.isNaN(record.meanReturn) ? last ?? record : record;
    folder?.append({ ...record, seconds });
    progress?.update(record);
    if (folder && now - flushed >= FLUSH_EVERY_MS) folder.flush();
    if (now - flushed >= FLUSH_EVERY_MS) flushed = now;
    if (folder && !trainer.isDone && now - saved >= checkpointEvery * 1000) {
      folder.save(await trainer.checkpoint(), trainer.policy.save(), trainer.summary());
      saved = performance.now();
    }
    if (now - breathed >= BREATHE_EVERY_MS) {
      await breathe();
      breathed = performance.now();
    }
  }
  progress?.clear();
  return { seconds, last };
}

function headline(trainer: Trainer): string {
  const { env, algorithm, seed, device, deviceReason, steps, switched = [] } = trainer.summary();
  const from = steps > 0 ? ` from step ${grouped(steps)}` : "";
  const planned = `${grouped(trainer.totalSteps)} steps${from}`;
  const departures = switched.map((each) => `  paper-code: ${each}\n`).join("");
  return `${algorithm} on ${env}, ${planned}, seed ${seed}, ${device} (${deviceReason})\n${departures}`;
}

function reportInterruption({ terminal, trainer, folder }: Run): number {
  const at = `interrupted at step ${grouped(trainer.summary().steps)}`;
  terminal.complain(folder ? `bregman: ${at}; to continue: bregman train --resume ${folder.path}`
    : `bregman: ${at}; nothing was written, because no --out was given`);
  return 130;
}

function summarize(
  trainer: Trainer, { episodes, mean, std }: Evaluation, seconds: number, last: UpdateRecord | undefined,
  out: string | undefined,
): TrainSummary {
  const { env, algorithm, device, deviceReason, seed, steps } = trainer.summary();
  const meanReturn = last === undefined || Number.isNaN(last.meanReturn) ? null : last.meanReturn;
  const stepsPerSecond = seconds > 0 ? Math.round(steps / seconds) : 0;
  return {
    env, algorithm, device, deviceReason, seed, steps, seconds: Math.round(seconds * 1000) / 1000, stepsPerSecond,
    meanReturn, evaluation: { episodes, mean, std }, parametersHash: trainer.policy.parametersHash(),
    stateHash: trainer.stateHash(), out: out ?? null,
  };
}

function summaryText(summary: TrainSummary): string {
  const { evaluation: { episodes, mean, std }, algorithm, env, seed, device, deviceReason, out } = summary;
  const lines = [
    ["evaluation", `return ${decimal(mean)} \u00b1 ${decimal(std)} over ${episodes} episodes not seen in training`],
    ["training", `return ${decimal(summary.meanReturn)} at the end; ${grouped(summary.steps)} steps in ` +
      `${summary.seconds.toFixed(1)} s (${grouped(summary.stepsPerSecond)} steps/s)`],
    ["run", `${algorithm} on ${env}, seed ${seed}, ${device} (${deviceReason})`],
    ["parameters", summary.parametersHash],
    ["written", out === null ? "nothing; --out DIR keeps the policy, its learning curve and a checkpoint"
      : `${out}: policy, checkpoint, metrics, TensorBoard events and curve.svg`],
  ];
  return lines.map(([name, text]) => `${name!.padEnd(12)}${text}\n`).join("");
}
