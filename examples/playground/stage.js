import { drawEnvironment } from "./draw/index.js";
import { byId, grouped } from "./dom.js";
import { openEnvironment, randomAction, rateOf } from "./environments.js";

const mostStepsPerFrame = 4;

/** One environment that is drawn and acted, by a policy that goes on learning, or at random. */
export class Stage {
  #env;
  #name;
  #make;
  #policyOf = () => undefined;
  #result;
  #action;
  #score = 0;
  #length = 0;
  #last;
  #scales = [];
  #owed = 0;
  #time;
  #pause = 0;
  isFailed = false;
  isHeld = matchMedia("(prefers-reduced-motion: reduce)").matches;

  constructor() {
    const frame = (time) => {
      this.#frame(time);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  /** Shows an environment, acted by what `policyOf()` gives at each moment. */
  async show(name, make, policyOf) {
    this.#policyOf = policyOf;
    if (name === this.#name && make === this.#make && this.#env) return;
    const env = await openEnvironment(name, make);
    this.#env?.close?.();
    this.isFailed = false;
    [this.#env, this.#name, this.#make, this.#scales, this.#last] = [env, name, make, [], undefined];
    this.#begin({ seed: Math.floor(Math.random() * 1e6) });
    this.#draw();
  }

  #begin(options) {
    this.#result = this.#env.reset(options);
    [this.#score, this.#length, this.#action] = [0, 0, undefined];
  }

  #frame(time) {
    const elapsed = Math.min(100, time - (this.#time ?? time));
    this.#time = time;
    if (!this.#env || this.isHeld || this.isFailed) return;
    try {
      this.#pause -= elapsed;
      if (this.#pause > 0) return;
      this.#owed = Math.min(mostStepsPerFrame, this.#owed + (elapsed * rateOf(this.#name)) / 1000);
      if (this.#owed < 1) return;
      for (; this.#owed >= 1 && this.#pause <= 0; this.#owed--) this.#step();
      this.#draw();
    } catch (error) {
      this.isFailed = true;
      byId("score").value = `The picture stopped: ${error.message}`;
    }
  }

  #step() {
    const { terminated, truncated } = this.#result;
    if (terminated || truncated) return this.#begin();
    const policy = this.#policyOf();
    const actionMask = this.#result.info?.actionMask;
    this.#action = policy
      ? policy.act(this.#result.observation, { actionMask })
      : randomAction(this.#env.actionSpace, actionMask);
    this.#result = this.#env.step(this.#action);
    this.#score += this.#result.reward;
    this.#length++;
    if (this.#result.terminated || this.#result.truncated) {
      this.#last = this.#score;
      this.#pause = 400;   // a moment to see how it ended
      this.#owed = 0;
    }
  }

  #draw() {
    drawEnvironment(byId("scene"), this.#env, {
      name: this.#name, observation: this.#result.observation, action: this.#action, policy: this.#policyOf(),
      scales: this.#scales,
    });
    const points = (value) => String(+value.toFixed(Math.abs(value) < 10 ? 2 : 0));
    const before = this.#last === undefined ? "" : `; the last episode returned ${points(this.#last)}`;
    const who = this.#policyOf() ? "" : "Acting at random. ";
    byId("score").value = `${who}Return ${points(this.#score)} after ${grouped(this.#length)} steps${before}.`;
  }
}
