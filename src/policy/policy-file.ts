import { createAgent, type Agent, type AgentSpec } from "../algorithms/agent.ts";
import { BregmanError } from "../error.ts";
import { validateSpace } from "../envs/spaces.ts";
import { readSafetensors, writeSafetensors, type NamedTensor } from "../io/safetensors.ts";
import { Policy, type PolicyFacts, type PolicyWeights } from "./policy.ts";
import { spaceFromJson, spaceToJson } from "./space-json.ts";

// A saved policy: safetensors, one tensor a parameter in the order of the policy's flat vector, then the normalizer. The metadata entry
// "bregman" holds the rest as JSON.

const format = "bregman-policy-1";

export function writePolicy(facts: PolicyFacts, agent: Agent, weights: PolicyWeights): Uint8Array<ArrayBuffer> {
  let start = 0;
  const tensors = agent.policySpecs.map(({ name, shape }): NamedTensor => {
    const size = shape.reduce((product, length) => product * length, 1);
    const values = weights.parameters.slice(start, start + size);
    start += size;
    return { name, dtype: "F32", shape, values };
  });
  if (facts.spec.normalizeObservations) {
    for (const name of ["observationMean", "observationScale"] as const) {
      tensors.push({ name, dtype: "F32", shape: [agent.observationSize], values: weights[name].slice() });
    }
  }
  const spec = { ...facts.spec, observationSpace: spaceToJson(facts.spec.observationSpace), actionSpace: spaceToJson(facts.spec.actionSpace) };
  const { environment, algorithm, seed } = facts;
  return writeSafetensors(tensors, [["format", format], ["bregman", JSON.stringify({ environment, algorithm, seed, spec })]]) as Uint8Array<ArrayBuffer>;
}

/** Throws `checkpoint-corrupt` when the bytes are no policy of this kit, are cut short, or do not fit together. */
export function readPolicy(bytes: Uint8Array, module: WebAssembly.Module): Policy {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.get("format") !== format) {
    throw new BregmanError("checkpoint-corrupt", `this safetensors file is no bregman policy: its format is ${JSON.stringify(metadata.get("format") ?? null)}, expected "${format}"`);
  }
  const facts = parseFacts(metadata.get("bregman"));
  const agent = buildAgent(facts.spec);
  const parameters = new Float32Array(agent.policyParameterCount);
  const read = (name: string, size: number): Float32Array => {
    const tensor = tensors.get(name);
    if (!tensor || tensor.dtype !== "F32" || tensor.values.length !== size) {
      throw new BregmanError("checkpoint-corrupt", `the policy file lacks the tensor "${name}" (F32, ${size} elements)`);
    }
    return tensor.values as Float32Array;
  };
  let at = 0;
  for (const { name, shape } of agent.policySpecs) {
    const size = shape.reduce((product, length) => product * length, 1);
    parameters.set(read(name, size), at);
    at += size;
  }
  const normalizer = (name: string, fallback: number): Float32Array =>
    facts.spec.normalizeObservations ? read(name, agent.observationSize) : new Float32Array(agent.observationSize).fill(fallback);
  return new Policy(module, facts, { parameters, observationMean: normalizer("observationMean", 0), observationScale: normalizer("observationScale", 1) }, agent);
}

function parseFacts(text: string | undefined): PolicyFacts {
  try {
    const { environment, algorithm, seed, spec } = JSON.parse(text ?? "") as { environment?: string; algorithm: string; seed: number; spec: AgentSpec };
    const observationSpace = spaceFromJson(spec.observationSpace);
    const actionSpace = spaceFromJson(spec.actionSpace);
    validateSpace(observationSpace, "observationSpace");
    validateSpace(actionSpace, "actionSpace");
    return { environment, algorithm, seed, spec: { ...spec, observationSpace, actionSpace } };
  } catch (error) {
    throw new BregmanError("checkpoint-corrupt", `the policy file's description cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function buildAgent(spec: AgentSpec): Agent {
  try {
    return createAgent(spec);
  } catch (error) {
    throw new BregmanError("checkpoint-corrupt", `the policy file describes no network: ${error instanceof Error ? error.message : String(error)}`);
  }
}
