/**
 * One panel of learning curves, as lines of SVG: a mean line for each named curve, its interval shaded, axes with round
 * numbers. All inks are of medium lightness, so that the picture reads on a white page and on a dark one; the hues are
 * near Okabe and Ito's, told apart without red or green.
 */
import type { CurveBand, CurvePoint, Interval } from "./curve-statistics.ts";
import { bandOf, finitePoints, movingMean } from "./curve-statistics.ts";

/** One curve: an algorithm's name, say, and a list of points for each seed. */
export interface Curve {
  readonly name: string;
  readonly runs: readonly (readonly CurvePoint[])[];
  /** Where it is not the picture's. */
  readonly smoothing?: number;
}

export const HUES = ["#1f84c9", "#e08214", "#1a9a76", "#d55e4c", "#b56fb0", "#56a8d9", "#a08a1c"];
export const INK = "#7b828c";
const MOST_POINTS = 400;

/** A curve that is ready to be drawn. */
export interface Series {
  readonly name: string;
  readonly hue: string;
  readonly dash: string;
  readonly band: readonly CurveBand[];
  /** The unsmoothed points of a lone run, drawn faintly behind its mean. */
  readonly raw: readonly CurvePoint[];
}

/** The outer bounds of a panel, axis labels included. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The area between a panel's axes, and where steps and values are in it. */
export interface Frame extends Box {
  readonly box: Box;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  readonly x: (step: number) => number;
  readonly y: (value: number) => number;
}

export interface PanelLabels {
  /** Stands over the panel. */
  readonly title?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
}

/** `index` chooses hue and dash. */
export function makeSeries(curve: Curve, index: number, interval: Interval, pictureSmoothing: number): Series {
  const { name, runs, smoothing = pictureSmoothing } = curve;
  const smooth = runs.map((run) => movingMean(finitePoints(run), smoothing));
  return {
    name,
    hue: HUES[index % HUES.length]!,
    dash: ["", "7 4", "2 3"][Math.floor(index / HUES.length) % 3]!,
    band: bandOf(smooth, interval, MOST_POINTS),
    raw: runs.length === 1 && smoothing > 1 ? bandOf(runs, "none", MOST_POINTS).map(asPoint) : [],
  };
}

function asPoint({ step, mean }: CurveBand): CurvePoint {
  return { step, value: mean };
}

function stepRange(series: readonly Series[]): [number, number] {
  const last = series.map(({ band, raw }) => Math.max(band.at(-1)?.step ?? 0, raw.at(-1)?.step ?? 0));
  return [0, Math.max(0, ...last) || 1];
}

/** The values to be seen with a little room around them; zero is the floor where the values come near it. */
function valueRange(series: readonly Series[]): [number, number] {
  const values = series.flatMap(({ band, raw }) =>
    [...band.flatMap(({ low, high }) => [low, high]), ...raw.map(({ value }) => value)]);
  if (values.length === 0) return [0, 1];
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const room = high > low ? 0.04 * (high - low) : Math.max(1, Math.abs(low) / 10);
  return [low >= 0 && low < 5 * room ? 0 : low - room, high + room];
}

/** At most `count` + 1 round numbers (1, 2 or 5 times a power of ten apart) from `low` to `high`; low < high. */
export function ticks(low: number, high: number, count: number): number[] {
  let unit = 1;
  while (unit * count > high - low) unit /= 10;
  while (unit * 10 * count <= high - low) unit *= 10;
  const step = unit * [1, 2, 5, 10].find((factor) => factor * unit * count >= high - low)!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Places the axes of a panel in its box, so that all of the series can be seen. */
export function layOut(series: readonly Series[], box: Box): Frame {
  const [x0, x1] = stepRange(series);
  const [y0, y1] = valueRange(series);
  const xTicks = ticks(x0, x1, Math.max(2, Math.floor((box.right - box.left) / 100)));
  const yTicks = ticks(y0, y1, Math.max(2, Math.floor((box.bottom - box.top) / 62)));
  const left = box.left + 44 + 7.4 * Math.max(...yTicks.map((tick) => numberLabel(tick).length));
  const { top } = box;
  const right = box.right - 26;
  const bottom = box.bottom - 52;
  const x = (step: number) => left + ((right - left) * (step - x0)) / (x1 - x0);
  const y = (value: number) => bottom - ((bottom - top) * (value - y0)) / (y1 - y0);
  return { box, left, top, right, bottom, xTicks, yTicks, x, y };
}

/** Draws axes and curves as one group of class "panel". */
export function drawPanel(series: readonly Series[], frame: Frame, labels: PanelLabels): string[] {
  const { title, xLabel = "environment steps", yLabel = "return" } = labels;
  const [x, y] = [fixed(frame.left), fixed(frame.top - 14)];
  return [
    '<g class="panel">',
    title === undefined ? "" : `<text x="${x}" y="${y}" font-weight="600">${escape(title)}</text>`,
    ...axes(frame, xLabel, yLabel),
    ...series.map((each) => shading(each, frame)),
    ...series.map((each) => rawLine(each, frame)),
    ...series.map((each) => meanLine(each, frame)),
    "</g>",
  ].filter((each) => each !== "");
}

function axes(frame: Frame, xLabel: string, yLabel: string): string[] {
  const { box, left, right, top, bottom, xTicks, yTicks } = frame;
  const middle = fixed((top + bottom) / 2);
  return [
    `<g stroke="${INK}" stroke-opacity="0.25">`,
    ...yTicks.map((tick) => line(left, frame.y(tick), right, frame.y(tick))),
    "</g>",
    `<g stroke="${INK}" stroke-opacity="0.8">${line(left, bottom, right, bottom)}`,
    ...xTicks.map((tick) => line(frame.x(tick), bottom, frame.x(tick), bottom + 5)),
    "</g>",
    '<g text-anchor="middle">',
    ...xTicks.map((tick) => `<text x="${fixed(frame.x(tick))}" y="${fixed(bottom + 20)}">${numberLabel(tick)}</text>`),
    `<text x="${fixed((left + right) / 2)}" y="${fixed(bottom + 42)}">${escape(xLabel)}</text>`,
    `<text transform="translate(${fixed(box.left + 18)} ${middle}) rotate(-90)">${escape(yLabel)}</text>`,
    "</g>",
    '<g text-anchor="end">',
    ...yTicks.map((tick) =>
      `<text x="${fixed(left - 9)}" y="${fixed(frame.y(tick) + 4.5)}">${numberLabel(tick)}</text>`),
    "</g>",
  ];
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${fixed(x1)}" y1="${fixed(y1)}" x2="${fixed(x2)}" y2="${fixed(y2)}"/>`;
}

function shading({ band, hue }: Series, { x, y }: Frame): string {
  if (band.length < 2 || band.every(({ low, high }) => low === high)) return "";
  const upper = band.map(({ step, high }) => `${fixed(x(step))} ${fixed(y(high))}`);
  const lower = band.map(({ step, low }) => `${fixed(x(step))} ${fixed(y(low))}`).reverse();
  return `<path d="M${[...upper, ...lower].join("L")}Z" fill="${hue}" fill-opacity="0.18"/>`;
}

function rawLine({ raw, hue }: Series, frame: Frame): string {
  return raw.length < 2 ? "" : `<path d="${path(raw, frame)}" fill="none" stroke="${hue}" stroke-opacity="0.3"/>`;
}

function meanLine({ band, hue, dash }: Series, frame: Frame): string {
  const points = band.map(asPoint);
  if (points.length === 1) {
    const { step, value } = points[0]!;
    return `<circle cx="${fixed(frame.x(step))}" cy="${fixed(frame.y(value))}" r="4" fill="${hue}"/>`;
  }
  if (points.length === 0) return "";
  return `<path d="${path(points, frame)}" fill="none" stroke="${hue}" stroke-width="2.2" stroke-linejoin="round" ` +
    `stroke-linecap="round"${dash ? ` stroke-dasharray="${dash}"` : ""}/>`;
}

function path(points: readonly CurvePoint[], { x, y }: Frame): string {
  return `M${points.map(({ step, value }) => `${fixed(x(step))} ${fixed(y(value))}`).join("L")}`;
}

/** Coordinates to a tenth of a pixel, without trailing zeros. */
export function fixed(value: number): string {
  return String(Number(value.toFixed(1)) || 0);
}

/** 1500000 as 1.5M, 25000 as 25k, -0.05 with a true minus sign. */
export function numberLabel(value: number): string {
  const size = Math.abs(value);
  const [scale, unit] = size >= 1e9 ? [1e9, "G"] : size >= 1e6 ? [1e6, "M"] : size >= 1e4 ? [1e3, "k"] : [1, ""];
  return `${value < 0 ? "\u2212" : ""}${Number((size / scale).toPrecision(6))}${unit}`;
}

/** Text that may stand in XML; what XML cannot hold becomes a replacement character. */
export function escape(text: string): string {
  const forbidden = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
  return text.replace(forbidden, "\ufffd").replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
