/** `bregman geometry`: what mirror maps, anchors and step sizes do, as pictures. */
import { join } from "node:path";
import { BregmanError } from "../error.ts";
import type { Arguments, CommandSpec } from "./arguments.ts";
import { makeFolder, replaceFile } from "./files.ts";
import type { Library } from "./library.ts";
import type { Terminal } from "./terminal.ts";

export const geometrySpec: CommandSpec = {
  name: "geometry",
  positionals: "",
  summary: "Draws paths of mirror descent on the simplex of three actions, and the value gap on a random process.",
  options: [
    { name: "maps", value: "LIST", help: "kl, euclidean, log-barrier, tsallis-INDEX, hyperbolic-WIDTH" },
    { name: "step-sizes", value: "LIST", help: "step sizes, a path each (default 0.3)" },
    { name: "iterations", value: "N", help: "steps of each path (default 20)" },
    { name: "values", value: "A,B,C", help: "values of the three actions (default 1,0,-1)" },
    { name: "start", value: "A,B,C", help: "the first policy (default 0.15,0.25,0.6)" },
    { name: "magnet", value: "A,B,C", help: "a further anchor" },
    { name: "magnet-weight", value: "X", help: "its weight (default 1)" },
    { name: "temperature", value: "X", help: "weight of the map itself (default 0)" },
    { name: "states", value: "N", help: "states of the random process (default 20)" },
    { name: "out", value: "DIR", help: "where simplex.svg and value-gap.svg go (default the current folder)" },
  ],
};

/** Runs the command; the exit code is 0. */
export async function geometryCommand(given: Arguments, _: Library, terminal: Terminal): Promise<number> {
  const { findGeometry, randomMdp, simplexPaths, valueGaps } = await import("../tabular.ts");
  const words = (name: string, fallback: string) =>
    (given.text(name) ?? fallback).split(",").map((word) => word.trim());
  const common = {
    geometries: words("maps", "kl,euclidean,tsallis-1.5,log-barrier,hyperbolic-0.1").map(findGeometry),
    stepSizes: words("step-sizes", "0.3").map((word) => positive("step-sizes", word)),
    iterations: given.integer("iterations", 1) ?? 20,
  };
  const magnet = given.text("magnet") === undefined ? undefined : triple(given, "magnet", "");
  const simplex = simplexPaths({
    ...common, signal: triple(given, "values", "1,0,-1"), start: triple(given, "start", "0.15,0.25,0.6"),
    ...magnet && { magnet }, magnetWeight: given.number("magnet-weight", 0) ?? 1,
    temperature: given.number("temperature", 0) ?? 0,
  });
  const mdp = randomMdp({ states: given.integer("states", 1) ?? 20, actions: 4, discount: 0.9, successors: 3 });
  const folder = given.text("out") ?? ".";
  makeFolder(folder);
  for (const [name, picture] of [["simplex.svg", simplex], ["value-gap.svg", valueGaps(mdp, common)]] as const) {
    replaceFile(join(folder, name), picture);
    terminal.write(`${join(folder, name)}\n`);
  }
  return 0;
}

function triple(given: Arguments, name: string, fallback: string): [number, number, number] {
  const text = given.text(name) ?? fallback;
  const values = text.split(",").map(Number);
  if (values.length === 3 && values.every(Number.isFinite)) return values as [number, number, number];
  throw new BregmanError("invalid-option", `--${name}: expected three numbers, as 1,0,-1; got "${text}"`);
}

function positive(name: string, word: string): number {
  const value = Number(word);
  if (value > 0 && value < Infinity) return value;
  throw new BregmanError("invalid-option", `--${name}: expected positive numbers, got "${word}"`);
}
