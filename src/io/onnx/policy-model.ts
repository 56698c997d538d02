import { columns, constantVector } from "../../distributions/columns.ts";
import type { GaussianDistribution } from "../../distributions/gaussian.ts";
import { startOf } from "../../envs/raw-values.ts";
import { choices, describe, highAt, lowAt, rawLayout, type Space } from "../../envs/spaces.ts";
import { BregmanError } from "../../error.ts";
import type { OnnxOptions } from "../../export-onnx.ts";
import type { Policy } from "../../policy/policy.ts";
import { spaceToJson } from "../../policy/space-json.ts";
import * as t from "../../tensor/index.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { version } from "../../version.ts";
import { GraphWriter, rows } from "./graph-writer.ts";
import { encodeModel } from "./model.ts";

const descriptions = {
  observation: "raw observations, one a row; a discrete one is its number",
  actionMask: "1 where a choice is allowed, 0 where not; each row needs an allowed one in each choice",
  noise: "independent numbers, uniform between 0 and 1, fresh for each call",
};

/** The model of `exportOnnx`: the program with which the policy acts, traced and written as a graph of ONNX. */
export function policyModel(policy: Policy, options: OnnxOptions): Uint8Array<ArrayBuffer> {
  check(policy, options);
  const writer = new GraphWriter(namedWeights(policy), descriptions);
  writeOutputs(writer, policy, options);
  const { environment, algorithm, spec } = policy.facts;
  const { nodes, initializers, inputs, outputs } = writer;
  return encodeModel({
    name: environment ?? "policy", version, nodes, initializers, inputs, outputs,
    metadata: {
      ...(environment !== undefined && { environment }),
      algorithm,
      observationSpace: JSON.stringify(spaceToJson(spec.observationSpace)),
      actionSpace: JSON.stringify(spaceToJson(spec.actionSpace)),
      parametersHash: policy.parametersHash(),
      version,
    },
  });
}

function check(policy: Partial<Policy> | undefined, { actionMask }: OnnxOptions): void {
  if (!policy?.agent) {
    throw new BregmanError("invalid-option",
      `exportOnnx: expected a policy that train or load of the main entry gave, got ${describe(policy)}`);
  }
  const { kind } = policy.agent.spec.actionSpace;
  if (actionMask && policy.agent.head.actionType !== "i32") {
    throw new BregmanError("invalid-option",
      `actionMask: only discrete actions can be masked, those of this policy are of kind "${kind}"`);
  }
}

function writeOutputs(writer: GraphWriter, { agent }: Policy, { sampled, actionMask }: OnnxOptions): void {
  const { head, spec } = agent;
  const flat = t.concat(agent.policySpecs.map(({ name, shape }) => t.input(name, [sizeOf(shape)])), 0);
  const parameters = agent.policyParametersOf(flat, agent.normalize(encoded(spec.observationSpace)), {
    actionMask: actionMask ? t.input("actionMask", [rows, head.outputs], "i32") : undefined,
  });
  const distribution = head.distribution(parameters);
  const chosen = head.toEnvironment(
    sampled ? distribution.sample(t.input("random", [4], "i32"), 1) : distribution.mode());
  writer.output("action", inSpace(spec.actionSpace, chosen), "as the environment takes them, one a row");
  if (head.actionType === "i32") {
    writer.output("logits", parameters, "normalized: log-probabilities of each choice");
  } else if (head.kind !== "deterministic") {
    const { mean, logStd } = distribution as GaussianDistribution;
    writer.output("mean", mean, "before squashing, scaling and clipping");
    writer.output("logStd", logStd, "logarithm of the standard deviation around the mean");
  }
}

function namedWeights({ agent, weights }: Policy): ReadonlyMap<string, Float32Array> {
  const named = new Map([
    ["observationMean", weights.observationMean], ["observationScale", weights.observationScale],
  ]);
  let start = 0;
  for (const { name, shape } of agent.policySpecs) {
    named.set(name, weights.parameters.slice(start, start += sizeOf(shape)));
  }
  return named;
}

/** Observations as the networks see them, from the raw rows of a vector environment: see `flattenRaw`. */
function encoded(space: Space): Tensor {
  const raw = t.input("observation", [rows, rawLayout(space).size]);
  if (space.kind !== "discrete" && space.kind !== "multi-discrete") return raw;
  return t.concat(choices(space)!.map((size, i) => {
    const number = t.sub(columns(raw, i, i + 1), startOf(space));
    return t.cast(t.equal(t.cast(t.iota([1, size], 1), "f32"), number), "f32");
  }), 1);
}

/** Actions as `policy.act` returns them: see `writeActions`. */
function inSpace(space: Space, action: Tensor): Tensor {
  if (space.kind !== "box") return t.add(action, startOf(space));
  const bounds = (at: typeof lowAt): Tensor =>
    constantVector(Array.from({ length: action.shape[1]! }, (_, i) => at(space, i)));
  return t.clamp(action, bounds(lowAt), bounds(highAt));
}
