/** Where the commands write, and how they hear that they shall stop. */
import process from "node:process";

export interface Terminal {
  /** Whether a person watches: then a line may be rewritten in place. */
  readonly isInteractive: boolean;
  columns(): number;
  /** Writes to stdout. */
  write(text: string): void;
  /** Writes one line to stderr. */
  complain(line: string): void;
  /** Whether the reader of stdout has gone away (`bregman list | head`): writing goes on into the void. */
  isDeserted(): boolean;
  /** Aborted by the first Ctrl-C or SIGTERM; of a led process also by the end of stdin. */
  readonly interrupted: AbortSignal;
  /** Whether another bregman has started this process and leads it (see `child-runs`). */
  readonly isLed: boolean;
}

/** Set for a process that is to stop when its stdin ends: when its leader says so, or is gone, however it went. */
export const LED = "BREGMAN_STOPS_WITH_STDIN";

/**
 * The process's own terminal. The first SIGINT or SIGTERM asks the command to stop, which it does after the update in
 * progress and with its checkpoint written; a second SIGINT ends the process at once. A SIGTERM after a SIGINT does
 * not.
 */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  const interruption = new AbortController();
  let deserted = false;
  for (const stream of [stdout, stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") throw error;
      if (stream === stdout) deserted = true;
    });
  }
  let sigints = 0;
  process.on("SIGINT", () => {
    if (++sigints > 1) process.exit(130);
    interruption.abort();
  });
  process.on("SIGTERM", () => interruption.abort());
  const isLed = process.env[LED] !== undefined;
  if (isLed) process.stdin.on("end", () => interruption.abort()).on("error", () => interruption.abort()).resume();
  return {
    isInteractive: stdout.isTTY === true,
    columns: () => stdout.columns ?? 80,
    write: (text) => void (deserted || stdout.write(text)),
    complain: (line) => void stderr.write(`${line}\n`),
    isDeserted: () => deserted,
    interrupted: interruption.signal,
    isLed,
  };
}

/** Lets signals, timers and streams have their turn; a training loop on wasm would else keep the thread to itself. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
