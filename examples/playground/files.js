import { load } from "bregman";
import { element } from "./dom.js";

/** Hands bytes or text to the browser as a file. */
export function download(name, content, type = "application/octet-stream") {
  const url = URL.createObjectURL(new Blob([content], { type }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The records of all runs as comma-separated values. */
export function historyCsv(runs) {
  const columns = ["step", "episodes", "meanReturn", "meanLength", "stepsPerSecond"];
  const losses = [...new Set(runs.flatMap(({ history }) => history.flatMap((update) => Object.keys(update.losses))))];
  const rows = runs.flatMap(({ algorithm, seed, history }) => history.map((update) =>
    [algorithm, seed, ...columns.map((name) => update[name]), ...losses.map((name) => update.losses[name])]));
  return [["algorithm", "seed", ...columns, ...losses], ...rows].map((row) => row.join(",")).join("\n");
}

/** What a file of the kit holds: { policy }, or { plan } of a checkpoint. Throws for any other file. */
export async function readFile(bytes) {
  const { format, bregman } = metadataOf(bytes);
  if (format === "bregman-checkpoint-1") return { plan: JSON.parse(bregman).plan };
  return { policy: await load(bytes) };
}

/** A safetensors file begins with the length of its JSON header. */
function metadataOf(bytes) {
  try {
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    return JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))).__metadata__ ?? {};
  } catch {
    return {};   // no such file: `load` says so
  }
}
