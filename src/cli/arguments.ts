/** Command lines: a command says which options it has; parsing, checking, `--help` and the errors follow from that. */
import { BregmanError, nearest } from "../error.ts";

export interface OptionSpec {
  readonly name: string;
  /** What stands for the value in the help; without it the option is a flag. */
  readonly value?: string;
  readonly help: string;
}

export interface CommandSpec {
  readonly name: string;
  /** What stands for the positional arguments in the help: "ENV", "[KIND]". */
  readonly positionals: string;
  readonly summary: string;
  readonly options: readonly OptionSpec[];
  /** Further lines of the help: examples, what is written where. */
  readonly notes?: string;
}

/** A parsed command line. The readers throw `invalid-option`, naming the option, when its value is not acceptable. */
export interface Arguments {
  readonly positionals: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  integer(name: string, minimum: number): number | undefined;
  number(name: string, minimum: number): number | undefined;
  all(name: string): readonly string[];
}

/**
 * Parses `--name value`, `--name=value` and flags, in any order with the positionals; `--` ends the options. Of an
 * option given twice the last counts (`all` gives every one). Throws `unknown-option` naming the nearest one, and
 * `invalid-option`.
 */
export function parseArguments(spec: CommandSpec, words: readonly string[]): Arguments {
  const positionals: string[] = [];
  const values = new Map<string, string[]>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === "--") {
      positionals.push(...words.slice(i + 1));
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      positionals.push(word);
      continue;
    }
    const cut = word.indexOf("=");
    const option = findOption(spec, cut < 0 ? word : word.slice(0, cut));
    const attached = cut < 0 ? undefined : word.slice(cut + 1);
    const value = option.value === undefined ? attached : attached ?? nextValue(option, words[++i]);
    if (option.value === undefined && attached !== undefined) {
      throw new BregmanError("invalid-option", `--${option.name} is a flag and takes no value, given ${word}`);
    }
    values.set(option.name, [...(values.get(option.name) ?? []), value ?? ""]);
  }
  checkPositionals(spec, positionals, values.has("help"));
  return readers(positionals, values);
}

function findOption(spec: CommandSpec, word: string): OptionSpec {
  const name = word === "-h" ? "help" : word.slice(2);
  const option = allOptions(spec).find((each) => each.name === name);
  if (option && (word.startsWith("--") || word === "-h")) return option;
  const [closest] = nearest(word.replace(/^-+/, ""), allOptions(spec).map((each) => each.name), 1);
  throw new BregmanError("unknown-option", `unknown option ${word} of ${spec.name}; did you mean --${closest}?`);
}

function allOptions(spec: CommandSpec): OptionSpec[] {
  return [...spec.options, { name: "help", help: "print this help" }];
}

function nextValue(option: OptionSpec, word: string | undefined): string {
  const looksLikeOption = word !== undefined && /^-{1,2}[a-zA-Z]/.test(word);
  if (word !== undefined && !looksLikeOption) return word;
  throw new BregmanError("invalid-option",
    `--${option.name} needs a value (${option.value})${word === undefined ? "" : `, but ${word} follows`}`);
}

function checkPositionals(spec: CommandSpec, given: readonly string[], helpWanted: boolean): void {
  const accepted = spec.positionals.split(" ").filter(Boolean);
  const needed = accepted.filter((name) => !name.startsWith("["));
  if (helpWanted) return;
  if (given.length < needed.length) {
    throw new BregmanError("invalid-option",
      `${needed[given.length]} is missing: bregman ${spec.name} ${spec.positionals}`);
  }
  if (given.length > accepted.length && !accepted.at(-1)?.endsWith("...]")) {
    throw new BregmanError("invalid-option",
      `one argument too many: ${given[accepted.length]}; accepted: bregman ${spec.name} ${spec.positionals}`);
  }
}

function readers(positionals: readonly string[], values: ReadonlyMap<string, readonly string[]>): Arguments {
  const text = (name: string) => values.get(name)?.at(-1);
  const number = (name: string, minimum: number, isAccepted: (value: number) => boolean, kind: string) => {
    const given = text(name);
    if (given === undefined) return undefined;
    const value = given.trim() === "" ? NaN : Number(given.replace(/(?<=\d)_(?=\d)/g, ""));
    if (isAccepted(value) && value >= minimum) return value;
    throw new BregmanError("invalid-option",
      `--${name} must be ${kind} of at least ${minimum}, given ${quoted(given)}`);
  };
  return {
    positionals,
    text,
    flag: (name) => values.has(name),
    all: (name) => values.get(name) ?? [],
    integer: (name, minimum) => number(name, minimum, Number.isSafeInteger, "a whole number"),
    number: (name, minimum) => number(name, minimum, Number.isFinite, "a number"),
  };
}

/**
 * The hyperparameters of `--set key=value`: numbers, booleans, JSON arrays and objects are what they look like,
 * anything else is text. Of a key given twice the last counts.
 */
export function parseSettings(settings: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(settings.map((setting) => {
    const cut = setting.indexOf("=");
    if (cut < 1) throw new BregmanError("invalid-option", `--set needs key=value, given ${quoted(setting)}`);
    return [setting.slice(0, cut).trim(), parseValue(setting.slice(cut + 1).trim(), setting)];
  }));
}

function parseValue(text: string, setting: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  if (/^[-+]?(\d|\.\d)/.test(text) && Number.isFinite(Number(text))) return Number(text);
  if (!/^[[{"]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BregmanError("invalid-option", `--set ${setting}: the value begins like JSON but is not valid JSON`);
  }
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** The help of one command. */
export function helpText(spec: CommandSpec): string {
  const options = allOptions(spec);
  const left = options.map(({ name, value }) => `  --${name}${value === undefined ? "" : ` ${value}`}`);
  const width = Math.max(...left.map((text) => text.length)) + 3;
  const lines = options.map(({ help }, i) => left[i]!.padEnd(width) + help.replaceAll("\n", `\n${" ".repeat(width)}`));
  const notes = spec.notes ? `\n${spec.notes}\n` : "";
  return `${spec.summary}\n\n  bregman ${spec.name} ${spec.positionals} [options]\n\n${lines.join("\n")}\n${notes}`;
}
