// What the page uses of @observablehq/plot.

/** A field of each datum by its name, or computed from it. */
type Channel<Datum> = string | ((datum: Datum, index: number) => string | number);

interface MarkOptions<Datum> {
  x?: Channel<Datum>;
  y?: Channel<Datum>;
  y1?: number;
  y2?: number;
  fill?: Channel<Datum>;
  stroke?: Channel<Datum>;
  href?: Channel<Datum>;
  title?: Channel<Datum>;
  text?: Channel<Datum>;
  strokeWidth?: number;
  inset?: number;
  insetTop?: number;
  insetBottom?: number;
  dx?: number;
  dy?: number;
  textAnchor?: "start" | "middle" | "end";
  lineAnchor?: "top" | "middle" | "bottom";
  frameAnchor?: "top" | "middle" | "bottom";
}

interface ScaleOptions<Value> {
  axis?: null;
  label?: string | null;
  domain?: Iterable<Value>;
  tickSize?: number;
  tickFormat?: (value: Value) => string;
}

/** A layer of a chart, of which the page knows nothing more. */
export interface Mark {
  readonly data: unknown;
}

export interface PlotOptions<X = string, Y = number> {
  width?: number;
  height?: number;
  marginTop?: number;
  marginRight?: number;
  marginBottom?: number;
  marginLeft?: number;
  x?: ScaleOptions<X>;
  y?: ScaleOptions<Y>;
  style?: Record<string, string>;
  marks: Mark[];
}

export function plot(options: PlotOptions): HTMLElement | SVGSVGElement;
export function barX<Datum>(data: Datum[], options: MarkOptions<Datum>): Mark;
export function barY<Datum>(data: Datum[], options: MarkOptions<Datum>): Mark;
export function text<Datum>(data: Datum[], options: MarkOptions<Datum>): Mark;
export function ruleY(data: number[]): Mark;
export function stackX<Datum>(options: MarkOptions<Datum>): MarkOptions<Datum>;
