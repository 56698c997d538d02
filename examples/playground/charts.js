import uPlot from "uplot";

/** Colour and dashes of the algorithms, in the order in which they were chosen: no two look alike without colour. */
const dashes = [[], [9, 5], [2, 4], [12, 4, 2, 4], [5, 3], [16, 6]];
const colorNames = ["series-1", "series-2", "series-3", "series-4", "series-5", "series-6"];

export function styleOf(index) {
  const color = getComputedStyle(document.documentElement).getPropertyValue(`--${colorNames[index % 6]}`).trim();
  return { color, dash: dashes[index % 6] };
}

/** A short piece of the line with which an algorithm is drawn. */
export function lineSample(index) {
  const { dash } = styleOf(index);
  const sample = document.createElement("span");
  sample.className = "sample";
  sample.innerHTML = `<svg width="34" height="10" aria-hidden="true"><line x1="2" y1="5" x2="32" y2="5"
    stroke="var(--${colorNames[index % 6]})" stroke-width="3" stroke-dasharray="${dash.join(" ")}"/></svg>`;
  return sample;
}

const short = (value) => {
  const size = Math.abs(value);
  if (size >= 1e6) return `${+(value / 1e6).toFixed(1)} M`;
  if (size >= 1e3) return `${+(value / 1e3).toFixed(1)} k`;
  return String(+value.toPrecision(3));
};

/** Curves with intervals over environment steps, redrawn from data; follows the size and the colours of the page. */
export class Chart {
  #plot;
  #shape = "";
  #curves = [];
  #options = {};

  /** `onPoint(step, curves)` is called with the curves' points under the pointer, or with nothing. */
  constructor(host, { onPoint } = {}) {
    this.host = host;
    this.onPoint = onPoint;
    new ResizeObserver(() => this.#plot?.setSize(this.#size())).observe(host);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.#shape = "";
      this.draw(this.#curves, this.#options);
    });
  }

  /** `curves`: { index, label, points: [{ step, mean, halfWidth, low, high }] }; `goal`: a line to reach. */
  draw(curves, { steps, goal }) {
    this.#curves = curves;
    this.#options = { steps, goal };
    const shape = JSON.stringify([curves.map(({ index, label }) => [index, label]), steps, goal]);
    const data = dataOf(curves);
    if (shape === this.#shape) {
      this.#plot.setData(data);
      return;
    }
    this.#shape = shape;
    this.#plot?.destroy();
    this.#plot = new uPlot(this.#layout(), data, this.host);
  }

  #size() {
    return { width: this.host.clientWidth, height: this.host.clientHeight };
  }

  #layout() {
    const { steps, goal } = this.#options;
    const color = (name) => getComputedStyle(this.host).getPropertyValue(`--${name}`).trim();
    const axis = {
      stroke: color("quiet"), font: "12px system-ui, sans-serif",
      grid: { stroke: color("line"), width: 1 }, ticks: { show: false }, values: (_, values) => values.map(short),
    };
    return {
      ...this.#size(),
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      scales: { x: { time: false, range: [0, steps] }, y: { range: () => rangeOf(this.#curves, goal) } },
      axes: [{ ...axis, size: 30, space: 70 }, { ...axis, size: 48, space: 26 }],
      series: [{}, ...this.#curves.flatMap(({ index, label }) => seriesOf(styleOf(index), label))],
      bands: this.#curves.map(({ index }, i) => ({
        series: [3 * i + 2, 3 * i + 1], fill: `${styleOf(index).color}2e`,
      })),
      hooks: {
        draw: goal === undefined ? [] : [(plot) => drawGoal(plot, goal, color("quiet"))],
        setCursor: [({ cursor: { idx } }) => this.#point(idx)],
      },
    };
  }

  #point(at) {
    const step = at === null || at === undefined ? undefined : this.#plot?.data[0][at];
    if (step === undefined) return this.onPoint?.();
    const found = this.#curves.map(({ label, points }) => {
      const before = points.filter((point) => point.step <= step).at(-1);
      return { label, ...before };
    });
    this.onPoint?.(step, found.filter(({ mean }) => mean !== undefined));
  }
}

/** Lower end, upper end, mean: uPlot fills between the first two. */
function seriesOf({ color, dash }, label) {
  const edge = { stroke: "transparent", width: 0, points: { show: false }, spanGaps: true };
  return [edge, edge, {
    label, stroke: color, width: 2.5, dash, spanGaps: true, points: { show: false },
  }];
}

/** All curves on one axis of steps, with gaps where a curve has no point. */
function dataOf(curves) {
  const steps = [...new Set(curves.flatMap(({ points }) => points.map(({ step }) => step)))].sort((a, b) => a - b);
  const columns = curves.flatMap(({ points }) => {
    const at = new Map(points.map((point) => [point.step, point]));
    const column = (valueOf) => steps.map((step) => (at.has(step) ? valueOf(at.get(step)) : undefined));
    return [
      column(({ mean, halfWidth }) => mean - halfWidth), column(({ mean, halfWidth }) => mean + halfWidth),
      column(({ mean }) => mean),
    ];
  });
  return [steps, ...columns];
}

/** The range of the runs themselves: the interval of two or three seeds may be far wider. */
function rangeOf(curves, goal) {
  const points = curves.flatMap((curve) => curve.points);
  if (points.length === 0) return [Math.min(0, goal ?? 0), Math.max(goal ?? 1, 0)];
  const low = Math.min(...points.map((point) => point.low));
  const high = Math.max(...points.map((point) => point.high));
  const top = goal === undefined ? high : Math.max(high, goal);
  const margin = (top - low || Math.abs(top) || 1) * 0.06;
  return [low >= 0 && low - margin < 0 ? 0 : low - margin, top + margin];
}

function drawGoal(plot, goal, color) {
  const { ctx: context, bbox: { left, width } } = plot;
  const y = plot.valToPos(goal, "y", true);
  context.save();
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = devicePixelRatio;
  context.setLineDash([3 * devicePixelRatio, 4 * devicePixelRatio]);
  context.beginPath();
  context.moveTo(left, y);
  context.lineTo(left + width, y);
  context.stroke();
  context.textAlign = "left";
  context.textBaseline = "top";
  context.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
  context.fillText(`solved at ${goal}`, left + 6 * devicePixelRatio, y + 5 * devicePixelRatio);
  context.restore();
}
