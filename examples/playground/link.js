// A run's settings as the hash of the page's address, and back: what a link needs to reproduce the very run.
//
//     #env=CartPole-v1&algorithms=mdpo,ppo&steps=100000&seeds=1&seed=0&mdpo.innerSteps=20&hashes=1f8b...,03ac...

const numbers = ["steps", "seeds", "seed", "envs"];

/** `hashes` are those of the finished runs, in order, so that who opens the link can compare. */
export function toHash({ env, code, algorithms, device, hyperparameters, ...rest }, hashes = []) {
  const entries = new URLSearchParams({ env, algorithms: algorithms.join(",") });
  for (const name of numbers) if (rest[name] !== undefined) entries.set(name, String(rest[name]));
  if (device !== "auto") entries.set("device", device);
  for (const algorithm of algorithms) {
    for (const [name, value] of Object.entries(hyperparameters[algorithm] ?? {})) {
      entries.set(`${algorithm}.${name}`, JSON.stringify(value));
    }
  }
  if (code !== undefined) entries.set("code", code);
  if (hashes.length > 0) entries.set("hashes", hashes.map((hash) => hash.slice(0, 16)).join(","));
  return `#${entries}`.replaceAll("%2C", ",");
}

/** The settings that a hash names, without those that it does not; undefined for an empty one. */
export function fromHash(hash) {
  const entries = new URLSearchParams(hash.slice(1));
  if (!entries.has("env")) return undefined;
  const listOf = (name) => entries.get(name)?.split(",").filter(Boolean);
  const settings = { env: entries.get("env"), device: entries.get("device") ?? "auto", hyperparameters: {} };
  settings.algorithms = listOf("algorithms") ?? ["mdpo"];
  settings.hashes = listOf("hashes") ?? [];
  if (entries.has("code")) settings.code = entries.get("code");
  for (const name of numbers) {
    const value = Number(entries.get(name));
    if (entries.has(name) && Number.isSafeInteger(value)) settings[name] = value;
  }
  for (const [key, text] of entries) {
    const [algorithm, name] = key.split(".");
    if (name === undefined) continue;
    try {
      (settings.hyperparameters[algorithm] ??= {})[name] = JSON.parse(text);
    } catch {
      continue;   // not written by this page
    }
  }
  return settings;
}
