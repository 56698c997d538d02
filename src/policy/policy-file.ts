import { createAgent, type Agent, type AgentSpec } from "../agent/agent.ts";
import { BregmanError, messageOf } from "../error.ts";
import { validateSpace } from "../envs/spaces.ts";
import { readSafetensors, writeSafetensors, type NamedTensor } from "../io/safetensors.ts";
import { sizeOf } from "../tensor/shape.ts";
import { Policy, type PolicyFacts, type PolicyWeights } from "./policy.ts";
import { spaceFromJson, spaceToJson } from "./space-json.ts";

// A saved policy: safetensors, one tensor a parameter in the order of the policy's flat vector, then the normalizer.
// The metadata entry "bregman" holds the rest as JSON.

const format = "bregman-policy-1";

export function writePolicy(facts: PolicyFacts, agent: Agent, weights: PolicyWeights): Uint8Array<ArrayBuffer> {
  let start = 0;
  const tensors = agent.policySpecs.map(({ name, shape }): NamedTensor => {
    const size = sizeOf(shape);
    const values = weights.parameters.slice(start, start + size);
    start += size;
    return { name, dtype: "F32", shape, values };
  });
  if (facts.spec.normalizeObservations) {
    for (const name of ["observationMean", "observationScale"] as const) {
      tensors.push({ name, dtype: "F32", shape: [agent.observationSize], values: weights[name].slice() });
    }
  }
  const { environment, algorithm, seed } = facts;
  const spec = {
    ...facts.spec,
    observationSpace: spaceToJson(facts.spec.observationSpace),
    actionSpace: spaceToJson(facts.spec.actionSpace),
  };
  const description = JSON.stringify({ environment, algorithm, seed, spec });
  return writeSafetensors(tensors, [["format", format], ["bregman", description]]) as Uint8Array<ArrayBuffer>;
}

/** Throws `checkpoint-corrupt` when the bytes are no policy of this kit, are cut short, or do not fit together. */
export function readPolicy(bytes: Uint8Array, module: WebAssembly.Module): Policy {
  const { tensors, metadata } = readSafetensors(bytes);
  const given = metadata.get("format");
  if (given !== format) {
    throw new BregmanError("checkpoint-corrupt",
      `this safetensors file is no bregman policy: its format is ${JSON.stringify(given ?? null)}, ` +
      `expected "${format}"`);
  }
  const facts = parseFacts(metadata.get("bregman"));
  const agent = buildAgent(facts.spec);
  const parameters = new Float32Array(agent.policyParameterCount);
  const read = (name: string, size: number): Float32Array => {
    const tensor = tensors.get(name);
    if (!tensor || tensor.dtype !== "F32" || tensor.values.length !== size) {
      throw new BregmanError("checkpoint-corrupt",
        `the policy file lacks the tensor "${name}" (F32, ${size} elements)`);
    }
    return tensor.values as Float32Array;
  };
  let at = 0;
  for (const { name, shape } of agent.policySpecs) {
    const size = sizeOf(shape);
    parameters.set(read(name, size), at);
    at += size;
  }
  const normalizer = (name: string, fallback: number): Float32Array => {
    const size = agent.observationSize;
    return facts.spec.normalizeObservations ? read(name, size) : new Float32Array(size).fill(fallback);
  };
  const weights: PolicyWeights = {
    parameters,
    observationMean: normalizer("observationMean", 0),
    observationScale: normalizer("observationScale", 1),
  };
  return new Policy(module, facts, weights, agent);
}

function parseFacts(text: string | undefined): PolicyFacts {
  try {
    const { environment, algorithm, seed, spec } = JSON.parse(text ?? "") as PolicyFacts;
    const observationSpace = spaceFromJson(spec.observationSpace);
    const actionSpace = spaceFromJson(spec.actionSpace);
    validateSpace(observationSpace, "observationSpace");
    validateSpace(actionSpace, "actionSpace");
    return { environment, algorithm, seed, spec: { ...spec, observationSpace, actionSpace } };
  } catch (error) {
    throw new BregmanError("checkpoint-corrupt",
      `the policy file's description cannot be read: ${messageOf(error)}`);
  }
}

function buildAgent(spec: AgentSpec): Agent {
  try {
    return createAgent(spec);
  } catch (error) {
    throw new BregmanError("checkpoint-corrupt", `the policy file describes no network: ${messageOf(error)}`);
  }
}
