/**
 * Learning curves as one standalone SVG: a mean line for each named curve, its interval shaded, axes with round
 * numbers, a legend. The same input gives the same text. The background is transparent and all inks are of medium
 * lightness, so that the picture reads on a white page and on a dark one; the hues are near Okabe and Ito's, told apart
 * without red or green, and each curve's name stands in the legend in words.
 */
import type { CurveBand, CurvePoint, Interval } from "./curve-statistics.ts";
import { bandOf, finitePoints, movingMean } from "./curve-statistics.ts";

/** One curve: an algorithm's name, say, and a list of points for each seed. */
export interface Curve {
  readonly name: string;
  readonly runs: readonly (readonly CurvePoint[])[];
}

export interface CurvePicture {
  readonly title: string;
  /** A smaller line under the title: what was run, and what the shading shows. */
  readonly subtitle?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly interval?: Interval;
  /** Each run is smoothed by a moving mean over this many of its points. 1: not at all. */
  readonly smoothing?: number;
  readonly width?: number;
  readonly height?: number;
}

const HUES = ["#1f84c9", "#e08214", "#1a9a76", "#d55e4c", "#b56fb0", "#56a8d9", "#a08a1c"];
const INK = "#7b828c";
const MOST_POINTS = 400;

interface Series {
  readonly name: string;
  readonly hue: string;
  readonly dash: string;
  readonly band: readonly CurveBand[];
  /** The unsmoothed points of a lone run, drawn faintly behind its mean. */
  readonly raw: readonly CurvePoint[];
}

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly x: (step: number) => number;
  readonly y: (value: number) => number;
}

/** Draws the curves. A curve without a finite point keeps its place in the legend. */
export function curveSvg(curves: readonly Curve[], picture: CurvePicture): string {
  const { width = 800, height = 450, subtitle = "", smoothing = 1, interval = "confidence" } = picture;
  const series = curves.map((curve, i) => makeSeries(curve, i, interval, smoothing));
  const xRange = stepRange(series);
  const yRange = valueRange(series);
  const xTicks = ticks(...xRange, 8);
  const yTicks = ticks(...yRange, 6);
  const legendTop = subtitle ? 70 : 51;
  const labels = legendPlaces(series, width - 100);
  const top = legendTop + 22 * (labels.at(-1)?.row ?? 0) + 20;
  const widestLabel = Math.max(...yTicks.map((tick) => numberLabel(tick).length));
  const frame = makeFrame(width, height, top, xRange, yRange, widestLabel);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
      `role="img" font-family="system-ui, 'Segoe UI', Roboto, Arial, sans-serif" font-size="13" fill="${INK}">`,
    `<title>${escape(picture.title)}</title>`,
    `<text x="${frame.left}" y="28" font-size="17" font-weight="600">${escape(picture.title)}</text>`,
    ...(subtitle ? [`<text x="${frame.left}" y="48" font-size="12.5">${escape(subtitle)}</text>`] : []),
    ...series.map((each, i) => legendEntry(each, frame.left + labels[i]!.x, legendTop + 22 * labels[i]!.row)),
    ...axes(frame, xTicks, yTicks, picture.xLabel ?? "environment steps", picture.yLabel ?? "return"),
    ...series.map((each) => shading(each, frame)),
    ...series.map((each) => rawLine(each, frame)),
    ...series.map((each) => meanLine(each, frame)),
    "</svg>",
    "",
  ].filter((line, i, lines) => line !== "" || i === lines.length - 1).join("\n");
}

function makeSeries({ name, runs }: Curve, index: number, interval: Interval, smoothing: number): Series {
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

/** Where each legend entry goes: as many in a row as fit. */
function legendPlaces(series: readonly Series[], width: number): { x: number; row: number }[] {
  let x = 0;
  let row = 0;
  return series.map(({ name }) => {
    const needed = 46 + 7.4 * name.length;
    if (x > 0 && x + needed > width) {
      x = 0;
      row++;
    }
    x += needed;
    return { x: x - needed, row };
  });
}

type Range = [from: number, to: number];

function makeFrame(
  width: number, height: number, top: number, [x0, x1]: Range, [y0, y1]: Range, widestLabel: number,
): Frame {
  const left = 44 + 7.4 * widestLabel;
  const right = width - 26;
  const bottom = height - 52;
  const x = (step: number) => left + ((right - left) * (step - x0)) / (x1 - x0);
  const y = (value: number) => bottom - ((bottom - top) * (value - y0)) / (y1 - y0);
  return { left, top, right, bottom, x, y };
}

function axes(frame: Frame, xTicks: number[], yTicks: number[], xLabel: string, yLabel: string): string[] {
  const { left, right, top, bottom } = frame;
  const middle = fixed((top + bottom) / 2);
  return [
    `<g stroke="${INK}" stroke-opacity="0.25">`,
    ...yTicks.map((tick) => line(left, frame.y(tick), right, frame.y(tick))),
    "</g>",
    `<g stroke="${INK}" stroke-opacity="0.8">${line(left, bottom, right, bottom)}`,
    ...xTicks.map((tick) => line(frame.x(tick), bottom, frame.x(tick), bottom + 5)),
    "</g>",
    '<g text-anchor="middle">',
    ...xTicks.map((tick) => `<text x="${fixed(frame.x(tick))}" y="${bottom + 20}">${numberLabel(tick)}</text>`),
    `<text x="${fixed((left + right) / 2)}" y="${bottom + 42}">${escape(xLabel)}</text>`,
    `<text transform="translate(18 ${middle}) rotate(-90)">${escape(yLabel)}</text>`,
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

function legendEntry({ name, hue, dash }: Series, x: number, y: number): string {
  const stroke = `stroke="${hue}" stroke-width="3" stroke-linecap="round"${dash ? ` stroke-dasharray="${dash}"` : ""}`;
  return `<path d="M${fixed(x + 2)} ${y - 4}h22" ${stroke}/><text x="${fixed(x + 32)}" y="${y}">${escape(name)}</text>`;
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
function fixed(value: number): string {
  return String(Number(value.toFixed(1)) || 0);
}

/** 1500000 as 1.5M, 25000 as 25k, -0.05 with a true minus sign. */
export function numberLabel(value: number): string {
  const size = Math.abs(value);
  const [scale, unit] = size >= 1e9 ? [1e9, "G"] : size >= 1e6 ? [1e6, "M"] : size >= 1e4 ? [1e3, "k"] : [1, ""];
  return `${value < 0 ? "\u2212" : ""}${Number((size / scale).toPrecision(6))}${unit}`;
}

function escape(text: string): string {
  const forbidden = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
  return text.replace(forbidden, "\ufffd").replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
