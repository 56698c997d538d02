/** The live line of a training run on a terminal, and plain lines in a pipe or a log. */
import type { UpdateRecord } from "./library.ts";
import { decimal, duration, grouped } from "./table.ts";
import type { Terminal } from "./terminal.ts";

const LIVE_EVERY_MS = 100;
const PLAIN_EVERY_MS = 10_000;
const PLAIN_EVERY_SHARE = 0.1;

export interface Progress {
  /** Takes note of an update; prints when it is time to. */
  update(record: UpdateRecord): void;
  /** Removes the live line, so that other text can follow. */
  clear(): void;
}

/** `fromStep` is where this run starts (a resumed one not at 0): the rate and the time left count from there. */
export function createProgress(
  terminal: Terminal, fromStep: number, totalSteps: number, now: () => number = () => performance.now(),
): Progress {
  const started = now();
  let printedAt = -Infinity;
  let printedShare = Math.floor(fromStep / totalSteps / PLAIN_EVERY_SHARE);
  let latestReturn: number | null = null;

  function describe(step: number, time: number): string {
    const rate = (step - fromStep) / Math.max(1e-3, (time - started) / 1000);
    const left = duration((totalSteps - step) / Math.max(1, rate));
    const share = `${Math.min(100, Math.floor((100 * step) / totalSteps))}%`;
    return `step ${grouped(step)} of ${grouped(totalSteps)} (${share})  return ${decimal(latestReturn)}  ` +
      `${grouped(rate)} steps/s  ${left} left`;
  }

  function update(record: UpdateRecord): void {
    if (record.meanReturn !== null && Number.isFinite(record.meanReturn)) latestReturn = record.meanReturn;
    const time = now();
    if (terminal.isInteractive) {
      if (time - printedAt < LIVE_EVERY_MS) return;
      liveLine(terminal, bar(record.step / totalSteps) + describe(record.step, time));
    } else {
      const share = Math.floor(record.step / totalSteps / PLAIN_EVERY_SHARE);
      if (share <= printedShare && time - printedAt < PLAIN_EVERY_MS) return;
      printedShare = share;
      terminal.write(`${describe(record.step, time)}\n`);
    }
    printedAt = time;
  }

  return { update, clear: () => clearLine(terminal) };
}

/** Rewrites the terminal's current line. Does nothing where nobody watches. */
export function liveLine(terminal: Terminal, text: string): void {
  if (terminal.isInteractive) terminal.write(`\r\x1b[2K${text.slice(0, terminal.columns() - 1)}`);
}

export function clearLine(terminal: Terminal): void {
  if (terminal.isInteractive) terminal.write("\r\x1b[2K");
}

function bar(share: number): string {
  const filled = Math.round(16 * Math.min(1, share));
  return `${"━".repeat(filled)}${"─".repeat(16 - filled)} `;
}
