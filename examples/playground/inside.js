import { Chart } from "./charts.js";
import { byId, element } from "./dom.js";
import { curveOf } from "./statistics.js";

/** The update's inner quantities, as the records name them; those that a method does not report are not drawn. */
const quantities = [
  ["kl", "KL to the old policy", "How far its steps have moved the policy, on average."],
  ["stepSize", "Step size t", "The divergence to the old policy is weighed by 1/t."],
  ["entropy", "Entropy", "How random the policy still is."],
  ["clipFraction", "Clip fraction", "Share of samples whose ratio left the clip range."],
  ["valueLoss", "Value loss", "The critic's squared error."],
  ["q", "Q value", "What the critic expects, on average."],
  ["temperature", "Temperature", "Weight of the entropy in the return."],
];

/** The mean over seeds; the intervals of so many small curves would hide them. */
const meansOf = (runs, name) =>
  curveOf(runs, ({ losses }) => losses[name] ?? NaN).map((point) => ({ ...point, halfWidth: 0 }));

/** A small chart for each quantity that the runs report. */
export class Inside {
  #charts = new Map();

  reset() {
    this.#charts.clear();
    byId("inside").replaceChildren();
  }

  draw({ settings: { algorithms, steps }, runsOf }) {
    for (const [name, title, about] of quantities) {
      const curves = algorithms
        .map((label, index) => ({ index, label, points: meansOf(runsOf(label), name) }))
        .filter(({ points }) => points.length > 0);
      if (curves.length > 0) this.#chart(name, title, about).draw(curves, { steps });
    }
  }

  #chart(name, title, about) {
    if (!this.#charts.has(name)) {
      const host = element("div", { class: "chart" });
      const order = quantities.findIndex(([each]) => each === name);
      const figure = element("figure", { "data-quantity": name },
        element("figcaption", {}, element("strong", { textContent: title }), element("span", { textContent: about })),
        host);
      figure.style.order = order;
      byId("inside").append(figure);
      this.#charts.set(name, new Chart(host));
    }
    return this.#charts.get(name);
  }
}
