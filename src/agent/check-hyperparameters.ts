import { BregmanError, unknownName } from "../error.ts";
import { checkSchedule, type Schedule } from "../schedules/schedule.ts";
import type { ExplorationOptions, HyperparameterInfo, NetworkOptions } from "./hyperparameters.ts";

// What a hyperparameter may be. Everything here throws `unknown-option` or `invalid-option`.

const mostWidth = 65536;

export function checkHyperparameter(
  table: Readonly<Record<string, HyperparameterInfo>>, name: string, value: unknown,
): void {
  const info = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!info) throw unknownName("unknown-option", "hyperparameters", name, Object.keys(table));
  const { minimum = -Infinity, maximum = Infinity } = info;
  const fail = (expected: string): never => {
    throw invalid(name, expected, value);
  };
  const range = rangeText(info);
  const words = info.words?.map((word) => `"${word}"`).join(", ");
  if (typeof value === "string" && info.words) {
    if (!info.words.includes(value)) fail(info.kind === "word" ? words! : `a number${range} or ${words}`);
    return;
  }
  const inRange = (x: unknown): boolean => typeof x === "number" && Number.isFinite(x) && x >= minimum && x <= maximum;
  switch (info.kind) {
    case "word":
      return fail(words!);
    case "boolean":
      if (typeof value !== "boolean") fail("true or false");
      return;
    case "integer":
      if (!inRange(value) || !Number.isInteger(value)) fail(`a whole number${range}`);
      return;
    case "number":
      if (!inRange(value)) fail(`a number${range}`);
      return;
    case "schedule":
      checkSchedule(value, `hyperparameters.${name}`);
      if (numbersOf(value).some((x) => !inRange(x))) fail(`numbers${range}`);
      return;
    case "object":
      if (typeof value !== "object" || value === null) fail("an object");
      if (name === "networks") checkNetworks(value as Partial<NetworkOptions>);
      else checkExploration(value as ExplorationOptions);
  }
}

function rangeText({ minimum, maximum }: HyperparameterInfo): string {
  const least = minimum !== undefined ? ` of at least ${minimum}` : "";
  return least + (maximum !== undefined ? `, at most ${maximum}` : "");
}

function invalid(name: string, expected: string, value: unknown): BregmanError {
  return new BregmanError("invalid-option",
    `hyperparameters.${name}: expected ${expected}, got ${JSON.stringify(value) ?? String(value)}`);
}

/** The values that a schedule begins at, goes to, and stops at. */
function numbersOf(schedule: Schedule): number[] {
  if (typeof schedule === "number") return [schedule];
  const { from, to, limit } = schedule as { from: number; to?: number; limit?: number };
  return [from, to, limit].filter((x) => x !== undefined);
}

function checkNetworks(networks: Partial<NetworkOptions>): void {
  const known = ["hidden", "activation", "layerNorm", "initializer"];
  for (const name of Object.keys(networks)) {
    if (!known.includes(name)) throw unknownName("unknown-option", "hyperparameters.networks", name, known);
  }
  const { hidden, layerNorm } = networks;
  if (layerNorm !== undefined && typeof layerNorm !== "boolean") {
    throw invalid("networks.layerNorm", "true or false", layerNorm);
  }
  const isWidth = (width: number): boolean => Number.isInteger(width) && width >= 1 && width <= mostWidth;
  if (hidden !== undefined && !(Array.isArray(hidden) && hidden.every(isWidth))) {
    throw invalid("networks.hidden", "a list of layer widths", hidden);
  }
}

function checkExploration(exploration: ExplorationOptions): void {
  const kinds = ["independent", "autoregressive", "state-dependent"];
  if (!kinds.includes(exploration.kind)) throw invalid("exploration.kind", kinds.join(", "), exploration.kind);
  if (exploration.kind === "autoregressive") {
    const { correlation } = exploration;
    if (!(correlation >= 0 && correlation < 1)) {
      throw invalid("exploration.correlation", "0 <= correlation < 1", correlation);
    }
  }
  if (exploration.kind === "state-dependent") {
    const { holdSteps } = exploration;
    if (!(Number.isInteger(holdSteps) && holdSteps >= 1)) {
      throw invalid("exploration.holdSteps", "a whole number of at least 1", holdSteps);
    }
  }
}
