/** `bregman reproduce mdpo --verify RECORD`: does a recorded run again and compares the hash of its parameters. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { BregmanError, nearest } from "../../error.ts";
import type { Arguments } from "../arguments.ts";
import { machineFacts } from "../machine.ts";
import { decimal, grouped } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { failureOf, summaryOf } from "../training-jobs.ts";
import { runName } from "./plan.ts";
import { readRecords, recordedRun, recordsFile, type RunRecord } from "./records.ts";
import { runPlan } from "./run-plan.ts";

/**
 * Runs the command. Returns 0 when the hash is the recorded one, 1 when it is another or the run failed, and 130 when
 * interrupted; the same command then continues.
 */
export async function verifyCommand(given: Arguments, out: string, terminal: Terminal): Promise<number> {
  const record = findRecord(given.text("verify")!, out);
  const name = runName(record);
  const folder = join(out, `verify-${name.replaceAll("/", "-")}`);
  const json = given.flag("json");
  if (!json) terminal.write(headline(name, record));
  const run = { ...recordedRun(record), name, folder, steps: record.plannedSteps };
  const options = { parallel: 1, quiet: given.flag("quiet") || json, known: new Map(), onEnd() {} };
  const [result] = await runPlan([run], terminal, options);
  if (terminal.interrupted.aborted || !result) {
    terminal.complain("bregman: interrupted; the same command continues");
    return 130;
  }
  const summary = summaryOf(result);
  if (!summary) throw new BregmanError("aborted", `${name}: ${failureOf(result)}`);
  rmSync(folder, { recursive: true, force: true });
  const [recorded, actual] = [record.parametersHash, summary.parametersHash];
  const equal = recorded === actual;
  if (json) {
    terminal.write(`${JSON.stringify({ record: name, recorded, actual, equal, seconds: summary.seconds })}\n`);
  } else {
    terminal.write(`recorded  ${recorded}  return ${decimal(record.evaluation.mean)}\n` +
      `now       ${actual}  return ${decimal(summary.evaluation.mean)}\n` +
      `${equal ? "the same bits" : "DIFFERENT"}\n`);
  }
  return equal ? 0 : 1;
}

function headline(name: string, { version, commit, runtime, device, plannedSteps, command }: RunRecord): string {
  const ours = machineFacts();
  const named = (its: string, head: string | undefined) => its + (head ? ` (${head})` : "");
  const promise = device === "wasm" ? "" : `the same bits are promised on wasm; this run was on ${device}\n`;
  return `${name}, ${grouped(plannedSteps)} steps: ${command}\n` +
    `recorded by ${named(version, commit)} in ${runtime}; this is ${named(ours.version, ours.commit)} in ` +
    `${ours.runtime}\n${promise}`;
}

/**
 * The record that is named TASK/LABEL/LEVEL/SEED in the folder's records.jsonl, or stands in a file: FILE:LINE, or FILE
 * where it has one line only. Throws `not-found`, naming the nearest, or `io-failure` for a damaged one.
 */
function findRecord(text: string, out: string): RunRecord {
  const [, file = text, line] = /^(.*\.jsonl?):(\d+)$/.exec(text) ?? [];
  if (existsSync(file)) return recordInFile(file, line === undefined ? undefined : Number(line));
  const records = readRecords(recordsFile(out));
  const found = records.find((record) => runName(record) === text);
  if (found) return found;
  const names = nearest(text, records.map(runName));
  throw new BregmanError("not-found", names.length === 0
    ? `--verify ${text}: ${recordsFile(out)} has no records; give --out, or a FILE:LINE`
    : `--verify ${text}: no such record in ${recordsFile(out)}; nearest: ${names.join(", ")}`);
}

function recordInFile(file: string, line: number | undefined): RunRecord {
  const records = readRecords(file);
  if (line === undefined && records.length !== 1) {
    throw new BregmanError("invalid-option",
      `--verify ${file}: the file has ${records.length} records; give FILE:LINE`);
  }
  const record = records[(line ?? 1) - 1];
  if (record) return record;
  throw new BregmanError("not-found", `--verify ${file}:${line}: the file has ${records.length} records`);
}
