// The kit's part of the game, all of it: an opponent that learns in a worker while one plays, and one that comes
// trained, as a file.
import { createTrainer } from "bregman";
import { load } from "bregman/policy";
import { practice } from "./practice.js";
import { observe } from "./sumo-environment.js";

/** An opponent that begins as a novice and practises against the scripted player; `onProgress` hears how it gets on. */
export async function learningOpponent(onProgress, signal) {
  const environment = { module: new URL("sumo-environment.js", import.meta.url) };
  const trainer = await createTrainer(environment, { ...practice, worker: true });
  practise(trainer, onProgress, signal).catch(({ message }) => onProgress({ fault: message }));
  return playWith(trainer.policy);
}

async function practise(trainer, onProgress, signal) {
  for await (const update of trainer) {
    onProgress({ step: update.step, winRate: (update.meanReturn + 1) / 2 });   // a win counts 1, a loss -1
    if (signal.aborted) break;
  }
  trainer.dispose();
}

/** The opponent of a file that `policy.save()` gave. */
export async function trainedOpponent(url) {
  return playWith(await load(url));
}

/** What disc 1 does in a match: [direction, dash]. */
const playWith = (policy) => (match) => policy.act(observe(match, 1), { deterministic: false });
