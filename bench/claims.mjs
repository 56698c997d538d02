// `npm run claims`: for each method the smallest honest test of what its paper claims, from the built package.
//
//   --only NAMES    entries as M1,M44 or words of a method's name
//   --json          one JSON line each
//
// A claim that does not hold here says so with its figure; that is a finding, and the exit code stays 0. It is 1 where
// a claim's test itself failed to run.
import { parseArgs } from "node:util";
import { beyondClaims } from "./claims/beyond.mjs";
import { deepClaims } from "./claims/deep.mjs";
import { exactClaims } from "./claims/exact.mjs";
import { gameClaims } from "./claims/games.mjs";
import { parameterClaims } from "./claims/parameters.mjs";

const { values: given } = parseArgs({ options: { only: { type: "string" }, json: { type: "boolean", default: false } } });
const wanted = given.only?.toLowerCase().split(",").map((word) => word.trim());
const all = [...exactClaims, ...gameClaims, ...beyondClaims, ...parameterClaims, ...deepClaims];
const chosen = wanted
  ? all.filter(({ entry, method }) =>
    wanted.some((word) => entry.toLowerCase() === word || method.toLowerCase().includes(word)))
  : all;

let failed = 0;
const rows = [];
for (const { entry, method, claim, run } of chosen) {
  const begin = performance.now();
  let outcome;
  try {
    const { figure, holds } = await run();
    outcome = { figure, holds: holds ? "holds" : "does not hold" };
  } catch (error) {
    failed++;
    outcome = { figure: `failed: ${error.message}`, holds: "-" };
  }
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  rows.push({ entry, method, claim, ...outcome, seconds });
  if (given.json) console.log(JSON.stringify(rows.at(-1)));
  else console.error(`${entry} ${method}: ${outcome.holds} (${outcome.figure}; ${seconds} s)`);
}
if (!given.json) {
  console.log("| entry | method | claim | figure | |\n| --- | --- | --- | --- | --- |");
  for (const { entry, method, claim, figure, holds } of rows) {
    console.log(`| ${[entry, method, claim, figure, holds].map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`);
  }
  const count = (word) => rows.filter(({ holds }) => holds === word).length;
  console.log(`\n${rows.length} claims: ${count("holds")} hold, ${count("does not hold")} do not, ${failed} could not be tested.`);
}
process.exitCode = failed > 0 ? 1 : 0;
