import { list } from "bregman";
import { byId, element } from "./dom.js";
import { Editor } from "./editor.js";
import { own } from "./environments.js";
import { Experiment } from "./experiment.js";
import { Form } from "./form.js";
import { settledDefaults } from "./hyperparameters.js";
import { Keep } from "./keep.js";
import { fromHash, toHash } from "./link.js";
import { Results } from "./results.js";
import { Stage } from "./stage.js";

let experiment;
/** A policy from a file, and the environment in which it is shown. */
let loaded;
/** The hashes that a link brought, and the settings that they belong to. */
let expected = {};

const editor = new Editor(() => {
  byId("env").value = own;
  byId("env").dispatchEvent(new Event("change", { bubbles: true }));
});
const form = new Form(() => editor.current?.make);
const results = new Results();
const stage = new Stage();
const keep = new Keep({
  experiment: () => experiment, watchedRun, watchedPolicy, resume, showPolicy,
  link: () => (experiment ? location.href : new URL(toHash(form.read()), location.href).href),
});

const say = (text) => { byId("status").value = text; };
const nameOf = (env) => (env === own ? "your own environment" : env);
const environmentOf = (env) => (env === own ? editor.current : env);

// ---- Training

byId("setup").addEventListener("submit", (event) => {
  event.preventDefault();
  train().catch((error) => say(error.message));
});

async function train() {
  const settings = form.read();
  if (settings.env === own && !await editor.use()) {
    say("Your environment does not keep the contract yet; the faults stand below its code.");
    return;
  }
  const hashes = JSON.stringify(settings) === expected.settings ? expected.hashes : [];
  await begin(new Experiment(settings, environmentOf(settings.env), changed), hashes);
}

/** Shows and trains an experiment in the place of the one before. */
async function begin(next, hashes = []) {
  experiment?.dispose();
  experiment = next;
  loaded = undefined;
  const { settings, runs } = next;
  history.replaceState(undefined, "", toHash(settings));
  results.begin(next, hashes);
  fillWatch();
  showControls();
  say(`Training ${runs.length === 1 ? runs[0].label : `${runs.length} runs`} on ${nameOf(settings.env)}.`);
  if (matchMedia("(max-width: 800px)").matches) byId("stage").scrollIntoView({ block: "start" });
  await next.train();
  if (experiment === next) finished();
}

function changed(run) {
  if (!experiment?.runs.includes(run)) return;
  results.update(run);
  byId("progress").value = experiment.progress;
  if (run.history.length === 0) showControls();
}

function finished() {
  const { runs, settings } = experiment;
  const failed = runs.find(({ state }) => state === "failed");
  if (failed) say(`${failed.label} failed: ${failed.error.message}`);
  else if (runs.some(({ state }) => state !== "done")) say("Stopped. What was learned stays in the picture.");
  else {
    const devices = [...new Set(runs.map(({ summary }) => summary.device))];
    const settled = devices.length === 1 ? { ...settings, device: devices[0] } : settings;
    history.replaceState(undefined, "", toHash(settled, runs.map(({ summary }) => summary.parametersHash)));
    say(`Done: ${results.text()}.`);
  }
  byId("progress").value = experiment.progress;
  results.draw();
  showControls();
}

/** Goes on with the run of a checkpoint, whose settings the form then shows. */
async function resume(plan, bytes) {
  const env = await environmentNamed(plan.environment);
  const { algorithm, steps, seed, envs } = plan;
  const given = typeof environmentOf(env) === "object" ? editor.current.make : env;
  const defaults = await settledDefaults(given, { algorithm, steps, envs });
  const changes = Object.entries(plan.hyperparameters)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults[name]));
  const settings = {
    ...form.read(), env, algorithms: [algorithm], steps, seeds: 1, seed, envs,
    hyperparameters: { [algorithm]: Object.fromEntries(changes) },
  };
  form.write(settings);
  begin(Experiment.resumed(settings, environmentOf(env), bytes, changed)).catch((error) => say(error.message));
}

async function environmentNamed(name) {
  if (list("envs").some((entry) => entry.name === name)) return name;
  if (await editor.use()) return own;
  throw new Error(`put the code of the environment ${name} into the editor, then load the file again`);
}

// ---- Pause, resume, stop

function showControls() {
  const isTraining = experiment !== undefined && !experiment.isOver;
  byId("train").textContent = experiment ? "Train again" : "Train";
  byId("pause").disabled = byId("stop").disabled = !isTraining;
  byId("pause").textContent = isTraining && experiment.isPaused ? "Resume" : "Pause";
  keep.show();
}

byId("pause").onclick = () => {
  if (experiment.isPaused) experiment.resume();
  else experiment.pause();
  say(experiment.isPaused ? "Paused." : "Training goes on.");
  showControls();
};
byId("stop").onclick = () => experiment.stop();

/** A hidden tab does not train; a run that was paused by hand stays so. */
let pausedByHiding = false;
document.addEventListener("visibilitychange", () => {
  if (document.hidden && experiment && !experiment.isOver && !experiment.isPaused) {
    pausedByHiding = true;
    experiment.pause();
    say("Paused while the tab is hidden.");
  } else if (!document.hidden && pausedByHiding) {
    pausedByHiding = false;
    experiment.resume();
    say("Training goes on.");
  }
  showControls();
});

// ---- The picture

function watchedRun() { return experiment?.runs[Number(byId("watch").value)]; }
function watchedPolicy() { return byId("watch").value === "loaded" ? loaded.policy : watchedRun()?.policy; }

async function showPolicy(policy) {
  loaded = { policy, env: await environmentNamed(policy.facts.environment) };
  fillWatch();
  showControls();
}

function fillWatch() {
  const options = (experiment?.runs ?? []).map(({ label }, i) => element("option", { value: i, textContent: label }));
  if (loaded) options.unshift(element("option", { value: "loaded", textContent: "the loaded policy" }));
  byId("watch").replaceChildren(...options, element("option", { value: "random", textContent: "random actions" }));
  showScene();
}

/** The stage follows what is watched; before there is something to watch, the form. */
function showScene() {
  const isLoaded = byId("watch").value === "loaded";
  const env = isLoaded ? loaded.env : experiment?.settings.env ?? form.env;
  if (env === own && !editor.current) return;
  const who = byId("watch").selectedOptions[0].textContent;
  byId("scene").setAttribute("aria-label", `${nameOf(env)}, acted by ${who}`);
  stage.show(env, editor.current?.make, watchedPolicy).catch((error) => { byId("score").value = error.message; });
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

/** Another environment is shown at once, unless one is being trained in. */
byId("env").addEventListener("change", () => {
  if (experiment && !experiment.isOver) return;
  experiment?.dispose();
  experiment = loaded = undefined;
  results.clear(form.read());
  fillWatch();
  showControls();
});

// ---- Links

function openLink() {
  const settings = fromHash(location.hash);
  if (!settings) return;
  form.write(settings);
  expected = { hashes: settings.hashes, settings: JSON.stringify(form.read()) };
  if (settings.code !== undefined) byId("own").open = true;
  say(settings.code === undefined
    ? "The link's settings are filled in. Press Train."
    : "The link brought the code of an environment. Read it before you press Train: it will run in this page.");
}
addEventListener("hashchange", openLink);

openLink();
results.clear(form.read());
fillWatch();
showControls();
showHold();
