// What the page uses of @tanstack/table-core and @tanstack/virtual-core, as it uses it.

interface TableRow<Row> {
  original: Row;
  getValue(columnId: string): unknown;
}

/** A part of the table that is put together, of which the page knows nothing more. */
type Feature = Record<string, unknown>;

interface Features extends Feature {
  filterFns: Record<string, (row: TableRow<unknown>, columnId: string, value: string[]) => boolean>;
  sortFns: Record<string, (a: TableRow<unknown>, b: TableRow<unknown>, columnId: string) => number>;
}

export interface Sorting {
  id: string;
  desc: boolean;
}

interface Table<Row> {
  setSorting(sorting: Sorting[]): void;
  setColumnFilters(filters: Array<{ id: string; value: string[] }>): void;
  getRowModel(): { rows: Array<TableRow<Row>> };
}

export const coreFeatures: Feature;
export const columnFilteringFeature: Feature;
export const rowSortingFeature: Feature;
export function storeReactivityBindings(): Feature;
export function createCoreRowModel(): Feature;
export function createFilteredRowModel(): Feature;
export function createSortedRowModel(): Feature;
export function tableFeatures(features: Features): Features;
export function constructTable<Row>(options: {
  features: Features;
  data: Row[];
  columns: Array<{ id: string; accessorFn: (row: Row) => unknown; sortFn?: string; filterFn?: string }>;
  initialState: { sorting: Sorting[]; columnFilters: [] };
}): Table<Row>;

/** What a Virtualizer hands to these, and they to it, is its own affair. */
type Observer = (virtualizer: Virtualizer, ...rest: never[]) => unknown;
export const observeWindowOffset: Observer;
export const observeWindowRect: Observer;
export const windowScroll: Observer;

interface VirtualOptions {
  count: number;
  estimateSize: (index: number) => number;
  overscan: number;
  getScrollElement: () => Window;
  scrollMargin: number;
  scrollToFn: Observer;
  observeElementRect: Observer;
  observeElementOffset: Observer;
  initialOffset: () => number;
  initialRect: { width: number; height: number };
  onChange: () => void;
}

export class Virtualizer {
  constructor(options: VirtualOptions);
  setOptions(options: VirtualOptions): void;
  /** Lengths in pixels. */
  getVirtualItems(): Array<{ index: number; start: number; end: number }>;
  getTotalSize(): number;
  measureElement(element: Element): void;
  _didMount(): () => void;
  _willUpdate(): void;
}
