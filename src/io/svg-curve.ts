/**
 * Learning curves as one standalone SVG: a panel, or a grid of panels, under a title and a legend. The same input gives
 * the same text. The background is transparent, and each curve's name stands in the legend in words.
 */
import type { Interval } from "./curve-statistics.ts";
import {
  drawPanel, escape, fixed, INK, layOut, makeSeries, type Box, type Curve, type PanelLabels, type Series,
} from "./svg-panel.ts";

export type { Curve } from "./svg-panel.ts";

interface Picture {
  readonly title: string;
  /** A smaller line under the title: what was run, and what the shading shows. */
  readonly subtitle?: string;
  readonly interval?: Interval;
  /** Each run is smoothed by a moving mean over this many of its points. 1: not at all. */
  readonly smoothing?: number;
}

export interface CurvePicture extends Picture, Pick<PanelLabels, "xLabel" | "yLabel"> {
  readonly width?: number;
  readonly height?: number;
}

/** Draws the curves in one panel. A curve without a finite point keeps its place in the legend. */
export function curveSvg(curves: readonly Curve[], picture: CurvePicture): string {
  const { width = 800, height = 450, interval = "confidence", smoothing = 1, xLabel, yLabel } = picture;
  const series = curves.map((curve, i) => makeSeries(curve, i, interval, smoothing));
  const top = headerHeight(series, width, picture);
  const frame = layOut(series, { left: 0, top, right: width, bottom: height });
  return svgDocument(width, height, picture, [
    ...header(series, width, frame.left, picture), ...drawPanel(series, frame, { xLabel, yLabel }),
  ]);
}

/** One panel of a grid: its curves are known by their names in all panels. */
export interface GridPanel extends PanelLabels {
  readonly title: string;
  readonly curves: readonly Curve[];
}

export interface GridPicture extends Picture {
  readonly columns?: number;
  readonly panelWidth?: number;
  readonly panelHeight?: number;
}

/** Draws a panel each under one legend; a name has the same ink in every panel. */
export function panelGridSvg(panels: readonly GridPanel[], picture: GridPicture): string {
  const { columns = 2, panelWidth = 480, panelHeight = 300, interval = "confidence", smoothing = 1 } = picture;
  const names = [...new Set(panels.flatMap(({ curves }) => curves.map(({ name }) => name)))];
  const legend = names.map((name, i) => makeSeries({ name, runs: [] }, i, interval, smoothing));
  const width = panelWidth * Math.min(columns, Math.max(1, panels.length));
  const top = headerHeight(legend, width, picture);
  const height = top + panelHeight * Math.ceil(panels.length / columns);
  const drawn = panels.flatMap(({ curves, ...labels }, i) => {
    const series = curves.map((curve) => makeSeries(curve, names.indexOf(curve.name), interval, smoothing));
    const left = panelWidth * (i % columns);
    const bottom = top + panelHeight * (Math.floor(i / columns) + 1);
    const box: Box = { left, top: bottom - panelHeight + 34, right: left + panelWidth, bottom };
    return drawPanel(series, layOut(series, box), labels);
  });
  return svgDocument(width, height, picture, [...header(legend, width, 26, picture), ...drawn]);
}

function svgDocument(width: number, height: number, { title }: Picture, lines: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
      `role="img" font-family="system-ui, 'Segoe UI', Roboto, Arial, sans-serif" font-size="13" fill="${INK}">`,
    `<title>${escape(title)}</title>`,
    ...lines,
    "</svg>",
    "",
  ].join("\n");
}

function legendTop({ subtitle }: Picture): number {
  return subtitle ? 70 : 51;
}

function headerHeight(series: readonly Series[], width: number, picture: Picture): number {
  return legendTop(picture) + 22 * (legendPlaces(series, width - 100).at(-1)?.row ?? 0) + 20;
}

/** Title, subtitle and legend. */
function header(series: readonly Series[], width: number, left: number, picture: Picture): string[] {
  const { title, subtitle } = picture;
  const places = legendPlaces(series, width - 100);
  const top = legendTop(picture);
  return [
    `<text x="${fixed(left)}" y="28" font-size="17" font-weight="600">${escape(title)}</text>`,
    ...(subtitle ? [`<text x="${fixed(left)}" y="48" font-size="12.5">${escape(subtitle)}</text>`] : []),
    ...series.map((each, i) => legendEntry(each, left + places[i]!.x, top + 22 * places[i]!.row)),
  ];
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

function legendEntry({ name, hue, dash }: Series, x: number, y: number): string {
  const stroke = `stroke="${hue}" stroke-width="3" stroke-linecap="round"${dash ? ` stroke-dasharray="${dash}"` : ""}`;
  return `<path d="M${fixed(x + 2)} ${y - 4}h22" ${stroke}/><text x="${fixed(x + 32)}" y="${y}">${escape(name)}</text>`;
}
