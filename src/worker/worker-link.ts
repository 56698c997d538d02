import { BregmanError, messageOf } from "../error.ts";
import { unpackError } from "./carry-error.ts";
import { listen } from "./endpoint.ts";
import { isAnswerTo, isOurs, readAnswer, type Answer, type Method, type Progress, type Question } from "./messages.ts";
import { startWorker, unavailable, type Started, type WorkerSource } from "./start-worker.ts";

const longestStartMs = 30_000;
let calls = 0;

/** A call that has no answer yet. */
interface Pending {
  readonly method: Method;
  readonly hear: ((record: never) => void) | undefined;
  resolve(value: never): void;
  reject(error: unknown): void;
}

/** What a link tells its owner: where the run has got to, and, before others hear of it, that the worker is gone. */
export interface LinkOwner {
  progress(progress: Progress): void;
  lost(error: BregmanError): void;
}

/** Calls to a worker and their answers. While none is waited for, the worker does not keep a Node process alive. */
export class WorkerLink {
  readonly #started: Started;
  readonly #pending = new Map<number, Pending>();
  readonly #unlisten: (() => void)[];
  #owner: LinkOwner | undefined;
  #isReady = false;
  #ready: { resolve(): void; reject(error: unknown): void } | undefined;
  #end: BregmanError | undefined;

  private constructor(started: Started) {
    this.#started = started;
    const { endpoint } = started;
    const lost = (event: unknown): void => this.#lose(event);
    this.#unlisten = [
      listen(endpoint, "message", (message) => { if (isOurs(message)) this.#hear(message); }),
      ...["error", "messageerror", "exit"].map((type) => listen(endpoint, type, lost)),
    ];
  }

  /** Starts a worker, or greets one that is there. Throws `worker-unavailable` when nobody answers. */
  static async to(source: WorkerSource): Promise<WorkerLink> {
    const link = new WorkerLink(startWorker(source));
    const timer = setTimeout(() => link.#lose(`no answer within ${longestStartMs / 1000} s`), longestStartMs);
    try {
      await new Promise<void>((resolve, reject) => {
        link.#ready = { resolve, reject };
        link.#send({ bregman: "hello" });
      });
    } finally {
      clearTimeout(timer);
    }
    link.#started.endpoint.unref?.();
    return link;
  }

  set owner(owner: LinkOwner) { this.#owner = owner; }

  /** Calls a method; `hear` gets what comes before its result. Throws what the method threw there. */
  call<Value>(method: Method, input?: unknown, hear?: (record: never) => void): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      if (this.#end) throw this.#end;
      const id = calls++;
      try {
        this.#send({ bregman: "call", id, method, input });
      } catch (error) {
        throw new BregmanError("invalid-option",
          `worker: options have to be plain data to cross to a worker: ${messageOf(error)}`);
      }
      if (this.#pending.size === 0) this.#started.endpoint.ref?.();
      this.#pending.set(id, { method, hear, resolve, reject });
    });
  }

  /** Asks a `run` to end with the iteration that is under way. */
  stop(): void {
    if (!this.#end) this.#send({ bregman: "stop" });
  }

  /** Ends the worker, if it was started here, and rejects what is waited for. Safe twice. */
  close(error: BregmanError): void {
    if (this.#end) return;
    this.#end = error;
    for (const unlisten of this.#unlisten) unlisten();
    this.#started.end();
    this.#started.endpoint.unref?.();
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  #send(question: Question): void {
    this.#started.endpoint.postMessage(question, []);
  }

  #hear(message: { readonly bregman: unknown }): void {
    const answer = readAnswer(message);
    if (!answer) this.#lose("it sent a message of a strange shape");
    else if (answer.bregman === "ready") this.#welcome();
    else this.#settle(answer);
  }

  #welcome(): void {
    this.#isReady = true;
    this.#ready?.resolve();
  }

  #settle(answer: Exclude<Answer, { bregman: "ready" }>): void {
    const pending = this.#pending.get(answer.id);
    if (!pending) return;   // another trainer's, or of a call that was given up
    const { method, hear, resolve, reject } = pending;
    try {
      if (answer.bregman === "value" && !isAnswerTo(method, answer.value)) throw new Error(method);
      if (answer.bregman !== "error" && answer.progress) this.#owner?.progress(answer.progress);
    } catch (error) {
      this.#lose(`it sent what does not fit: ${messageOf(error)}`);
      return;
    }
    if (answer.bregman === "record") {
      try {
        hear?.(answer.value as never);
        return;
      } catch (error) {
        reject(error);
      }
    } else if (answer.bregman === "value") {
      resolve(answer.value as never);
    } else {
      reject(unpackError(answer.value));
    }
    this.#pending.delete(answer.id);
    if (this.#pending.size === 0) this.#started.endpoint.unref?.();
  }

  /** The worker is gone, or does not keep to the rules: what is waited for fails, and all that would come. */
  #lose(event: unknown): void {
    if (this.#end) return;
    (event as Partial<Event>).preventDefault?.();
    const reason = typeof event === "string" ? event
      : typeof event === "number" ? `it ended with exit code ${event}`
      : (event as { message?: string }).message ?? "";
    const error = this.#isReady
      ? new BregmanError("worker-lost", `the worker was lost: ${reason}; go on from a checkpoint in a new trainer`)
      : unavailable(reason);
    this.#owner?.lost(error);
    this.close(error);
    this.#ready?.reject(error);
  }
}
