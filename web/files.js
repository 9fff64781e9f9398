// What a list of documents says of each.

import { Document } from "./parts.js";
import { html } from "./vendor/preact.js";
import { day } from "./words.js";

/** @type {Column<Api.DocumentsRow>[]} */
export const FILE = [
  {
    id: "document",
    label: "文件",
    value: (row) => row.document,
    cell: (row) => html`<${Document} id=${row.document_id} title=${row.document} />`,
  },
  { id: "place", label: "地区", width: "7rem", value: (row) => row.place },
  { id: "number", label: "文号", width: "12rem", value: (row) => row.doc_number },
  { id: "issued", label: "成文", width: "8.5rem", value: (row) => row.issued_on, cell: (row) => day(row.issued_on) },
  { id: "tasks", label: "任务", width: "4.5rem", numeric: true, value: (row) => row.tasks },
];
