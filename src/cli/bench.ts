/** `bregman bench`: the kit's speed through its public entries, beside other libraries when their suite is at hand. */
import { readFile } from "node:fs/promises";
import { BregmanError, nearest } from "../error.ts";
import { median } from "../io/curve-statistics.ts";
import type { Arguments, CommandSpec } from "./arguments.ts";
import { cleanRlPeer } from "./bench-cleanrl.ts";
import {
  entrySizeItems, gpuItems, ITEMS as portable, type BenchItem, type Facade, type Libraries, type Prepared,
} from "./bench-items.ts";
import { figureOf, javaScriptPeers, type Peer } from "./bench-peers.ts";
import { firstUpdateItem } from "./bench-start.ts";
import { torchPeer } from "./bench-torch.ts";
import type { Library } from "./library.ts";
import { type Machine, machineFacts } from "./machine.ts";
import { grouped, table } from "./table.ts";
import type { Terminal } from "./terminal.ts";
import { threadsOf } from "./train.ts";

/** The command line lies beside the facade in dist/. */
export const ITEMS: readonly BenchItem[] = [
  ...portable, firstUpdateItem(new URL("./index.js", import.meta.url).href),
  ...entrySizeItems((file) => readFile(new URL(file, import.meta.url))),
];

export const benchSpec: CommandSpec = {
  name: "bench",
  positionals: "[NAME...]",
  summary: "Measures the kit's speed on this machine, strict WASM.",
  options: [
    { name: "device", value: "NAME", help: "where updates run: wasm (default) or webgpu, which has items of its own" },
    { name: "repeats", value: "N", help: "repeats of each item, of which the median counts (at least 5, the default)" },
    { name: "threads", value: "N", help: "threads that share an update: 1 to 64 or auto (default 1)" },
    { name: "peers", value: "DIR", help: "also runs tfjs and jax-js, in turns with these items, from a folder with\n" +
      "their suite (a copy of peers-bench, after npm install --ignore-scripts)" },
    { name: "torch", value: "PYTHON", help: "also runs PyTorch on one thread, in turns: a python3 that has it" },
    { name: "cleanrl", value: "DIR", help: "also runs CleanRL's PPO in turns with cartpole-training, from a\n" +
      "checkout, with the python3 of --torch, which has to have Gymnasium, too" },
    { name: "rounds", value: "N", help: "turns with the peers; default 3" },
    { name: "json", help: "print one JSON object per item, with machine, runtime and version, instead of the table" },
  ],
  notes: `NAME is an item or the first words of several (ppo-update, environment):\n` +
    ITEMS.map(({ name, meaning }) => `  ${name.padEnd(34)}${meaning}`).join("\n") +
    `\nWith --device webgpu:\n${gpuItems.map(({ name }) => `  ${name}`).join("\n")}`,
};

/** Figures of one item, ours and the peers', in the order in which they were taken. */
interface Result {
  readonly item: BenchItem;
  readonly figures: number[];
  readonly facts: Record<string, unknown>;
  readonly peers: Map<string, number[]>;
  /** Per kind of peers and turn: how many times faster than the best of them in that turn. */
  readonly ratios: Map<Peer["kind"], number[]>;
}

/** Runs the command; the exit code is 0, or 1 when a peer gave nothing to compare with. */
export async function benchCommand(given: Arguments, library: Library, terminal: Terminal): Promise<number> {
  const device = deviceOf(given.text("device") ?? "wasm");
  const items = chosen(given.positionals, device === "webgpu" ? gpuItems : ITEMS);
  const repeats = given.integer("repeats", 5) ?? 5;
  const rounds = given.integer("rounds", 1) ?? 3;
  const [folder, python, cleanRl] = [given.text("peers"), given.text("torch"), given.text("cleanrl")];
  const peers = [
    ...(folder === undefined ? [] : javaScriptPeers(folder)), ...(python === undefined ? [] : [torchPeer(python)]),
    ...(cleanRl === undefined ? [] : [cleanRlPeer(cleanRl, python)]),
  ];
  // The commands know the few functions of the facade that they need; the bench wants the rest of it too.
  const threads = threadsOf(given) ?? 1;
  const libraries = { facade: library as unknown as Facade, tensor: await import("../tensor.ts"), threads, device };
  const machine: BenchMachine = { ...machineFacts(), device, threads };
  const json = given.flag("json");
  if (!json) terminal.write(headline(machine));
  const isCompared = (item: BenchItem) => peers.some((peer) => peer.fields.includes(fieldOf(item)));
  const results: Result[] = [];
  const report = (result: Result) => {
    results.push(result);
    if (json) terminal.write(`${JSON.stringify({ ...summaryOf(result), ...machine })}\n`);
  };
  for (const item of items.filter((each) => !isCompared(each))) {
    const result = await measured(item, libraries, repeats).catch((error: unknown) => {
      if (!(error instanceof BregmanError) || error.code !== "missing-dependency") throw error;
      terminal.complain(`${item.name} is left out: ${error.message}`);
    });
    if (result) report(result);
  }
  const compared = items.filter(isCompared);
  if (compared.length > 0) {
    for (const result of await inTurns(compared, libraries, peers, repeats, rounds)) report(result);
  }
  const inOrder = items.flatMap((item) => results.filter((each) => each.item === item));
  if (!json) terminal.write(resultTable(inOrder, peers));
  return results.some(({ item, ratios }) => isCompared(item) && ratios.size === 0) ? 1 : 0;
}

function deviceOf(name: string): "wasm" | "webgpu" {
  if (name === "wasm" || name === "webgpu") return name;
  throw new BregmanError("invalid-option", `--device: expected wasm or webgpu, got ${name}`);
}

function chosen(names: readonly string[], items: readonly BenchItem[]): readonly BenchItem[] {
  const means = (name: string, item: BenchItem) => item.name === name || item.name.startsWith(`${name}-`);
  for (const name of names) {
    if (items.some((item) => means(name, item))) continue;
    const known = items.map((item) => item.name);
    throw new BregmanError("invalid-option",
      `bench ${name}: did you mean ${nearest(name, known, 1)[0]}? Accepted: ${known.join(", ")}`);
  }
  return names.length === 0 ? items : items.filter((item) => names.some((name) => means(name, item)));
}

async function measured(item: BenchItem, libraries: Libraries, repeats: number): Promise<Result> {
  const prepared = await item.prepare(libraries);
  const figures: number[] = [];
  for (let i = 0; i < repeats; i++) figures.push(await prepared.measure());
  prepared.dispose();
  return { item, figures, facts: prepared.facts(), peers: new Map(), ratios: new Map() };
}

/**
 * Ours, peer, peer, ours, peer, peer, ours: what disturbs the machine disturbs all. A turn's ratio takes the mean of
 * our medians before and after the peers.
 */
async function inTurns(
  items: readonly BenchItem[], libraries: Libraries, peers: readonly Peer[], repeats: number,
  rounds: number,
): Promise<Result[]> {
  const results = items.map((item): Result =>
    ({ item, figures: [], facts: {}, peers: new Map(peers.map(({ name }) => [name, []])), ratios: new Map() }));
  const prepared: Prepared[] = [];
  for (const item of items) prepared.push(await item.prepare(libraries));
  const ours = async (): Promise<number[]> => {
    const medians: number[] = [];
    for (const [i, { figures }] of results.entries()) {
      const turn: number[] = [];
      for (let repeat = 0; repeat < repeats; repeat++) turn.push(await prepared[i]!.measure());
      figures.push(...turn);
      medians.push(median(turn));
    }
    return medians;
  };
  const fields = [...new Set(items.map(fieldOf))];
  let before = await ours();
  for (let round = 0; round < rounds; round++) {
    const theirs: (readonly (number | undefined)[])[] = [];
    for (const peer of peers) {
      const wanted = fields.filter((field) => peer.fields.includes(field));
      const report = wanted.length === 0 ? {} : await peer.report(wanted);
      theirs.push(items.map((item) => figureOf(report, item.peer!)));
    }
    const after = await ours();
    results.forEach((result, i) =>
      addTurn(result, peers, theirs.map((figures) => figures[i]), (before[i]! + after[i]!) / 2));
    before = after;
  }
  prepared.forEach((each, i) => {
    Object.assign(results[i]!.facts, each.facts());
    each.dispose();
  });
  return results;
}

/** The field of the peers' reports that has the item's figure, or "". */
function fieldOf({ peer }: BenchItem): string {
  return peer?.split(".")[0] ?? "";
}

function addTurn(
  { item, peers: figures, ratios }: Result, peers: readonly Peer[], theirs: readonly (number | undefined)[],
  ours: number,
): void {
  peers.forEach(({ name }, i) => {
    if (theirs[i] !== undefined) figures.get(name)!.push(theirs[i]);
  });
  for (const kind of new Set(peers.map((peer) => peer.kind))) {
    const present = theirs.filter((figure, i) => figure !== undefined && peers[i]!.kind === kind) as number[];
    if (present.length === 0) continue;
    const ratio = item.better === "higher" ? ours / Math.max(...present) : Math.min(...present) / ours;
    ratios.set(kind, [...ratios.get(kind) ?? [], ratio]);
  }
}

// ---- what is printed -----------------------------------------------------------------------------------------------

type BenchMachine = Machine & { readonly device: string; readonly threads: "auto" | number };

function headline({ machine, runtime, device, threads, version: ours, commit: head, load }: BenchMachine): string {
  const place = threads === 1 ? device : `${device}, threads: ${threads}`;
  return `bregman ${ours}${head ? ` (${head})` : ""} on ${place}, ${runtime}\n${machine}, load ${load}\n\n`;
}

function summaryOf({ item, figures, facts, peers, ratios }: Result): Record<string, unknown> {
  const answered = [...peers].filter(([, each]) => each.length > 0);
  const peerMedians = Object.fromEntries(answered.map(([name, each]) => [name, median(each)]));
  const comparison = [...ratios].flatMap(([kind, each]) => [
    [`times${kind}`, digits(median(each))], [`times${kind}Turns`, each.map(digits)],
  ]);
  return {
    bench: item.name, value: digits(median(figures)), unit: item.unit, better: item.better,
    lowest: digits(Math.min(...figures)), highest: digits(Math.max(...figures)), repeats: figures.length,
    ...(ratios.size > 0 ? { peers: peerMedians, ...Object.fromEntries(comparison) } : {}),
    ...facts,
  };
}

function digits(value: number): number {
  return Number(value.toPrecision(4));
}

function resultTable(results: readonly Result[], peers: readonly Peer[]): string {
  const kinds = [...new Set(peers.map(({ kind }) => kind))];
  const right = ["median", "lowest", "highest", ...peers.map(({ name }) => name), ...kinds.map(timesOf)];
  const rows = results.map(({ item, figures, peers: measuredPeers, ratios }) => {
    const ours = [median(figures), Math.min(...figures), Math.max(...figures)].map(shown);
    const theirs = peers.map(({ name }) => medianOr(measuredPeers.get(name), shown));
    const times = kinds.map((kind) => medianOr(ratios.get(kind), (ratio) => ratio.toFixed(1)));
    return [item.name, ...ours, item.unit, ...theirs, ...times];
  });
  return table(["item", ...right.slice(0, 3), "unit", ...right.slice(3)], rows, right);
}

function timesOf(kind: Peer["kind"]): string {
  return { JavaScript: "times best", PyTorch: "times torch", CleanRL: "times CleanRL" }[kind];
}

function medianOr(values: readonly number[] | undefined, show: (value: number) => string): string {
  return values?.length ? show(median(values)) : "";
}

function shown(value: number): string {
  return value >= 1000 ? grouped(value) : String(digits(value));
}
