/** CleanRL's PPO on CartPole-v1: its own script, from a checkout that the user has, as a process of its own. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { BregmanError } from "../error.ts";
import { outputOf, type Peer, type PeerReport } from "./bench-peers.ts";
import { torchEnvironment } from "./bench-torch.ts";

const field = "cartpole_training_steps_s";
/** About a dozen seconds; its rate does not depend on them. */
const steps = 100_000;

/**
 * `python` has PyTorch, Gymnasium and what else the script imports. Throws `not-found` when the folder does not hold
 * it, `invalid-option` without a Python.
 */
export function cleanRlPeer(folder: string, python: string | undefined): Peer {
  const script = resolve(folder, "cleanrl/ppo.py");
  if (!existsSync(script)) {
    throw new BregmanError("not-found",
      `--cleanrl ${folder}: there is no cleanrl/ppo.py; expected a checkout of CleanRL`);
  }
  if (python === undefined) {
    throw new BregmanError("invalid-option",
      "--cleanrl needs --torch PYTHON: a python3 with PyTorch, Gymnasium and what else cleanrl/ppo.py imports");
  }
  return { name: "CleanRL", kind: "CleanRL", fields: [field], report: () => runCleanRl(python, script) };
}

/** The script prints the steps per second since its first step; the last line covers them all. */
async function runCleanRl(python: string, script: string): Promise<PeerReport> {
  const cwd = mkdtempSync(join(tmpdir(), "bregman-cleanrl-"));   // it leaves a folder of records where it runs
  try {
    const words = [script, "--env-id", "CartPole-v1", "--total-timesteps", String(steps)];
    const { output, errors } = await outputOf(python, words, { cwd, env: torchEnvironment() });
    const rate = [...output.matchAll(/^SPS: *(\d+)/gm)].at(-1)?.[1];
    if (rate) return { [field]: Number(rate) };
    throw new BregmanError("io-failure", `CleanRL gave no steps per second: ${(errors || output).trim().slice(-300)}`);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
