/**
 * Learning curves as one standalone SVG: a panel, or a grid of panels, under a title and a legend. The same input gives
 * the same text. The background is transparent, and each curve's name stands in the legend in words.
 */
import type { Interval } from "./curve-statistics.js";
import { type Curve, type PanelLabels } from "./svg-panel.js";
export type { Curve } from "./svg-panel.js";
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
export declare function curveSvg(curves: readonly Curve[], picture: CurvePicture): string;
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
export declare function panelGridSvg(panels: readonly GridPanel[], picture: GridPicture): string;
