// What the page's modules hand to each other. All of it is global, so that their comments can name it.

/** What stands in the address bar. */
interface Route {
  view: string;
  id: string;
  params: URLSearchParams;
}

/** What an address is filled with: a list is repeated; false, "" and nothing are left out. */
type Given = Record<string, Value | Value[]>;
type Value = string | number | boolean | null | undefined;

/** An answer of the service, on its way or there. */
interface Answered<Body> {
  url: string;
  /** While a new answer is under way, the one before. */
  body: Body | null;
  rows: Rows<Body>;
  truncated: boolean;
  state: "loading" | "ready" | "failed";
  problem?: Trouble;
  again: () => void;
}
type Rows<Body> = Body extends { rows: Array<infer Row> } ? Row[] : never[];

/** What went wrong: a Problem of the service, or of the page itself. */
interface Trouble {
  kind: string;
  message?: string;
  hint?: string;
  candidates?: string[];
}

/** A column of a DataTable: what a row is sorted and filtered by, and what is shown, if that is more. */
interface Column<Row> {
  id: string;
  label: string;
  value: (row: Row) => Value;
  cell?: (row: Row) => unknown;
  /** CSS */
  width?: string;
  /** it stays in sight when the table is scrolled sideways */
  pinned?: boolean;
  /** terms that the label is explained by */
  about?: string[];
  numeric?: boolean;
}

/** A link to choose: value, words, and how much is behind it. */
type Tab = [value: string, words: string, count?: string];
type Option = [value: string, words: string];

/** What a field of a form sends, and a box that was ticked. */
type FieldEvent = Event & { target: HTMLInputElement };
type SelectEvent = Event & { target: HTMLSelectElement };
type FormEvent = SubmitEvent & { target: HTMLFormElement };

type Components = import("preact").ComponentChildren;

/** What GET /queries answers: the catalogue. */
interface Query {
  name: string;
  answers: string;
  notes: string;
  path: string;
  parameters: QueryParameter[];
  columns: QueryColumn[];
  example: string;
}
interface QueryParameter {
  name: string;
  type: string;
  required: boolean;
  default: string | string[] | null;
  describe: string;
}
interface QueryColumn {
  name: string;
  type: string;
}

/** What POST /extract answers of a document, as far as it is shown. */
interface Extracted {
  id: string;
  title: string | null;
  doc_number: string | null;
  issuers: string[];
  place: string | null;
  issued_on: string | null;
  principles: unknown[];
  tasks: Array<{ id: string; number: string; kind: string; title: string | null }>;
  assignments: Mention[];
  deadlines: Array<{
    task: string | null;
    surface: string;
    start: string | null;
    due: string | null;
    every: string | null;
    within: string | null;
  }>;
  citations: unknown[];
}
interface Mention {
  task: string;
  role: string;
  surface: string;
  agency: string;
  name: string;
  basis: string;
}

/** A time limit, as the queries give it. */
interface TimeLimit {
  quote?: string | null;
  due_on?: string | null;
  start_on?: string | null;
  every?: string | null;
  within?: string | null;
}

interface QuotedLimit extends TimeLimit {
  start: number;
  end: number;
  inherited?: boolean;
}

/** What the rows of every query about tasks say of the task. */
interface OfTask {
  task_id: string;
  task: string | null;
  task_number: string | null;
  document_id: string;
  document: string | null;
}
interface NamedUnit {
  agency_id: string;
  agency: string;
  collective?: boolean;
  basis: string;
  quote?: string | null;
  start: number;
}
/** A row that names one unit itself, or one with lists of them. */
type AboutTask =
  | (OfTask & NamedUnit & { role: string })
  | (OfTask & { units?: Array<NamedUnit & { role: string }>; leads?: NamedUnit[]; participants?: NamedUnit[] });

/** Where a task's words stand: at start and end, unless these are of words that name a unit. */
interface TaskPlace {
  document_id: string;
  task?: string | null;
  task_number?: string | null;
  start: number;
  end: number;
  task_start?: number;
  task_end?: number;
}

/** A fact of a drawing: which unit has which role in which task of which document. */
interface Fact extends OfTask, NamedUnit {
  collective: boolean;
  role: string;
}
interface Drawn {
  nodes: GraphNode[];
  edges: GraphEdge[];
}
type NodeKind = "agency" | "collective" | "task" | "document";
interface GraphNode {
  id: string;
  kind: NodeKind;
  /** The id in the base. */
  of: string;
  name: string;
  number?: string | null;
  document?: string;
  start?: number;
}
interface GraphEdge {
  id: string;
  kind: string;
  source: string;
  target: string;
  fact?: Fact;
  pair?: Api.ResponsibilityEdgesRow;
}

declare namespace Api {
  interface Answers {
    "/queries": { rows: Query[]; truncated: boolean };
  }
}
