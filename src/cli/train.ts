/** `bregman train`: trains one policy, shows how it goes, evaluates it, and writes the run's folder. */
import { BregmanError } from "../error.ts";
import { type Arguments, type CommandSpec, parseSettings } from "./arguments.ts";
import { lockFolder, unlockFolder } from "./folder-lock.ts";
import type { Evaluation, Library, Trainer, TrainerOptions } from "./library.ts";
import { createProgress } from "./progress.ts";
import {
  checkHasCheckpoint, checkRunFolderIsFree, createRunFolder, type EvaluationPlan, openRunFolder, readCheckpoint,
  type RunFolder,
} from "./run-folder.ts";
import { decimal, grouped } from "./table.ts";
import { breathe, type Terminal } from "./terminal.ts";
import { evaluateTrained, type LoopResult, type TrainingLoop, trainUntilDone } from "./training-loop.ts";

/** Options that say what is trained; `compare` passes them on to its runs. */
export const TRAINING_OPTIONS = [
  { name: "steps", value: "N", help: "environment steps, over all copies (default: the preset's)" },
  { name: "device", value: "DEVICE", help: "auto, wasm or webgpu" },
  { name: "threads", value: "N", help: "threads that share an update on wasm: 1 to 64, or auto (as many as pay,\n" +
    "the default); no result depends on it" },
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
    { name: "overlap", help: "collect the next rollout while the update runs, which pays on a GPU; changes results" },
    { name: "out", value: "DIR", help: "write policy, checkpoint, metrics, events and curve there" },
    { name: "resume", value: "DIR", help: "continue the run in DIR, to the same bits; it knows ENV and the rest" },
    { name: "extend", help: "with --resume and a larger --steps: train on beyond what was planned" },
    { name: "checkpoint-every", value: "SECONDS", help: "default 10, or more where writing it takes long" },
    { name: "evaluate-every", value: "N", help: "evaluate the policy about every N steps, then write a checkpoint;\n" +
      "evaluations.jsonl has the results, and training does not notice" },
    { name: "evaluate-episodes", value: "K", help: "episodes of such an evaluation (default 10)" },
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
const INTERVAL_EPISODES = 10;
/** How long a run that belongs to a plan waits for the process that had its folder before and is about to end. */
const WAIT_FOR_FOLDER_MS = 120_000;

/** Runs the command. Returns the exit code: 0, or 130 when interrupted (the checkpoint is then written). */
export async function trainCommand(given: Arguments, library: Library, terminal: Terminal): Promise<number> {
  const resumed = given.text("resume");
  const out = outFolder(given);
  const options = trainerOptions(given);
  if (resumed !== undefined) {
    checkHasCheckpoint(resumed);
    await lockFolder(resumed, terminal.isLed ? WAIT_FOR_FOLDER_MS : 0);
  } else if (out !== undefined) {
    checkRunFolderIsFree(out);
  }
  try {
    if (resumed !== undefined) options.resume = readCheckpoint(resumed);
    const trainer = await library.createTrainer(given.positionals[0], options);
    try {
      return await trainInFolder(given, library, terminal, trainer);
    } finally {
      trainer.dispose();
    }
  } finally {
    if (out !== undefined) unlockFolder(out);
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
    threads: threadsOf(given),
    envs: given.integer("envs", 1),
    codeLevel: given.text("code-level"),
    fidelity: given.text("fidelity"),
    overlap: given.flag("overlap") || undefined,
    hyperparameters: Object.keys(settings).length > 0 ? settings : undefined,
    extend: given.flag("extend") || undefined,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** The number of threads, "auto", or nothing. */
export function threadsOf(given: Arguments): "auto" | number | undefined {
  return given.text("threads") === "auto" ? "auto" : given.integer("threads", 1);
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

/** How the run is evaluated while it trains, as far as the command line says. */
function evaluationPlan(given: Arguments): EvaluationPlan | undefined {
  const evaluateEvery = given.integer("evaluate-every", 1);
  const evaluateEpisodes = given.integer("evaluate-episodes", 1);
  if (evaluateEvery !== undefined) return { evaluateEvery, evaluateEpisodes: evaluateEpisodes ?? INTERVAL_EPISODES };
  if (evaluateEpisodes === undefined) return undefined;
  throw new BregmanError("invalid-option", "--evaluate-episodes needs --evaluate-every N, which says when");
}

async function trainInFolder(
  given: Arguments, library: Library, terminal: Terminal, trainer: Trainer,
): Promise<number> {
  const plan = evaluationPlan(given);
  if (terminal.isLed && terminal.interrupted.aborted) return 130;
  const folder = await openFolder(given, plan, trainer, terminal);
  try {
    const start = trainer.summary();
    const progress = given.flag("quiet") ? undefined : createProgress(terminal, start.steps, trainer.totalSteps);
    return await trainAndEvaluate(given, {
      library, terminal, trainer, folder, progress, checkpointEvery: given.number("checkpoint-every", 0),
      evaluationPlan: folder ? folder.evaluationPlan : plan,
    });
  } finally {
    folder?.close();
  }
}

async function openFolder(
  given: Arguments, plan: EvaluationPlan | undefined, trainer: Trainer, terminal: Terminal,
): Promise<RunFolder | undefined> {
  const resumed = given.text("resume");
  if (resumed !== undefined) {
    checkSameRun(given, trainer, resumed);
    const folder = openRunFolder(resumed, trainer.summary().steps);
    checkSamePlan(plan, folder);
    return folder;
  }
  const out = given.text("out");
  if (out === undefined) return undefined;
  const { folder, movedTo } = createRunFolder(out, await trainer.checkpoint(), plan);
  if (movedTo !== undefined) terminal.complain(`bregman: the run that was in ${out} is now in ${movedTo}`);
  return folder;
}

/** A run goes on being evaluated as it was: else its curve would depend on where it was interrupted. */
function checkSamePlan(given: EvaluationPlan | undefined, { evaluationPlan: planned, path }: RunFolder): void {
  if (!given || JSON.stringify(given) === JSON.stringify(planned)) return;
  const asked = `--evaluate-every ${given.evaluateEvery} --evaluate-episodes ${given.evaluateEpisodes}`;
  const has = planned ? `--evaluate-every ${planned.evaluateEvery} --evaluate-episodes ${planned.evaluateEpisodes}`
    : "no such evaluations";
  throw new BregmanError("checkpoint-mismatch", `${asked}: the run in ${path} has ${has}; leave them out`);
}

async function trainAndEvaluate(given: Arguments, loop: TrainingLoop): Promise<number> {
  const { terminal, trainer, folder } = loop;
  if (loop.progress) terminal.write(headline(trainer));
  const result = await trainUntilDone(loop);
  if (folder) folder.save(await trainer.checkpoint(), trainer.policy.save(), trainer.summary());
  if (!trainer.isDone) return reportInterruption(loop);
  await breathe();
  const evaluation = await evaluateTrained(loop, EVALUATION_EPISODES);
  const { episodes, mean, std } = evaluation;
  folder?.appendEvaluation({ step: trainer.summary().steps, episodes, mean, std });
  folder?.draw(trainer.summary());
  const summary = summarize(trainer, evaluation, result, folder?.path);
  if (given.flag("json")) terminal.write(`${JSON.stringify(summary)}\n`);
  else terminal.write(summaryText(summary));
  return 0;
}

function headline(trainer: Trainer): string {
  const { env, algorithm, seed, device, deviceReason, steps, switched = [] } = trainer.summary();
  const from = steps > 0 ? ` from step ${grouped(steps)}` : "";
  const planned = `${grouped(trainer.totalSteps)} steps${from}`;
  const departures = switched.map((each) => `  paper-code: ${each}\n`).join("");
  return `${algorithm} on ${env}, ${planned}, seed ${seed}, ${device} (${deviceReason})\n${departures}`;
}

function reportInterruption({ terminal, trainer, folder }: TrainingLoop): number {
  const at = `interrupted at step ${grouped(trainer.summary().steps)}`;
  terminal.complain(folder ? `bregman: ${at}; to continue: bregman train --resume ${folder.path}`
    : `bregman: ${at}; nothing was written, because no --out was given`);
  return 130;
}

function summarize(
  trainer: Trainer, { episodes, mean, std }: Evaluation, { seconds, last }: LoopResult, out: string | undefined,
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
