/** `bregman list`: what the library knows, for people and for programs. */
import { BregmanError, nearest } from "../error.ts";
import type { Arguments, CommandSpec } from "./arguments.ts";
import { type Library, LIST_KINDS, type ListEntry, type ListKind } from "./library.ts";
import { table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

/** "exact": the methods of the exact engine, in their tabular form. */
type Kind = ListKind | "exact";
const allKinds: readonly Kind[] = [...LIST_KINDS, "exact"];

export const listSpec: CommandSpec = {
  name: "list",
  positionals: "[KIND]",
  summary: `Lists what there is. KIND: ${allKinds.join(", ")} (default: all of them).`,
  options: [{ name: "json", help: "print everything that is known, hyperparameters too, as one JSON value" }],
};

/** Runs the command; the exit code is 0. */
export async function listCommand(given: Arguments, library: Library, terminal: Terminal): Promise<number> {
  const kind = given.positionals[0];
  if (kind !== undefined && !allKinds.includes(kind as Kind)) {
    throw new BregmanError("invalid-option",
      `list ${kind}: did you mean ${nearest(kind, allKinds, 1)[0]}? Accepted: ${allKinds.join(", ")}`);
  }
  const kinds = kind === undefined ? allKinds : [kind as Kind];
  const exact = kinds.includes("exact") ? await exactEntries() : [];
  const entriesOf = (each: Kind) => (each === "exact" ? exact : library.list(each));
  if (given.flag("json")) {
    const lists = kinds.map((each) => [each, entriesOf(each)] as const);
    terminal.write(`${JSON.stringify(kind === undefined ? Object.fromEntries(lists) : lists[0]![1], plain)}\n`);
    return 0;
  }
  const sections = kinds.map((each) => (kinds.length > 1 ? `${each}\n\n` : "") + listTable(entriesOf(each)));
  terminal.write(sections.join("\n"));
  return 0;
}

/** The exact methods with their six choices, read from the objects that they are. */
async function exactEntries(): Promise<ListEntry[]> {
  const { describeExactMethod, exactMethods, randomMdp } = await import("../tabular.ts");
  const mdp = randomMdp({ states: 2, actions: 2, discount: 0.9 });
  return exactMethods.map((method) => {
    const { id, name, paper, parameters } = method;
    return { id, name, paper, choices: describeExactMethod(method, mdp), parameters };
  });
}

/** JSON has no infinities, which bounds of ranges and spaces may be. */
function plain(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

/**
 * A column for every fact that a word can tell: of a method its id and the six choices first, then whatever is short;
 * long ones last.
 */
function listTable(entries: readonly ListEntry[]): string {
  const flat = entries.map((entry) => new Map(Object.entries(entry).flatMap(facts)));
  const columns = [...new Set(flat.flatMap((entry) => [...entry.keys()]))];
  const choices = new Set(entries.flatMap(({ choices }) => (choices ? ["id", ...Object.keys(choices)] : [])));
  const isLong = (column: string) => flat.some((entry) => (entry.get(column) ?? "").length > 30);
  const rest = columns.filter((column) => !choices.has(column));
  const inOrder = [...choices, ...rest.filter((column) => !isLong(column)), ...rest.filter(isLong)];
  return table(inOrder, flat.map((entry) => inOrder.map((column) => entry.get(column) ?? "-")));
}

/** The six choices of an algorithm get a column each; lists and functions are left out. */
function facts([name, value]: [string, unknown]): [string, string][] {
  if (name === "choices" && typeof value === "object" && value !== null) return Object.entries(value).flatMap(facts);
  const word = wordFor(value);
  return word === undefined ? [] : [[name, word]];
}

/** Plain values as they are; a space by its kind and size; anything else that has an id by that. */
function wordFor(value: unknown): string | undefined {
  if (["string", "number", "boolean"].includes(typeof value)) return String(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const { id, kind, n, shape, nvec } = value as Record<string, unknown>;
  if (typeof kind === "string") return `${kind} ${String(n ?? shape ?? nvec ?? "")}`.trimEnd();
  return typeof id === "string" ? id : undefined;
}
