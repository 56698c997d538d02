// A policy with random weights of some strength: every head, network and normalizer can be had without training.
import { createAgent, type AgentSpec } from "../../src/agent/agent.ts";
import { wasmModule } from "../../src/devices/wasm-instance.ts";
import { Policy } from "../../src/policy/policy.ts";
import { numbers } from "./values.ts";

const usual: Omit<AgentSpec, "observationSpace" | "actionSpace"> = {
  networks: { hidden: [16, 8], activation: "tanh", layerNorm: false, initializer: "orthogonal" },
  normalizeObservations: true,
  initialLogStd: -0.5,
  stateDependentStd: false,
  squash: false,
  scaleActions: false,
  exploration: { kind: "independent" },
};

export type PolicyParts = Pick<AgentSpec, "observationSpace" | "actionSpace"> & Partial<AgentSpec>;

export async function randomPolicy(parts: PolicyParts, seed = 1): Promise<Policy> {
  const spec = { ...usual, ...parts };
  const agent = createAgent(spec);
  const next = numbers(seed);
  const between = (low: number, high: number, length: number): Float32Array =>
    Float32Array.from({ length }, () => low + (high - low) * next());
  const facts = { spec, environment: "Random-v0", algorithm: "ppo", seed };
  return new Policy(await wasmModule(), facts, {
    parameters: between(-0.7, 0.7, agent.policyParameterCount),
    observationMean: between(-1, 1, agent.observationSize),
    observationScale: between(0.5, 2, agent.observationSize),
  }, agent);
}
