import { BregmanError, messageOf } from "../error.ts";
import { sha256 } from "../io/sha256.ts";
import { readSafetensors, writeSafetensors, type NamedTensor, type TensorValues } from "../io/safetensors.ts";
import type { RunPlan } from "./run-plan.ts";

// A checkpoint: safetensors with every array that the rest of a run depends on; counters and the plan as JSON in the
// metadata entry "bregman"; in "sha256" the hash of the file without that entry, so that no flipped bit is trained on.

const format = "bregman-checkpoint-1";

export interface Checkpoint {
  readonly plan: RunPlan;
  /** The resolved device: it is never decided twice. */
  readonly device: "wasm" | "webgpu";
  readonly iteration: number;
  /** Working time so far; no part of the state. */
  readonly seconds: number;
  readonly counters: Readonly<Record<string, number>>;
  readonly arrays: ReadonlyMap<string, TensorValues>;
}

const dtypes = [["F32", Float32Array], ["F64", Float64Array], ["I32", Int32Array], ["U8", Uint8Array]] as const;

export function writeCheckpoint({ arrays, ...facts }: Checkpoint): Uint8Array<ArrayBuffer> {
  const tensors = tensorsOf(arrays);
  const metadata: [string, string][] = [["format", format], ["bregman", JSON.stringify(facts)]];
  const hash = sha256(writeSafetensors(tensors, metadata));
  return writeSafetensors(tensors, [...metadata, ["sha256", hash]]) as Uint8Array<ArrayBuffer>;
}

/** Arrays alone, without a plan: what the hash of a part of the state is taken over. */
export function writeArrays(arrays: Checkpoint["arrays"]): Uint8Array {
  return writeSafetensors(tensorsOf(arrays), []);
}

function tensorsOf(arrays: Checkpoint["arrays"]): NamedTensor[] {
  return [...arrays].map(([name, values]): NamedTensor => {
    const dtype = dtypes.find(([, type]) => values instanceof type)![0];
    return { name, dtype, shape: [values.length], values };
  });
}

/** Throws `checkpoint-corrupt` for foreign, damaged or truncated bytes. */
export function readCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = readSafetensors(bytes);
  const given = metadata.get("format");
  if (given !== format) {
    const hint = given === "bregman-policy-1" ? " (it is a saved policy: use load())" : "";
    throw new BregmanError("checkpoint-corrupt",
      `this file is no checkpoint of a run: its format is ${JSON.stringify(given ?? null)}, ` +
      `expected "${format}"${hint}`);
  }
  const rest = [...metadata].filter(([name]) => name !== "sha256");
  const actual = sha256(writeSafetensors([...tensors].map(([name, tensor]) => ({ ...tensor, name })), rest));
  if (metadata.get("sha256") !== actual) {
    throw new BregmanError("checkpoint-corrupt",
      "the checkpoint was damaged after it was written: its contents and its sha256 differ");
  }
  try {
    const facts = JSON.parse(metadata.get("bregman")!) as Omit<Checkpoint, "arrays">;
    const { plan, device, iteration, seconds, counters } = facts;
    const isPlan = typeof plan === "object" && typeof plan.algorithm === "string";
    if (!isPlan || !Number.isSafeInteger(iteration) || iteration < 0) {
      throw new Error("the plan or the iteration is missing");
    }
    const arrays = new Map([...tensors].map(([name, { values }]) => [name, values]));
    return { plan, device, iteration, seconds, counters, arrays };
  } catch (error) {
    throw new BregmanError("checkpoint-corrupt",
      `the checkpoint's description cannot be read: ${messageOf(error)}`);
  }
}
