import { createAgent, type Agent, type AgentSpec } from "../agent/agent.ts";
import { BregmanError, messageOf } from "../error.ts";
import { writeSafetensors, type NamedTensor } from "../io/safetensors.ts";
import { sizeOf } from "../tensor/shape.ts";
import type { PolicyFacts } from "./policy-facts.ts";
import { Policy, type PolicyWeights } from "./policy.ts";
import { policyFormat, readPolicyFile } from "./read-policy-file.ts";
import { spaceToJson } from "./space-json.ts";

/** The file that `readPolicyFile` reads. */
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
  return writeSafetensors(tensors, [["format", policyFormat], ["bregman", description]]) as Uint8Array<ArrayBuffer>;
}

/**
 * Throws `checkpoint-corrupt` when the bytes are no policy of this kit, are cut short, or do not fit together;
 * `unsupported` for a policy file of another version.
 */
export function readPolicy(bytes: Uint8Array, module: WebAssembly.Module): Policy {
  const { facts, tensor } = readPolicyFile(bytes);
  const agent = buildAgent(facts.spec);
  const values = agent.policySpecs.map(({ name, shape }) => tensor(name, shape));
  const parameters = new Float32Array(agent.policyParameterCount);
  let at = 0;
  for (const each of values) {
    parameters.set(each, at);
    at += each.length;
  }
  const normalizer = (name: string, fallback: number): Float32Array => {
    const size = agent.observationSize;
    return facts.spec.normalizeObservations ? tensor(name, [size]) : new Float32Array(size).fill(fallback);
  };
  const weights: PolicyWeights = {
    parameters,
    observationMean: normalizer("observationMean", 0),
    observationScale: normalizer("observationScale", 1),
  };
  return new Policy(module, facts, weights, agent);
}

function buildAgent(spec: AgentSpec): Agent {
  try {
    return createAgent(spec);
  } catch (error) {
    throw new BregmanError("checkpoint-corrupt", `the policy file describes no network: ${messageOf(error)}`);
  }
}
