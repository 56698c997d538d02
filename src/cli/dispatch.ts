/** From the words of a command line to a command, and from what happens to an exit code. */
import process from "node:process";
import { nearest } from "../error.ts";
import { type Arguments, type CommandSpec, helpText, parseArguments } from "./arguments.ts";
import { benchCommand, benchSpec } from "./bench.ts";
import { compareCommand, compareSpec } from "./compare.ts";
import { evaluateCommand, evaluateSpec } from "./evaluate.ts";
import { geometryCommand, geometrySpec } from "./geometry.ts";
import type { Library } from "./library.ts";
import { listCommand, listSpec } from "./list.ts";
import { reproduceCommand, reproduceSpec } from "./reproduce/reproduce.ts";
import type { Terminal } from "./terminal.ts";
import { trainCommand, trainSpec } from "./train.ts";
import { version } from "./version.ts";

interface Command {
  readonly spec: CommandSpec;
  run(given: Arguments, library: Library, terminal: Terminal): Promise<number>;
}

const COMMANDS: readonly Command[] = [
  { spec: trainSpec, run: trainCommand },
  { spec: evaluateSpec, run: evaluateCommand },
  { spec: compareSpec, run: compareCommand },
  { spec: reproduceSpec, run: reproduceCommand },
  { spec: listSpec, run: listCommand },
  { spec: geometrySpec, run: geometryCommand },
  { spec: benchSpec, run: benchCommand },
];

/** What a user can put right on the command line: exit code 2. Every other failure has exit code 1. */
const USAGE_ERRORS = ["unknown-environment", "unknown-algorithm", "unknown-option", "invalid-option"];

/**
 * Runs a command line and returns its exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted. A failure is one
 * line on stderr; the stack is added when BREGMAN_DEBUG is set. `loadLibrary` is called only by commands that need it.
 */
export async function dispatch(
  words: readonly string[], terminal: Terminal, loadLibrary: () => Promise<Library>,
): Promise<number> {
  const [name, ...rest] = words;
  if (name === "--version" || name === "version") return print(terminal, `${version()}\n`);
  if (name === "help" || name === "--help" || name === "-h") return help(rest[0], terminal);
  if (name === undefined) {
    terminal.complain(overview().trimEnd());
    return 2;
  }
  const command = COMMANDS.find(({ spec }) => spec.name === name);
  if (!command) return unknownCommand(name, terminal);
  try {
    const given = parseArguments(command.spec, rest);
    if (given.flag("help")) return print(terminal, helpText(command.spec));
    return await command.run(given, await loadLibrary(), terminal);
  } catch (error) {
    return reportError(error, terminal);
  }
}

function print(terminal: Terminal, text: string): number {
  terminal.write(text);
  return 0;
}

function help(name: string | undefined, terminal: Terminal): number {
  if (name === undefined) return print(terminal, overview());
  const command = COMMANDS.find(({ spec }) => spec.name === name);
  return command ? print(terminal, helpText(command.spec)) : unknownCommand(name, terminal);
}

function unknownCommand(name: string, terminal: Terminal): number {
  const names = COMMANDS.map(({ spec }) => spec.name);
  terminal.complain(`bregman: unknown command ${JSON.stringify(name)}; did you mean ${nearest(name, names, 1)[0]}? ` +
    `Commands: ${names.join(", ")}`);
  return 2;
}

function overview(): string {
  const left = COMMANDS.map(({ spec }) => `  bregman ${spec.name} ${spec.positionals}`);
  const width = Math.max(...left.map((text) => text.length)) + 3;
  const lines = COMMANDS.map(({ spec }, i) => `${left[i]!.padEnd(width)}${spec.summary}`);
  return `Trains policies by mirror descent and its relatives, on WASM and WebGPU.\n\n${lines.join("\n")}\n\n` +
    "bregman help COMMAND tells the rest.\n";
}

/** The error classes of the library and of the command line are different copies, so errors are known by their code. */
function reportError(error: unknown, terminal: Terminal): number {
  const { code, message, stack } = error as { code?: unknown; message?: unknown; stack?: unknown };
  terminal.complain(`bregman: ${String(message ?? error).replace(/\s*\n\s*/g, " ")}`);
  if (process.env.BREGMAN_DEBUG) terminal.complain(String(stack ?? ""));
  return USAGE_ERRORS.includes(String(code)) ? 2 : 1;
}
