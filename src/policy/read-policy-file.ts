import { BregmanError, messageOf } from "../error.ts";
import { flatSize } from "../envs/spaces.ts";
import { readSafetensors } from "../io/safetensors.ts";
import { checkSeed } from "../random/streams.ts";
import type { PolicyFacts } from "./policy-facts.ts";
import { spaceFromJson } from "./space-json.ts";

// A saved policy: safetensors, one tensor a parameter in the order of the policy's flat vector, then the normalizer.
// The metadata entry "bregman" holds the rest as JSON.

export const policyFormat = "bregman-policy-1";

/** What a file says, checked as far as that goes without knowing its network. */
export interface PolicyFile {
  readonly facts: PolicyFacts;
  /** A tensor of the file. Throws `checkpoint-corrupt` when it is not there in this shape. */
  tensor(name: string, shape: readonly number[]): Float32Array;
}

/**
 * Throws `checkpoint-corrupt` when the bytes are no policy of this kit, are cut short, or do not fit together;
 * `unsupported` for a policy file of another version.
 */
export function readPolicyFile(bytes: Uint8Array): PolicyFile {
  const { tensors, metadata } = readSafetensors(bytes);
  const given = metadata.get("format");
  if (given !== policyFormat) {
    throw new BregmanError(given?.startsWith("bregman-policy-") ? "unsupported" : "checkpoint-corrupt",
      `this safetensors file is no bregman policy that this version reads: its format is ` +
      `${JSON.stringify(given ?? null)}, expected "${policyFormat}"`);
  }
  const facts = parseFacts(metadata.get("bregman"), bytes.length / 4);
  return {
    facts,
    tensor(name, shape) {
      const found = tensors.get(name);
      if (found?.dtype !== "F32" || found.shape.join() !== shape.join()) {
        throw new BregmanError("checkpoint-corrupt", `the policy file lacks the tensor "${name}" (F32, [${shape}])`);
      }
      return found.values as Float32Array;
    },
  };
}

/** `most`: what a space may have of inputs or choices, because each has a weight in the file. */
function parseFacts(text: string | undefined, most: number): PolicyFacts {
  try {
    const { environment, algorithm, seed, spec } = JSON.parse(text ?? "") as PolicyFacts;
    checkSeed(seed);
    const observationSpace = spaceFromJson(spec.observationSpace);
    const actionSpace = spaceFromJson(spec.actionSpace);
    if (!(flatSize(observationSpace) <= most && flatSize(actionSpace) <= most)) {
      throw new BregmanError("invalid-space", "its spaces are larger than its networks");
    }
    return { environment, algorithm, seed, spec: { ...spec, observationSpace, actionSpace } };
  } catch (error) {
    throw new BregmanError("checkpoint-corrupt",
      `the policy file's description cannot be read: ${messageOf(error)}`);
  }
}
