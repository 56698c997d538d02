import { list } from "bregman";
import { Chart, lineSample } from "./charts.js";
import { example, importEnvironment } from "./custom-environment.js";
import { byId, element, grouped, round } from "./dom.js";
import { own } from "./environments.js";
import { Experiment } from "./experiment.js";
import { download, historyCsv, readFile } from "./files.js";
import { Form } from "./form.js";
import { Inside } from "./inside.js";
import { fromHash, toHash } from "./link.js";
import { RunsTable } from "./runs-table.js";
import { sceneName, Stage } from "./stage.js";
import { curveOf } from "./statistics.js";

const drawEveryMs = 120;

let experiment;
/** The checked environment of the editor, and the code that gave it. */
let custom;
/** A policy from a file, which the stage can show. */
let loaded;
/** Beginnings of the hashes that a link brought with its settings. */
let expected = [];

byId("code").value = example;
const form = new Form(() => custom?.make);
const stage = new Stage();
const table = new RunsTable();
const inside = new Inside();
const curve = new Chart(byId("curve"), { onPoint: showPoint });

const say = (text) => { byId("status").value = text; };

// ---- Training

byId("setup").addEventListener("submit", (event) => {
  event.preventDefault();
  train().catch((error) => say(error.message));
});

async function train() {
  const settings = form.read();
  if (settings.env === own && !await useOwnEnvironment()) return;
  const asked = JSON.stringify(settings) === expected.settings ? expected.hashes : [];
  begin(new Experiment(settings, environmentOf(settings.env), changed), asked);
}

const environmentOf = (env) => (env === own ? custom?.make : env);

/** Shows and trains an experiment in the place of the one before. */
async function begin(next, hashes = []) {
  experiment?.dispose();
  experiment = next;
  loaded = undefined;
  const { settings, runs } = next;
  history.replaceState(undefined, "", toHash(settings));
  inside.reset();
  table.show(runs, ({ algorithm }) => settings.algorithms.indexOf(algorithm), hashes);
  drawCharts();
  fillWatch();
  showControls();
  say(`Training ${runs.length === 1 ? runs[0].label : `${runs.length} runs`} on ${sceneName(settings.env)}.`);
  if (matchMedia("(max-width: 800px)").matches) byId("stage").scrollIntoView({ block: "start" });
  await next.train();
  if (experiment === next) finished();
}

let nextDraw;
function changed(run) {
  if (!experiment?.runs.includes(run)) return;
  table.update(run);
  byId("progress").value = experiment.progress;
  if (run.state === "training" && run.history.length === 0) showControls();
  nextDraw ??= setTimeout(() => {
    nextDraw = undefined;
    drawCharts();
  }, drawEveryMs);
}

function finished() {
  const { runs, settings } = experiment;
  const failed = runs.find(({ state }) => state === "failed");
  const done = runs.filter(({ state }) => state === "done");
  if (failed) say(`${failed.label} failed: ${failed.error.message}`);
  else if (done.length < runs.length) say("Stopped. What was learned stays in the picture.");
  else {
    const device = new Set(done.map(({ summary }) => summary.device));
    const settled = device.size === 1 ? { ...settings, device: [...device][0] } : settings;
    history.replaceState(undefined, "", toHash(settled, done.map(({ summary }) => summary.parametersHash)));
    say(`Done: ${resultText()}.`);
  }
  byId("progress").value = experiment.progress;
  drawCharts();
  showControls();
}

/** "mdpo returns 487, ppo 500": the mean over seeds at the end. */
function resultText() {
  return experiment.settings.algorithms.map((algorithm, i) => {
    const last = curveOf(runsOf(algorithm), ({ meanReturn }) => meanReturn).at(-1);
    return `${algorithm}${i === 0 ? " returns" : ""} ${last ? round(last.mean) : "nothing yet"}`;
  }).join(", ");
}

const runsOf = (algorithm) => experiment.runs.filter((run) => run.algorithm === algorithm);

// ---- Charts

function drawCharts() {
  if (!experiment) return curve.draw([], { steps: 100_000 });
  const { settings: { algorithms, steps, env } } = experiment;
  const goal = list("envs").find(({ name }) => name === env)?.rewardThreshold ?? undefined;
  const curves = algorithms.map((label, index) => ({
    index, label, points: curveOf(runsOf(label), ({ meanReturn }) => meanReturn),
  }));
  curve.draw(curves, { steps, goal });
  inside.draw(algorithms, runsOf, steps);
  showPoint();
}

/** What stands under the pointer, or the key of the lines with their latest values. */
function showPoint(step, points) {
  if (!experiment) return;
  const { algorithms } = experiment.settings;
  const at = points ?? algorithms.map((label) =>
    ({ label, ...curveOf(runsOf(label), ({ meanReturn }) => meanReturn).at(-1) }));
  byId("readout").replaceChildren(
    ...at.map(({ label, mean, halfWidth }) => {
      const value = mean === undefined ? "" : ` ${round(mean)}${halfWidth > 0 ? ` ± ${round(halfWidth, 2)}` : ""}`;
      return element("span", { class: "key" }, lineSample(algorithms.indexOf(label)), `${label}${value}`);
    }),
    ...step === undefined ? [] : [element("span", {}, `at ${grouped(step)} steps`)]);
}

// ---- Pause, resume, stop

function showControls() {
  const isTraining = experiment !== undefined && !experiment.isOver;
  byId("train").textContent = experiment ? "Train again" : "Train";
  byId("pause").disabled = byId("stop").disabled = !isTraining;
  byId("pause").textContent = experiment?.isPaused && isTraining ? "Resume" : "Pause";
  const hasPolicy = watchedPolicy() !== undefined;
  byId("save-policy").disabled = !hasPolicy;
  byId("save-checkpoint").disabled = watchedRun()?.trainer === undefined;
  byId("save-history").disabled = !experiment;
}

byId("pause").onclick = () => {
  if (experiment.isPaused) experiment.resume();
  else experiment.pause();
  say(experiment.isPaused ? "Paused." : "Training goes on.");
  showControls();
};
byId("stop").onclick = () => experiment.stop();

/** A hidden tab does not train; one that was paused by hand stays so. */
let isHidden = false;
document.addEventListener("visibilitychange", () => {
  if (!experiment || experiment.isOver) return;
  if (document.hidden && !experiment.isPaused) {
    isHidden = true;
    experiment.pause();
    say("Paused while the tab is hidden.");
  } else if (!document.hidden && isHidden) {
    isHidden = false;
    experiment.resume();
    say("Training goes on.");
  }
});

// ---- The picture

const watchedRun = () => experiment?.runs[Number(byId("watch").value)];
const watchedPolicy = () => (byId("watch").value === "loaded" ? loaded : watchedRun()?.policy);

function fillWatch() {
  const options = (experiment?.runs ?? []).map(({ label }, i) => element("option", { value: i, textContent: label }));
  if (loaded) options.unshift(element("option", { value: "loaded", textContent: "the loaded policy" }));
  byId("watch").replaceChildren(...options, element("option", { value: "random", textContent: "random actions" }));
  showScene();
}

/** The stage follows the run that is watched; before there is one, the form. */
function showScene() {
  const env = loaded?.shownIn ?? experiment?.settings.env ?? form.env;
  if (env === own && !custom) return;
  byId("scene").setAttribute("aria-label", `${sceneName(env)}, acted by ${byId("watch").selectedOptions[0].textContent}`);
  stage.show(env, environmentOf(env), watchedPolicy).catch((error) => { byId("score").value = error.message; });
}

byId("watch").onchange = () => {
  showScene();
  showControls();
};
byId("hold").onclick = () => {
  stage.isHeld = !stage.isHeld;
  showHold();
};
function showHold() {
  byId("hold").textContent = stage.isHeld ? "Play" : "Hold";
}
byId("env").addEventListener("change", () => {
  if (experiment && !experiment.isOver) return;
  experiment?.dispose();
  experiment = loaded = undefined;
  fillWatch();
  showControls();
});

// ---- An environment of one's own

byId("check").onclick = async () => {
  if (!await useOwnEnvironment()) return;
  byId("env").value = own;
  byId("env").dispatchEvent(new Event("change", { bubbles: true }));
};
byId("code").addEventListener("input", () => { custom = undefined; });

/** Imports and checks the editor's code; shows the faults where there are some. */
async function useOwnEnvironment() {
  const code = byId("code").value;
  if (custom?.code === code) return true;
  byId("own").open = true;
  const report = byId("check-report");
  try {
    const { make, report: { name, notes } } = await importEnvironment(code);
    custom = { make, code };
    report.replaceChildren(element("p", { class: "same" }, `✓ ${name} keeps the contract.`),
      element("ul", {}, ...notes.map((note) => element("li", { textContent: note }))));
    form.refreshDefaults();
    return true;
  } catch (error) {
    const problems = error.problems ?? [`${error.name}: ${error.message}`];
    report.replaceChildren(element("p", { class: "other" }, `✗ ${problems.length} to mend:`),
      element("ul", {}, ...problems.map((problem) => element("li", { textContent: problem }))));
    say("Your environment does not keep the contract yet; the faults stand below its code.");
    return false;
  }
}

// ---- Files and links

const fileName = (kind) => `${watchedRun()?.label.replace(", seed ", "-") ?? "policy"}.${kind}`;

byId("save-policy").onclick = () => download(fileName("safetensors"), watchedPolicy().save());
byId("save-checkpoint").onclick = async () => {
  try {
    download(fileName("checkpoint.safetensors"), await watchedRun().trainer.checkpoint());
  } catch (error) {
    byId("kept").value = error.message;
  }
};
byId("save-history").onclick = () => download("history.csv", historyCsv(experiment.runs), "text/csv");
byId("copy-link").onclick = async () => {
  const link = experiment ? location.href : new URL(toHash(form.read()), location.href).href;
  history.replaceState(undefined, "", link);
  await navigator.clipboard?.writeText(link).catch(() => {});
  byId("kept").value = "The link stands in the address bar, and on the clipboard where the browser allows it.";
};
byId("load").onchange = async ({ target }) => {
  const [file] = target.files;
  target.value = "";
  try {
    await openFile(new Uint8Array(await file.arrayBuffer()));
    byId("kept").value = `${file.name} was loaded.`;
  } catch (error) {
    byId("kept").value = `${file.name}: ${error.message}`;
  }
};

async function openFile(bytes) {
  const { policy, plan } = await readFile(bytes);
  const name = plan?.environment ?? policy.facts.environment;
  const isOwn = !list("envs").some((entry) => entry.name === name);
  if (isOwn && !await useOwnEnvironment()) throw new Error(`put the code of ${name} into the editor first`);
  const env = isOwn ? own : name;
  if (plan) {
    const settings = {
      ...form.read(), env, algorithms: [plan.algorithm], steps: plan.steps, seeds: 1, seed: plan.seed, envs: plan.envs,
      hyperparameters: {},
    };
    form.write(settings);
    begin(Experiment.resumed(settings, environmentOf(env), bytes, changed)).catch((error) => say(error.message));
    return;
  }
  loaded = Object.assign(policy, { shownIn: env });
  fillWatch();
  showControls();
}

function openLink() {
  const settings = fromHash(location.hash);
  if (!settings) return;
  form.write(settings);
  expected = { hashes: settings.hashes, settings: JSON.stringify(form.read()) };
  if (settings.code !== undefined) {
    byId("own").open = true;
    say("The link brought the code of an environment. Read it before you press Train: it will run in this page.");
  } else {
    say("The link's settings are filled in. Press Train.");
  }
}
addEventListener("hashchange", openLink);

openLink();
drawCharts();
fillWatch();
showControls();
showHold();
