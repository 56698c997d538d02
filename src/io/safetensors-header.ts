/**
 * The JSON header of a safetensors file, read strictly: one object of tensor entries and, perhaps, one `__metadata__`
 * object of strings. The grammar has a fixed depth, so nothing recurses and a deeply nested file is refused at its
 * first bracket too many; keys land in lists and maps, never on an object, so `__proto__` is a name like any other; and
 * a repeated key, which JSON.parse would swallow, is seen.
 */
import { BregmanError } from "../error.ts";

/** One tensor as the header describes it; `begin` and `end` are bytes from the start of the data section. */
export interface HeaderEntry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly entries: readonly HeaderEntry[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** Throws the one error of this format: `checkpoint-corrupt`, with what is wrong. */
export function corrupt(what: string): never {
  throw new BregmanError("checkpoint-corrupt", `not a valid safetensors file: ${what}`);
}

/** Shows a name in a message: quoted, and no longer than a line. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}...` : name);
}

/** Parses the header text. Throws `checkpoint-corrupt` naming the first thing that breaks the format. */
export function parseHeader(text: string): Header {
  const scanner: Scanner = { text, at: 0 };
  const entries: HeaderEntry[] = [];
  const names = new Set<string>();
  let metadata: ReadonlyMap<string, string> = new Map();
  readObject(scanner, "the header", names, (name) => {
    if (name === "__metadata__") metadata = readMetadata(scanner);
    else entries.push(readEntry(scanner, name));
  });
  skipSpace(scanner);
  if (scanner.at < text.length) corrupt(`the header goes on after its closing brace, at character ${scanner.at}`);
  return { entries, metadata };
}

interface Scanner {
  readonly text: string;
  at: number;
}

function readMetadata(scanner: Scanner): ReadonlyMap<string, string> {
  const metadata = new Map<string, string>();
  readObject(scanner, "__metadata__", new Set(), (key) => {
    metadata.set(key, readString(scanner, `the value of metadata ${quoted(key)}`));
  });
  return metadata;
}

function readEntry(scanner: Scanner, name: string): HeaderEntry {
  let dtype: string | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  const where = `tensor ${quoted(name)}`;
  readObject(scanner, where, new Set(), (field) => {
    if (field === "dtype") dtype = readString(scanner, `the dtype of ${where}`);
    else if (field === "shape") shape = readIntegers(scanner, `the shape of ${where}`);
    else if (field === "data_offsets") offsets = readIntegers(scanner, `the data_offsets of ${where}`);
    else corrupt(`${where} has an unknown field ${quoted(field)}`);
  });
  if (dtype === undefined) corrupt(`${where} has no dtype`);
  if (shape === undefined) corrupt(`${where} has no shape`);
  if (offsets === undefined) corrupt(`${where} has no data_offsets`);
  if (offsets.length !== 2) corrupt(`${where} has ${offsets.length} data_offsets, not 2`);
  return { name, dtype, shape, begin: offsets[0]!, end: offsets[1]! };
}

/** Reads `{ "key": value, ... }`; `readValue` reads what follows each colon. `seen` catches repeated keys. */
function readObject(scanner: Scanner, where: string, seen: Set<string>, readValue: (key: string) => void): void {
  expectSign(scanner, "{", where);
  if (takeSign(scanner, "}")) return;
  do {
    const key = readString(scanner, `a key of ${where}`);
    if (seen.has(key)) corrupt(`${where} has the key ${quoted(key)} twice`);
    seen.add(key);
    expectSign(scanner, ":", `${where}, after key ${quoted(key)}`);
    readValue(key);
  } while (takeSign(scanner, ","));
  expectSign(scanner, "}", where);
}

function readIntegers(scanner: Scanner, where: string): number[] {
  const values: number[] = [];
  expectSign(scanner, "[", where);
  if (takeSign(scanner, "]")) return values;
  do values.push(readInteger(scanner, where));
  while (takeSign(scanner, ","));
  expectSign(scanner, "]", where);
  return values;
}

const INTEGER = /(?:0|[1-9][0-9]{0,15})(?![0-9.eE])/y;

function readInteger(scanner: Scanner, where: string): number {
  skipSpace(scanner);
  INTEGER.lastIndex = scanner.at;
  const digits = INTEGER.exec(scanner.text)?.[0];
  const value = Number(digits);
  if (digits === undefined || !Number.isSafeInteger(value)) {
    const found = quoted(scanner.text.slice(scanner.at, scanner.at + 20));
    corrupt(`${where} must hold non-negative integers, but has ${found}`);
  }
  scanner.at += digits.length;
  return value;
}

function readString(scanner: Scanner, where: string): string {
  expectSign(scanner, '"', where);
  const begin = scanner.at - 1;
  let end = scanner.at;
  while (end < scanner.text.length && scanner.text[end] !== '"') end += scanner.text[end] === "\\" ? 2 : 1;
  scanner.at = end + 1;
  if (end >= scanner.text.length) corrupt(`${where} is a string without an end`);
  try {
    return JSON.parse(scanner.text.slice(begin, end + 1)) as string;
  } catch {
    return corrupt(`${where} is not a valid JSON string`);
  }
}

function expectSign(scanner: Scanner, sign: string, where: string): void {
  if (takeSign(scanner, sign)) return;
  const found = scanner.at < scanner.text.length ? quoted(scanner.text[scanner.at]!) : "the end";
  corrupt(`${where}: expected ${sign} at character ${scanner.at} of the header, found ${found}`);
}

function takeSign(scanner: Scanner, sign: string): boolean {
  skipSpace(scanner);
  if (scanner.text[scanner.at] !== sign) return false;
  scanner.at++;
  return true;
}

function skipSpace(scanner: Scanner): void {
  for (; scanner.at < scanner.text.length; scanner.at++) {
    const code = scanner.text.charCodeAt(scanner.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
  }
}
