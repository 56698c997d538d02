/**
 * One panel of learning curves, as lines of SVG: a mean line for each named curve, its interval shaded, axes with round
 * numbers. All inks are of medium lightness, so that the picture reads on a white page and on a dark one; the hues are
 * near Okabe and Ito's, told apart without red or green.
 */
import type { CurveBand, CurvePoint, Interval } from "./curve-statistics.js";
/** One curve: an algorithm's name, say, and a list of points for each seed. */
export interface Curve {
    readonly name: string;
    readonly runs: readonly (readonly CurvePoint[])[];
    /** Where it is not the picture's. */
    readonly smoothing?: number;
}
export declare const HUES: string[];
export declare const INK = "#7b828c";
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
export declare function makeSeries(curve: Curve, index: number, interval: Interval, pictureSmoothing: number): Series;
/** At most `count` + 1 round numbers (1, 2 or 5 times a power of ten apart) from `low` to `high`; low < high. */
export declare function ticks(low: number, high: number, count: number): number[];
/** Places the axes of a panel in its box, so that all of the series can be seen. */
export declare function layOut(series: readonly Series[], box: Box): Frame;
/** Draws axes and curves as one group of class "panel". */
export declare function drawPanel(series: readonly Series[], frame: Frame, labels: PanelLabels): string[];
/** Coordinates to a tenth of a pixel, without trailing zeros. */
export declare function fixed(value: number): string;
/** 1500000 as 1.5M, 25000 as 25k, -0.05 with a true minus sign. */
export declare function numberLabel(value: number): string;
/** Text that may stand in XML; what XML cannot hold becomes a replacement character. */
export declare function escape(text: string): string;
