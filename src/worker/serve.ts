import type { EnvironmentArgument, TrainerOptions, UpdateRecord } from "../algorithms/trainer-options.ts";
import { BregmanError } from "../error.ts";
import { createTrainer, type Trainer } from "../index.ts";
import { packError } from "./carry-error.ts";
import { listen, type Endpoint } from "./endpoint.ts";
import { isOurs, type Answer, type Method, type Opening, type Progress, type Question } from "./messages.ts";

/** While a run goes on by itself, weights are sent this often at most: they serve if the worker dies. */
const millisecondsBetweenWeights = 100;

const served = new WeakSet<object>();

/**
 * Trains for whoever is at the other end of `port`, which is what `dist/worker.js` does when it is started as a worker.
 * A worker script of one's own need only import that file:
 *
 *     import "https://.../worker.js";
 *     import { useMujoco } from "https://.../mujoco.js";
 *     useMujoco(() => import("https://.../mujoco/mujoco.js"));
 *
 * and is named to `train(env, { worker: new URL("./my-worker.js", import.meta.url) })`. Any other port is served with
 * `serve(channel.port1)`, its other end handed over as `{ worker: channel.port2 }`. A port has one trainer at a time.
 * Serving it twice is safe, and messages of other kinds are left alone.
 */
export function serve(port: Endpoint): void {
  if (served.has(port)) return;
  served.add(port);
  const session = new Session(port);
  listen(port, "message", (message) => {
    if (isOurs(message)) session.hear(message as Question);
  });
  session.send({ bregman: "ready" });
}

/** Where the records of a run go. */
type Tell = (record: UpdateRecord) => void;

class Session {
  readonly #port: Endpoint;
  #trainer: Trainer | undefined;
  #stopping = false;
  /** The iteration whose weights were sent last, and when. */
  #sent = { iteration: -1, time: 0 };

  constructor(port: Endpoint) {
    this.#port = port;
  }

  send(answer: Answer, transfer: ArrayBuffer[] = []): void {
    this.#port.postMessage(answer, transfer);
  }

  hear(question: Question): void {
    if (question.bregman === "hello") this.send({ bregman: "ready" });
    else if (question.bregman === "stop") this.#stopping = true;
    else if (question.bregman === "call") void this.#answer(question.id, question.method, question.input);
  }

  async #answer(id: number, method: Method, input: unknown): Promise<void> {
    const tell: Tell = (value) => {
      const transfer: ArrayBuffer[] = [];
      const recently = performance.now() - this.#sent.time < millisecondsBetweenWeights;
      this.send({ bregman: "record", id, value, progress: this.#progress(recently ? undefined : transfer)! }, transfer);
    };
    try {
      const value = await this.#do(method, input, tell);
      const transfer = value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : [];
      const progress = this.#progress(transfer);
      this.send({ bregman: "value", id, value, progress }, transfer);
    } catch (error) {
      this.send({ bregman: "error", id, value: packError(error) });
    }
  }

  #do(method: Method, input: unknown, tell: Tell): unknown {
    if (method === "create") return this.#create(input as CreateInput);
    if (method === "dispose") return this.#dispose();
    if (!this.#trainer) throw new BregmanError("disposed", "this trainer was disposed");
    switch (method) {
      case "update": return this.#trainer.update();
      case "advance": return this.#trainer.advance(input as { budgetMs: number });
      case "run": return this.#run(this.#trainer, tell);
      case "checkpoint": return this.#trainer.checkpoint();
      case "stateHash": return this.#trainer.stateHash(input as object);
      default: throw new BregmanError("invalid-option", `a worker knows no call "${String(method)}"`);
    }
  }

  async #create({ environment, options }: CreateInput): Promise<Opening> {
    if (this.#trainer) {
      throw new BregmanError("invalid-state",
        "this worker has a trainer already: dispose of it, or take another worker");
    }
    const trainer = await createTrainer(environment, options);
    this.#trainer = trainer;
    this.#sent = { iteration: -1, time: 0 };
    const { plan, policy: { facts }, device: { kind, description } } = trainer;
    return { facts, plan, device: { kind, description }, summary: trainer.summary() };
  }

  async #run(trainer: Trainer, tell: Tell): Promise<void> {
    this.#stopping = false;
    while (!this.#stopping && !trainer.isDone) tell(await trainer.update());
  }

  #dispose(): void {
    this.#stopping = true;
    this.#trainer?.dispose();
    this.#trainer = undefined;
  }

  /**
   * Where the run has got to. With a list to transfer, the weights that are new go along: nobody acts here, so the
   * worker's own policy may lose them until the next iteration.
   */
  #progress(transfer: ArrayBuffer[] | undefined): Progress | undefined {
    if (!this.#trainer) return undefined;
    const { iteration, seconds, meanReturn, policy: { weights } } = this.#trainer;
    if (!transfer || this.#sent.iteration === iteration) return { iteration, seconds, meanReturn };
    this.#sent = { iteration, time: performance.now() };
    transfer.push(...Object.values(weights).map(({ buffer }: Float32Array) => buffer as ArrayBuffer));
    return { iteration, seconds, meanReturn, weights };
  }
}

interface CreateInput {
  readonly environment: EnvironmentArgument | undefined;
  readonly options: TrainerOptions;
}
