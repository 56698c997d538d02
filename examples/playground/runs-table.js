import { lineSample } from "./charts.js";
import { byId, element, grouped, round } from "./dom.js";

/** One row a run, brought up to date in place. */
export class RunsTable {
  #rows = new Map();

  /** `expected`: the beginnings of the hashes that a link brought, in the order of the runs. */
  show({ runs, settings: { algorithms } }, expected) {
    this.#rows.clear();
    byId("runs").replaceChildren(...runs.map((run, i) => {
      const cell = (label) => element("td", { "data-label": label });
      const cells = {
        steps: cell("Steps"), value: cell("Return"), rate: cell("Steps/s"), device: cell("Device"), hash: cell("Hash"),
      };
      const name = element("th", { scope: "row" }, lineSample(algorithms.indexOf(run.algorithm)), run.label);
      this.#rows.set(run, { cells, expected: expected[i] });
      return element("tr", {}, name, ...Object.values(cells));
    }));
    for (const run of runs) this.update(run);
    byId("reasons").replaceChildren();
  }

  update(run) {
    const { cells, expected } = this.#rows.get(run) ?? {};
    if (!cells) return;
    const { summary, history, state, error } = run;
    const latest = history.at(-1);
    const steps = latest ? grouped(latest.step) : "";
    cells.steps.textContent = state === "done" || state === "training" ? steps : `${steps} ${state}`.trim();
    cells.value.textContent = latest?.meanReturn == null ? "-" : round(latest.meanReturn, 4);
    const rate = summary?.stepsPerSecond ?? latest?.stepsPerSecond;
    cells.rate.textContent = rate ? grouped(rate) : "-";
    const device = summary?.device ?? run.trainer?.device?.kind;
    cells.device.textContent = device ? `${device}${run.place === "worker" ? ", in a worker" : ""}` : "-";
    if (error) cells.hash.textContent = error.message;
    if (!summary) return;
    cells.hash.replaceChildren(element("code", { textContent: summary.parametersHash, tabIndex: 0 }));
    if (expected) {
      const same = summary.parametersHash.startsWith(expected);
      cells.hash.append(element("span", {
        class: same ? "same" : "other",
        textContent: same ? "✓ the same bits as the link's" : "✗ other bits than the link's",
      }));
    }
    this.#reason(`${summary.device}: ${summary.deviceReason}.`);
  }

  #reason(text) {
    const list = byId("reasons");
    if (![...list.children].some(({ textContent }) => textContent === text)) list.append(element("li", {}, text));
  }
}
