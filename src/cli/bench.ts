/** `bregman bench`: the kit's speed through its public entries, beside other libraries when their suite is at hand. */
import { BregmanError, nearest } from "../error.ts";
import { median } from "../io/curve-statistics.ts";
import type { Arguments, CommandSpec } from "./arguments.ts";
import { ITEMS, type BenchItem, type Facade, type Libraries, type Prepared } from "./bench-items.ts";
import { checkPeersFolder, figureOf, PEERS, type PeerReport, runPeer } from "./bench-peers.ts";
import type { Library } from "./library.ts";
import { type Machine, machineFacts } from "./machine.ts";
import { grouped, table } from "./table.ts";
import type { Terminal } from "./terminal.ts";
import { threadsOf } from "./train.ts";

export const benchSpec: CommandSpec = {
  name: "bench",
  positionals: "[NAME...]",
  summary: "Measures the kit's speed on this machine, strict WASM.",
  options: [
    { name: "repeats", value: "N", help: "repeats of each item, of which the median counts (at least 5, the default)" },
    { name: "threads", value: "N", help: "threads that share an update: 1 to 64 or auto (default 1)" },
    { name: "peers", value: "DIR", help: "also runs tfjs and jax-js, in turns with these items, from a folder with\n" +
      "their suite (a copy of peers-bench, after npm install --ignore-scripts)" },
    { name: "rounds", value: "N", help: "turns with the peers; default 3" },
    { name: "json", help: "print one JSON object per item, with machine, runtime and version, instead of the table" },
  ],
  notes: `NAME is an item or the first words of several (ppo-update, environment):\n` +
    ITEMS.map(({ name, meaning }) => `  ${name.padEnd(34)}${meaning}`).join("\n"),
};

/** Figures of one item, ours and the peers', in the order in which they were taken. */
interface Result {
  readonly item: BenchItem;
  readonly figures: number[];
  readonly facts: Record<string, unknown>;
  readonly peers: Map<string, number[]>;
  /** Per turn: how many times faster than the best peer of that turn. */
  readonly ratios: number[];
}

/** Runs the command; the exit code is 0, or 1 when a peer gave nothing to compare with. */
export async function benchCommand(given: Arguments, library: Library, terminal: Terminal): Promise<number> {
  const items = chosen(given.positionals);
  const repeats = given.integer("repeats", 5) ?? 5;
  const rounds = given.integer("rounds", 1) ?? 3;
  const folder = given.text("peers");
  if (folder !== undefined) checkPeersFolder(folder);
  // The commands know the few functions of the facade that they need; the bench wants the rest of it too.
  const threads = threadsOf(given) ?? 1;
  const libraries = { facade: library as unknown as Facade, tensor: await import("../tensor.ts"), threads };
  const machine: BenchMachine = { ...machineFacts(), device: "wasm", threads };
  const json = given.flag("json");
  if (!json) terminal.write(headline(machine));
  const isCompared = ({ peer }: BenchItem) => folder !== undefined && peer !== undefined;
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
  if (folder !== undefined && compared.length > 0) {
    for (const result of await inTurns(compared, libraries, folder, repeats, rounds)) report(result);
  }
  const inOrder = items.flatMap((item) => results.filter((each) => each.item === item));
  if (!json) terminal.write(resultTable(inOrder, folder !== undefined));
  return results.some(({ item, ratios }) => isCompared(item) && ratios.length === 0) ? 1 : 0;
}

function chosen(names: readonly string[]): readonly BenchItem[] {
  const means = (name: string, item: BenchItem) => item.name === name || item.name.startsWith(`${name}-`);
  for (const name of names) {
    if (ITEMS.some((item) => means(name, item))) continue;
    const known = ITEMS.map((item) => item.name);
    throw new BregmanError("invalid-option",
      `bench ${name}: did you mean ${nearest(name, known, 1)[0]}? Accepted: ${known.join(", ")}`);
  }
  return names.length === 0 ? ITEMS : ITEMS.filter((item) => names.some((name) => means(name, item)));
}

async function measured(item: BenchItem, libraries: Libraries, repeats: number): Promise<Result> {
  const prepared = await item.prepare(libraries);
  const figures: number[] = [];
  for (let i = 0; i < repeats; i++) figures.push(await prepared.measure());
  prepared.dispose();
  return { item, figures, facts: prepared.facts(), peers: new Map(), ratios: [] };
}

/**
 * Ours, peer, peer, ours, peer, peer, ours: what disturbs the machine disturbs all. A turn's ratio takes the mean of
 * our medians before and after the peers.
 */
async function inTurns(
  items: readonly BenchItem[], libraries: Libraries, folder: string, repeats: number, rounds: number,
): Promise<Result[]> {
  const results = items.map((item): Result =>
    ({ item, figures: [], facts: {}, peers: new Map(PEERS.map(({ name }) => [name, []])), ratios: [] }));
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
  const fields = items.map(({ peer }) => peer!.split(".")[0]!);
  let before = await ours();
  for (let round = 0; round < rounds; round++) {
    const reports: PeerReport[] = [];
    for (const peer of PEERS) reports.push(await runPeer(peer, folder, fields, peerBudgetMs));
    const after = await ours();
    results.forEach((result, i) => addTurn(result, reports, (before[i]! + after[i]!) / 2));
    before = after;
  }
  prepared.forEach((each, i) => {
    Object.assign(results[i]!.facts, each.facts());
    each.dispose();
  });
  return results;
}

/** How long a peer measures one repeat. */
const peerBudgetMs = 600;

function addTurn({ item, peers, ratios }: Result, reports: readonly PeerReport[], ours: number): void {
  const figures = reports.map((report) => figureOf(report, item.peer!));
  PEERS.forEach(({ name }, i) => {
    if (figures[i] !== undefined) peers.get(name)!.push(figures[i]);
  });
  const present = figures.filter((figure) => figure !== undefined);
  if (present.length === 0) return;
  ratios.push(item.better === "higher" ? ours / Math.max(...present) : Math.min(...present) / ours);
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
  const comparison = () => ({ peers: peerMedians, timesBestPeer: digits(median(ratios)), ratios: ratios.map(digits) });
  return {
    bench: item.name, value: digits(median(figures)), unit: item.unit, better: item.better,
    lowest: digits(Math.min(...figures)), highest: digits(Math.max(...figures)), repeats: figures.length,
    ...(ratios.length > 0 ? comparison() : {}),
    ...facts,
  };
}

function digits(value: number): number {
  return Number(value.toPrecision(4));
}

function resultTable(results: readonly Result[], withPeers: boolean): string {
  const names = withPeers ? [...PEERS.map(({ name }) => name), "times best"] : [];
  const right = ["median", "lowest", "highest", ...names];
  const rows = results.map(({ item, figures, peers, ratios }) => {
    const ours = [median(figures), Math.min(...figures), Math.max(...figures)].map(shown);
    const theirs = PEERS.map(({ name }) => (peers.get(name)?.length ? shown(median(peers.get(name)!)) : ""));
    const ratio = ratios.length > 0 ? median(ratios).toFixed(1) : "";
    return [item.name, ...ours, item.unit, ...(withPeers ? [...theirs, ratio] : [])];
  });
  return table(["item", "median", "lowest", "highest", "unit", ...names], rows, right);
}

function shown(value: number): string {
  return value >= 1000 ? grouped(value) : String(digits(value));
}
