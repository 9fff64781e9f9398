// Made from the API's description by `make docs`.

declare namespace Api {
  interface ActRow {
    at: string;
    who: string;
    act: "load" | "remove" | "rebuild" | "reset" | "correct" | "report" | "key" | "sign-in" | "sign-out" | "forget";
    document: string | null;
    note: string | null;
  }
  interface ActsAnswer {
    query: string;
    parameters: Record<string, unknown>;
    columns: Array<string>;
    rows: Array<ActRow>;
    truncated: boolean;
    total: number | null;
  }
  interface AgenciesAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<AgenciesRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface AgenciesMember_of {
    agency: string;
    agency_id: string;
  }
  interface AgenciesRow {
    place: string | null;
    place_code: string | null;
    agency: string;
    agency_id: string;
    level: string | null;
    kind: string | null;
    functions: Array<string>;
    collective: boolean;
    member_of: Array<AgenciesMember_of>;
    resolved: boolean | null;
  }
  interface AgencyObligationsAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<AgencyObligationsRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface AgencyObligationsDeadlines {
    quote: string;
    kind: "by" | "period" | "recurring" | "within";
    due_on: string | null;
    start_on: string | null;
    every: string | null;
    within: string | null;
    start: number;
    end: number;
    inherited: boolean;
  }
  interface AgencyObligationsRow {
    role: "LEADS" | "PARTICIPATES";
    basis: "clause" | "narrative" | "default";
    modality: "must" | "must not";
    rule: string;
    task_number: string | null;
    task: string | null;
    task_id: string;
    headings: Array<string>;
    document: string | null;
    document_id: string;
    doc_number: string | null;
    year: number | null;
    deadlines: Array<AgencyObligationsDeadlines>;
    clause: string | null;
    quote: string;
    start: number;
    end: number;
    page: number | null;
    mentions: number;
    corrected: string | null;
  }
  interface AgencyWorkloadAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<AgencyWorkloadRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface AgencyWorkloadRow {
    split: "all" | "basis" | "document" | "deadline" | "collective";
    key: string;
    label: string;
    leads: number;
    participates: number;
    tasks: number;
  }
  interface AuditAnswer {
    query: string;
    parameters: Record<string, unknown>;
    columns: Array<string>;
    rows: Array<FindingRow>;
    truncated: boolean;
    total: number;
  }
  interface BoundByCollectivesAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<BoundByCollectivesRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface BoundByCollectivesDeadlines {
    quote: string;
    kind: "by" | "period" | "recurring" | "within";
    due_on: string | null;
    start_on: string | null;
    every: string | null;
    within: string | null;
    start: number;
    end: number;
    inherited: boolean;
  }
  interface BoundByCollectivesRow {
    collective: string;
    collective_id: string;
    role: "LEADS" | "PARTICIPATES";
    basis: "clause" | "narrative" | "default";
    modality: "must" | "must not";
    rule: string;
    task_number: string | null;
    task: string | null;
    task_id: string;
    document: string | null;
    document_id: string;
    doc_number: string | null;
    year: number | null;
    deadlines: Array<BoundByCollectivesDeadlines>;
    clause: string | null;
    quote: string;
    start: number;
    end: number;
    mentions: number;
  }
  interface CascadeAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<CascadeRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface CascadeCitation {
    document_id: string;
    quote: string;
    start: number;
    end: number;
  }
  interface CascadeLeads {
    function: string;
    agency: string;
    agency_id: string;
    basis: string;
    quote: string;
    start: number;
    end: number;
  }
  interface CascadeRow {
    link: "itself" | "same" | "cited";
    level: "nation" | "province" | "city" | "county" | null;
    place: string | null;
    place_code: string | null;
    document: string | null;
    document_id: string;
    loaded: boolean;
    year: number | null;
    task_number: string | null;
    task: string | null;
    task_id: string | null;
    score: number | null;
    leads: Array<CascadeLeads>;
    citation: CascadeCitation | null;
    quote: string | null;
    start: number | null;
    end: number | null;
  }
  interface ChangedAnswer {
    id: string;
    changes: Array<ChangedFact>;
    workloads: Array<ChangedWorkload>;
  }
  interface ChangedFact {
    document_id: string;
    sign: "-" | "+";
    kind: "unit" | "deadline" | "task" | "task_kind" | "issuer" | "principle" | "citation";
    task_id: string | null;
    name: string;
    value: string;
  }
  interface ChangedWorkload {
    agency: string;
    agency_id: string;
    leads: Array<number>;
    participates: Array<number>;
  }
  interface ChangesAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<ChangesRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface ChangesDeadlines {
    quote: string;
    kind: "by" | "period" | "recurring" | "within";
    due_on: string | null;
    start_on: string | null;
    every: string | null;
    within: string | null;
    start: number;
    end: number;
    inherited: boolean;
  }
  interface ChangesFormer_deadlines {
    quote: string;
    kind: "by" | "period" | "recurring" | "within";
    due_on: string | null;
    start_on: string | null;
    every: string | null;
    within: string | null;
    start: number;
    end: number;
    inherited: boolean;
  }
  interface ChangesFormer_leads {
    function: string;
    agency: string;
    agency_id: string;
    basis: string;
    quote: string;
    start: number;
    end: number;
  }
  interface ChangesLeads {
    function: string;
    agency: string;
    agency_id: string;
    basis: string;
    quote: string;
    start: number;
    end: number;
  }
  interface ChangesNearest {
    score: number;
    task_number: string | null;
    task: string | null;
    task_id: string;
    document_id: string;
    quote: string | null;
    start: number;
    end: number;
  }
  interface ChangesRow {
    change: "added" | "dropped" | "moved" | "kept";
    lead_moved: boolean | null;
    date_moved: boolean | null;
    score: number | null;
    task_number: string | null;
    task: string | null;
    task_id: string | null;
    leads: Array<ChangesLeads>;
    deadlines: Array<ChangesDeadlines>;
    quote: string | null;
    start: number | null;
    end: number | null;
    former_task_number: string | null;
    former_task: string | null;
    former_task_id: string | null;
    former_leads: Array<ChangesFormer_leads>;
    former_deadlines: Array<ChangesFormer_deadlines>;
    former_quote: string | null;
    former_start: number | null;
    former_end: number | null;
    nearest: ChangesNearest | null;
    document: string | null;
    document_id: string;
    former_document: string | null;
    former_document_id: string;
  }
  interface CitedDocumentsAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<CitedDocumentsRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface CitedDocumentsCited_by {
    document: string | null;
    document_id: string;
    place: string | null;
    place_code: string | null;
    quote: string;
    start: number;
    end: number;
    page: number | null;
  }
  interface CitedDocumentsRow {
    cited: string | null;
    cited_id: string;
    doc_number: string | null;
    loaded: boolean;
    documents: number;
    places: number;
    cited_by: Array<CitedDocumentsCited_by>;
  }
  interface CitingDocumentsAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<CitingDocumentsRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface CitingDocumentsRow {
    cited: string | null;
    cited_id: string;
    cited_number: string | null;
    loaded: boolean;
    place: string | null;
    place_code: string | null;
    document: string | null;
    document_id: string;
    doc_number: string | null;
    issued_on: string | null;
    task_number: string | null;
    task: string | null;
    task_id: string | null;
    quote: string;
    start: number;
    end: number;
    page: number | null;
  }
  interface CompareFunctionsAgencies {
    agency: string;
    agency_id: string;
  }
  interface CompareFunctionsAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<CompareFunctionsRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface CompareFunctionsDeadlines {
    quote: string;
    due_on: string | null;
    kind: "by" | "period" | "recurring" | "within";
    task: string | null;
    task_id: string;
    start: number;
    end: number;
    inherited: boolean;
  }
  interface CompareFunctionsPartners {
    function: string;
    tasks: number;
    leads: number;
  }
  interface CompareFunctionsRow {
    place: string | null;
    place_code: string | null;
    collective: boolean;
    agencies: Array<CompareFunctionsAgencies>;
    tasks: number;
    leads: number;
    joint_leads: number;
    participates: number;
    documents: number;
    with_deadline: number;
    deadlines: Array<CompareFunctionsDeadlines>;
    partners: Array<CompareFunctionsPartners>;
  }
  interface CompareLeadsAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<CompareLeadsRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface CompareLeadsLeads {
    function: string;
    agency: string;
    agency_id: string;
    basis: string;
    quote: string;
    start: number;
    end: number;
  }
  interface CompareLeadsParticipants {
    function: string;
    agency: string;
    agency_id: string;
    basis: string;
    quote: string;
    start: number;
    end: number;
  }
  interface CompareLeadsRow {
    work: string | null;
    work_id: string;
    places: number;
    differs: boolean | null;
    differs_in: "first" | "list" | null;
    common_leads: Array<string>;
    place: string;
    place_code: string;
    leads: Array<CompareLeadsLeads>;
    participants: Array<CompareLeadsParticipants>;
    score: number | null;
    document: string | null;
    document_id: string;
    task_number: string | null;
    task: string | null;
    task_id: string;
    quote: string | null;
    start: number;
    end: number;
    unplaced: number;
  }
  interface ComparePlacesAgencies {
    agency: string;
    agency_id: string;
  }
  interface ComparePlacesAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<ComparePlacesRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface ComparePlacesRow {
    function: string;
    place: string;
    place_code: string;
    collective: boolean;
    leads: number;
    participates: number;
    tasks: number;
    agencies: Array<ComparePlacesAgencies>;
  }
  interface ComparePrinciplesAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<ComparePrinciplesRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface ComparePrinciplesRow {
    principle: string;
    places: number;
    place: string | null;
    place_code: string | null;
    document: string | null;
    document_id: string;
    principle_id: string;
    quote: string;
    start: number;
    end: number;
  }
  interface Count {
    found: number;
    false: number;
    missed: number;
    precision: number;
    recall: number;
    f1: number;
  }
  interface DeadlineBoardAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<DeadlineBoardRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface DeadlineBoardLeads {
    agency: string;
    agency_id: string;
    basis: string;
    clause: string | null;
    quote: string;
    start: number;
    end: number;
  }
  interface DeadlineBoardParticipants {
    agency: string;
    agency_id: string;
    basis: string;
    clause: string | null;
    quote: string;
    start: number;
    end: number;
  }
  interface DeadlineBoardReports {
    agency: string | null;
    agency_id: string | null;
    state: "not started" | "in progress" | "done" | "on hold" | "done late";
    progress: string | null;
    percent: number | null;
    reported_on: string;
    reported_by: string | null;
    evidence: string | null;
    report_id: string;
  }
  interface DeadlineBoardRow {
    light: "red" | "yellow" | "green" | "done" | "recurring" | "relative";
    due_on: string | null;
    days_left: number | null;
    start_on: string | null;
    kind: "by" | "period" | "recurring" | "within";
    every: string | null;
    within: string | null;
    next_on: string | null;
    times: number;
    occurrences: Array<string>;
    inherited: boolean;
    task_number: string | null;
    task: string | null;
    task_id: string | null;
    leads: Array<DeadlineBoardLeads>;
    participants: Array<DeadlineBoardParticipants>;
    reports: Array<DeadlineBoardReports>;
    place: string | null;
    place_code: string | null;
    document: string | null;
    document_id: string;
    doc_number: string | null;
    review: "unchecked" | "checking" | "checked";
    year: number | null;
    quote: string;
    start: number;
    end: number;
    page: number | null;
    deadline_id: string;
  }
  interface DeadlinesAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<DeadlinesRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface DeadlinesLeads {
    agency: string;
    agency_id: string;
    basis: string;
  }
  interface DeadlinesParticipants {
    agency: string;
    agency_id: string;
    basis: string;
  }
  interface DeadlinesRow {
    due_on: string | null;
    start_on: string | null;
    kind: "by" | "period" | "recurring" | "within";
    every: string | null;
    within: string | null;
    inherited: boolean;
    place: string | null;
    place_code: string | null;
    task_number: string | null;
    task: string | null;
    task_id: string | null;
    leads: Array<DeadlinesLeads>;
    participants: Array<DeadlinesParticipants>;
    document: string | null;
    document_id: string;
    quote: string;
    start: number;
    end: number;
    deadline_id: string;
  }
  interface DecisionRow {
    id: string;
    change: string;
    date: string;
    by: string | null;
    reason: string;
    problem: string | null;
    fields: Record<string, unknown>;
  }
  interface DecisionsAnswer {
    document_id: string;
    document: string | null;
    doc_number: string | null;
    revision: string;
    review: "unchecked" | "checking" | "checked";
    reviewed_by: string | null;
    reviewed_on: string | null;
    review_changes: Array<string>;
    doubtful: number;
    unexplained: number;
    decisions: Array<DecisionRow>;
  }
  interface DocumentFactsAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<DocumentFactsRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface DocumentFactsRow {
    kind: "task" | "lead" | "participation" | "deadline" | "principle" | "citation" | "residue";
    id: string;
    name: string | null;
    role: "LEADS" | "PARTICIPATES" | null;
    basis: "clause" | "narrative" | "default" | null;
    modality: "must" | "must not" | null;
    rule: string | null;
    task_id: string | null;
    task_number: string | null;
    task: string | null;
    task_kind: string | null;
    clause: string | null;
    mentions: number | null;
    due_on: string | null;
    start_on: string | null;
    deadline_kind: string | null;
    every: string | null;
    within: string | null;
    loaded: boolean | null;
    reason: string | null;
    corrected: string | null;
    confirmed: string | null;
    quote: string | null;
    start: number;
    end: number;
    page: number | null;
  }
  interface DocumentTasksAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<DocumentTasksRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface DocumentTasksDeadlines {
    quote: string;
    kind: "by" | "period" | "recurring" | "within";
    due_on: string | null;
    start_on: string | null;
    every: string | null;
    within: string | null;
    start: number;
    end: number;
    inherited: boolean;
  }
  interface DocumentTasksLeads {
    agency: string;
    agency_id: string;
    collective: boolean;
    basis: string;
    modality: "must" | "must not";
    quote: string;
    start: number;
    end: number;
  }
  interface DocumentTasksParticipants {
    agency: string;
    agency_id: string;
    collective: boolean;
    basis: string;
    modality: "must" | "must not";
    quote: string;
    start: number;
    end: number;
  }
  interface DocumentTasksRow {
    task_number: string | null;
    task: string | null;
    task_id: string;
    kind: "task" | "safeguard" | "step" | "general";
    headings: Array<string>;
    leads: Array<DocumentTasksLeads>;
    participants: Array<DocumentTasksParticipants>;
    deadlines: Array<DocumentTasksDeadlines>;
    quote: string | null;
    start: number;
    end: number;
    document: string | null;
    document_id: string;
  }
  interface DocumentsAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<DocumentsRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface DocumentsCites {
    document: string | null;
    doc_number: string | null;
    document_id: string;
    loaded: boolean;
    quote: string;
    start: number;
    end: number;
  }
  interface DocumentsDeadlines {
    quote: string;
    kind: "by" | "period" | "recurring" | "within";
    due_on: string | null;
    start_on: string | null;
    every: string | null;
    within: string | null;
    start: number;
    end: number;
  }
  interface DocumentsRow {
    place: string | null;
    place_code: string | null;
    document: string | null;
    document_id: string;
    doc_number: string | null;
    issuers: Array<string> | null;
    issued_on: string | null;
    published_on: string | null;
    index_number: string | null;
    status: string | null;
    year: number | null;
    tasks: number;
    no_duties: boolean | null;
    deadlines: Array<DocumentsDeadlines>;
    cites: Array<DocumentsCites>;
    review: "unchecked" | "checking" | "checked";
    reviewed_by: string | null;
    reviewed_on: string | null;
    source: string | null;
    source_id: string | null;
    loaded_at: string | null;
  }
  interface FindingRow {
    check: string;
    what: string;
    why: string;
    document: string | null;
    document_id: string | null;
    quote: string | null;
    start: number | null;
    end: number | null;
    do: string;
    entry: Record<string, string> | null;
  }
  interface GapsAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<GapsRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface GapsLeads {
    function: string;
    agency: string;
    agency_id: string;
    basis: string;
    quote: string;
    start: number;
    end: number;
  }
  interface GapsNearest {
    score: number;
    task_number: string | null;
    task: string | null;
    task_id: string;
    document_id: string;
    quote: string | null;
    start: number;
    end: number;
  }
  interface GapsRow {
    task_number: string | null;
    task: string | null;
    task_id: string;
    headings: Array<string>;
    leads: Array<GapsLeads>;
    nearest: GapsNearest | null;
    quote: string | null;
    start: number;
    end: number;
    document: string | null;
    document_id: string;
    counterpart: string | null;
    counterpart_id: string;
  }
  interface GivenDocument {
    id: string;
    title: string;
    tasks: number;
    assignments: number;
    no_duties: boolean;
    unexplained: number;
    unread: Array<PartOfAFile>;
    annexes: Array<PartOfAFile>;
  }
  interface JointLeadsAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<JointLeadsRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface JointLeadsLeads {
    agency: string;
    agency_id: string;
    collective: boolean;
    basis: string;
    quote: string;
    start: number;
    end: number;
  }
  interface JointLeadsRow {
    place: string | null;
    place_code: string | null;
    document: string | null;
    document_id: string;
    doc_number: string | null;
    task_number: string | null;
    task: string | null;
    task_id: string;
    number_of_leads: number;
    leads: Array<JointLeadsLeads>;
  }
  interface LedgerAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<LedgerRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface LedgerDeadlines {
    quote: string;
    kind: "by" | "period" | "recurring" | "within";
    due_on: string | null;
    start_on: string | null;
    every: string | null;
    within: string | null;
    start: number;
    end: number;
    inherited: boolean;
  }
  interface LedgerDocument_deadlines {
    quote: string;
    kind: "by" | "period" | "recurring" | "within";
    due_on: string | null;
    start_on: string | null;
    every: string | null;
    within: string | null;
    start: number;
    end: number;
  }
  interface LedgerLeads {
    agency: string;
    agency_id: string;
    collective: boolean;
    basis: string;
    modality: "must" | "must not";
    clause: string | null;
    quote: string;
    start: number;
    end: number;
  }
  interface LedgerParticipants {
    agency: string;
    agency_id: string;
    collective: boolean;
    basis: string;
    modality: "must" | "must not";
    clause: string | null;
    quote: string;
    start: number;
    end: number;
  }
  interface LedgerReports {
    agency: string | null;
    agency_id: string | null;
    state: "not started" | "in progress" | "done" | "on hold" | "done late";
    progress: string | null;
    percent: number | null;
    reported_on: string;
    reported_by: string | null;
    evidence: string | null;
    report_id: string;
  }
  interface LedgerRow {
    place: string | null;
    place_code: string | null;
    document: string | null;
    document_id: string;
    doc_number: string | null;
    review: "unchecked" | "checking" | "checked";
    task_number: string | null;
    task: string | null;
    task_id: string;
    kind: "task" | "safeguard" | "step" | "general";
    headings: Array<string>;
    leads: Array<LedgerLeads>;
    participants: Array<LedgerParticipants>;
    deadlines: Array<LedgerDeadlines>;
    document_deadlines: Array<LedgerDocument_deadlines>;
    reports: Array<LedgerReports>;
    quote: string | null;
    start: number;
    end: number;
  }
  interface LoadAccount {
    at: string;
    complete: boolean;
    counts: Record<string, number>;
    files: Array<LoadedFile>;
  }
  interface LoadAnswer {
    file: string;
    outcome: "added" | "replaced" | "unchanged" | "same" | "letter" | "removed" | "failed";
    reason: string;
    documents: Array<string>;
    tasks: number;
    assignments: number;
    problems: Array<string>;
    members: Array<LoadAnswer>;
  }
  interface LoadedFile {
    file: string;
    outcome: "added" | "replaced" | "unchanged" | "same" | "letter" | "removed" | "failed" | "skipped";
    reason: string;
    documents: Array<GivenDocument>;
  }
  interface LoadsAnswer {
    loads: Array<LoadAccount>;
  }
  interface NetworkAnswer {
    parameters: Record<string, unknown>;
    revision: string;
    communities: number;
    exact: boolean;
    nodes: Array<NetworkNode>;
    edges: Array<NetworkEdge>;
  }
  interface NetworkEdge {
    one: string;
    one_id: string;
    other: string;
    other_id: string;
    tasks: number;
    both_lead: number;
    one_leads: number;
    other_leads: number;
    both_participate: number;
    documents: number;
    bridge: boolean;
  }
  interface NetworkNode {
    name: string;
    id: string;
    place: string | null;
    degree: number;
    weighted_degree: number;
    betweenness: number;
    community: number;
    articulation: boolean;
  }
  interface NoReportSinceAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<NoReportSinceRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface NoReportSinceRow {
    agency: string;
    agency_id: string;
    role: "LEADS" | "PARTICIPATES";
    task_number: string | null;
    task: string | null;
    task_id: string;
    state: "not started" | "in progress" | "done" | "on hold" | "done late" | null;
    progress: string | null;
    percent: number | null;
    reported_on: string | null;
    place: string | null;
    place_code: string | null;
    document: string | null;
    document_id: string;
    doc_number: string | null;
    clause: string | null;
    quote: string;
    start: number;
    end: number;
  }
  interface ObligationsAcrossPlacesAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<ObligationsAcrossPlacesRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface ObligationsAcrossPlacesDeadlines {
    quote: string;
    kind: "by" | "period" | "recurring" | "within";
    due_on: string | null;
    start_on: string | null;
    every: string | null;
    within: string | null;
    start: number;
    end: number;
    inherited: boolean;
  }
  interface ObligationsAcrossPlacesRow {
    place: string | null;
    place_code: string | null;
    agency: string;
    agency_id: string;
    role: "LEADS" | "PARTICIPATES";
    basis: "clause" | "narrative" | "default";
    modality: "must" | "must not";
    rule: string;
    task_number: string | null;
    task: string | null;
    task_id: string;
    document: string | null;
    document_id: string;
    doc_number: string | null;
    year: number | null;
    deadlines: Array<ObligationsAcrossPlacesDeadlines>;
    clause: string | null;
    quote: string;
    start: number;
    end: number;
    page: number | null;
    mentions: number;
    corrected: string | null;
  }
  interface OverdueAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<OverdueRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface OverdueRow {
    agency: string | null;
    agency_id: string | null;
    whose: "unit" | "collective" | "nobody";
    role: "LEADS" | "PARTICIPATES" | null;
    task_number: string | null;
    task: string | null;
    task_id: string;
    due_on: string;
    days_over: number;
    inherited: boolean;
    state: "not started" | "in progress" | "done" | "on hold" | "done late" | null;
    progress: string | null;
    percent: number | null;
    reported_on: string | null;
    place: string | null;
    place_code: string | null;
    document: string | null;
    document_id: string;
    doc_number: string | null;
    clause: string | null;
    quote: string;
    start: number;
    end: number;
  }
  interface OverviewAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<OverviewRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface OverviewRow {
    documents: number;
    cited: number;
    tasks: number;
    agencies: number;
    collectives: number;
    functions: number;
    places: number;
    leads: number;
    participates: number;
    deadlines: number;
    principles: number;
    loaded_at: string | null;
    first_issued: string | null;
    last_issued: string | null;
  }
  interface Paragraph {
    start: number;
    end: number;
    page?: number | null;
    sheet?: string | null;
    row?: number | null;
    recognised?: boolean | null;
    heading: number | null;
    task: string | null;
    task_starts: boolean;
    segments: Array<Segment>;
  }
  interface PartOfAFile {
    kind: string;
    name: string;
    reason: string | null;
  }
  interface PartnersAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<PartnersRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface PartnersRow {
    partner: string;
    partner_id: string;
    place: string | null;
    place_code: string | null;
    collective: boolean;
    tasks: number;
    both_lead: number;
    agency_leads: number;
    partner_leads: number;
    both_participate: number;
  }
  interface PrinciplesAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<PrinciplesRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface PrinciplesRow {
    place: string | null;
    place_code: string | null;
    document: string | null;
    document_id: string;
    principle_id: string;
    shared_with: Array<PrinciplesShared_with>;
    quote: string;
    start: number;
    end: number;
  }
  interface PrinciplesShared_with {
    place: string | null;
    place_code: string | null;
    document: string | null;
    document_id: string;
  }
  interface ProgressAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<ProgressRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface ProgressByAgencyAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<ProgressByAgencyRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface ProgressByAgencyRow {
    agency: string;
    agency_id: string;
    collective: boolean;
    tasks: number;
    done: number;
    done_late: number;
    in_progress: number;
    on_hold: number;
    not_started: number;
    silent: number;
    overdue: number;
    done_share: number;
  }
  interface ProgressByDocumentAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<ProgressByDocumentRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface ProgressByDocumentRow {
    place: string | null;
    place_code: string | null;
    document: string | null;
    document_id: string;
    doc_number: string | null;
    tasks: number;
    done: number;
    under_way: number;
    silent: number;
    overdue: number;
    done_share: number;
  }
  interface ProgressRow {
    agency: string | null;
    agency_id: string | null;
    state: "not started" | "in progress" | "done" | "on hold" | "done late";
    progress: string | null;
    percent: number | null;
    reported_on: string;
    reported_by: string | null;
    evidence: string | null;
    kept_at: string;
    latest: boolean;
    withdrawn: boolean;
    has_part: boolean;
    withdraws: string | null;
    report_id: string;
    task_number: string | null;
    task: string | null;
    task_id: string;
    place: string | null;
    place_code: string | null;
    document: string | null;
    document_id: string;
    doc_number: string | null;
    quote: string | null;
    start: number;
    end: number;
  }
  interface ReportAnswer {
    report_id: string;
    agency: string | null;
    agency_id: string | null;
    state: "not started" | "in progress" | "done" | "on hold" | "done late";
    reported_on: string;
  }
  interface ResponsibilityEdgesAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<ResponsibilityEdgesRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface ResponsibilityEdgesRow {
    one: string;
    one_id: string;
    one_place: string | null;
    other: string;
    other_id: string;
    other_place: string | null;
    tasks: number;
    both_lead: number;
    one_leads: number;
    other_leads: number;
    both_participate: number;
    documents: number;
  }
  interface ReturnedAnswer {
    kept: number;
    rows: Array<ReturnedRow>;
  }
  interface ReturnedRow {
    outcome: "new" | "conflicting" | "unknown" | "unchanged";
    reason: string | null;
    sheet: string;
    row: number;
    task: string;
    task_id: string | null;
    agency: string | null;
    state: "not started" | "in progress" | "done" | "on hold" | "done late" | null;
    progress: string | null;
    reported_on: string | null;
    evidence: string | null;
    filled: string | null;
    held_state: "not started" | "in progress" | "done" | "on hold" | "done late" | null;
    held_progress: string | null;
    held_on: string | null;
  }
  interface ReviewedShare {
    documents: number;
    checked: number;
  }
  interface SameWorkAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<SameWorkRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface SameWorkLeads {
    function: string;
    agency: string;
    agency_id: string;
    basis: string;
    quote: string;
    start: number;
    end: number;
  }
  interface SameWorkRow {
    work: string | null;
    work_id: string;
    documents: number;
    places: number;
    place: string | null;
    place_code: string | null;
    year: number | null;
    leads: Array<SameWorkLeads>;
    score: number | null;
    document: string | null;
    document_id: string;
    task_number: string | null;
    task: string | null;
    task_id: string;
    quote: string | null;
    start: number;
    end: number;
  }
  interface Scorecard {
    kinds: Record<string, string>;
    sets: Array<ScoredSet>;
  }
  interface ScoredDocument {
    document: string;
    kinds: Record<string, Count>;
  }
  interface ScoredSet {
    title: string;
    documents: Array<ScoredDocument>;
    all: Record<string, Count>;
  }
  interface SearchAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<SearchRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface SearchFacetsAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<SearchFacetsRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface SearchFacetsRow {
    facet: "all" | "kind" | "place" | "year";
    value: string;
    label: string;
    hits: number;
  }
  interface SearchLeads {
    agency: string;
    agency_id: string;
  }
  interface SearchRow {
    kind: "agency" | "place" | "function" | "document" | "task";
    name: string | null;
    id: string;
    place: string | null;
    place_code: string | null;
    number: string | null;
    leads: Array<SearchLeads>;
    tasks: number | null;
    document: string | null;
    document_id: string | null;
    found: "whole" | "name" | "text";
    field: "title" | "text" | "doc_number" | "name" | "short" | "printed" | "pinyin";
    value: string;
    spans: Array<SearchSpans>;
    snippet: string;
    segments: Array<SearchSegments>;
    source: string | null;
    source_id: string | null;
    source_spans: Array<SearchSource_spans>;
    total: number;
  }
  interface SearchSegments {
    text: string;
    match: boolean;
  }
  interface SearchSource_spans {
    start: number;
    end: number;
  }
  interface SearchSpans {
    start: number;
    end: number;
  }
  interface Segment {
    start: number;
    end: number;
    text: string;
    facts: Array<number>;
    clause: boolean;
    doubtful?: boolean | null;
  }
  interface SessionAnswer {
    needed: boolean;
    signed_in: boolean;
    name: string | null;
    unit: string | null;
    collectives: Array<string>;
    may: Array<"read" | "report" | "check" | "load" | "admin">;
  }
  interface SimilarTasksAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<SimilarTasksRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface SimilarTasksRow {
    score: number;
    same: boolean;
    across_places: boolean;
    place: string | null;
    place_code: string | null;
    document: string | null;
    document_id: string;
    task_number: string | null;
    task: string | null;
    task_id: string;
    quote: string | null;
    start: number;
    end: number;
    other_place: string | null;
    other_place_code: string | null;
    other_document: string | null;
    other_document_id: string;
    other_task_number: string | null;
    other_task: string | null;
    other_task_id: string;
    other_quote: string | null;
    other_start: number;
    other_end: number;
  }
  interface StatusAnswer {
    engine: "embedded" | "neo4j";
    upload: boolean;
    rules: string;
    sources: number;
    documents: number;
    cited: number;
    tasks: number;
    assignments: number;
    agencies: number;
    deadlines: number;
    outdated: Array<string>;
    unkept: Array<string>;
    aside: Array<string>;
  }
  interface TaskAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<TaskRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface TaskDeadlines {
    quote: string;
    kind: "by" | "period" | "recurring" | "within";
    due_on: string | null;
    start_on: string | null;
    every: string | null;
    within: string | null;
    rule: string;
    before: string;
    after: string;
    start: number;
    end: number;
    page: number | null;
    corrected: string | null;
    inherited: boolean;
  }
  interface TaskRow {
    task_number: string | null;
    task: string | null;
    task_id: string;
    kind: "task" | "safeguard" | "step" | "general";
    headings: Array<string>;
    units: Array<TaskUnits>;
    deadlines: Array<TaskDeadlines>;
    place: string | null;
    place_code: string | null;
    document: string | null;
    document_id: string;
    doc_number: string | null;
    source: string | null;
    source_id: string | null;
    quote: string | null;
    start: number;
    end: number;
    page: number | null;
    corrected: string | null;
  }
  interface TaskUnits {
    agency: string;
    agency_id: string;
    collective: boolean;
    role: "LEADS" | "PARTICIPATES";
    basis: string;
    modality: "must" | "must not";
    rule: string;
    before: string;
    quote: string;
    after: string;
    start: number;
    end: number;
    page: number | null;
    clause: string | null;
    mentions: number;
    corrected: string | null;
  }
  interface TasksWithoutLeadAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<TasksWithoutLeadRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface TasksWithoutLeadParticipants {
    agency: string;
    agency_id: string;
    basis: string;
    quote: string;
    start: number;
    end: number;
  }
  interface TasksWithoutLeadRow {
    place: string | null;
    place_code: string | null;
    document: string | null;
    document_id: string;
    doc_number: string | null;
    task_number: string | null;
    task: string | null;
    task_id: string;
    kind: "task" | "safeguard" | "step" | "general";
    headings: Array<string>;
    participants: Array<TasksWithoutLeadParticipants>;
    quote: string | null;
    start: number;
    end: number;
  }
  interface TextAnswer {
    document: string | null;
    document_id: string;
    doc_number: string | null;
    place: string | null;
    place_code: string | null;
    issuers: Array<string> | null;
    issued_on: string | null;
    year: number | null;
    source: string;
    source_id: string;
    revision: string;
    review: "unchecked" | "checking" | "checked";
    reviewed_by: string | null;
    reviewed_on: string | null;
    review_changes: Array<string>;
    doubtful: number;
    unexplained: number;
    start: number;
    end: number;
    chars: number;
    paragraphs: Array<Paragraph>;
    facts: Array<TextFact>;
  }
  interface TextFact {
    kind: "task" | "lead" | "participation" | "deadline" | "principle" | "citation" | "residue";
    id: string;
    name: string | null;
    role: "LEADS" | "PARTICIPATES" | null;
    basis: "clause" | "narrative" | "default" | null;
    modality: "must" | "must not" | null;
    rule: string | null;
    task_id: string | null;
    task_number: string | null;
    task: string | null;
    task_kind: string | null;
    clause: string | null;
    mentions: number | null;
    due_on: string | null;
    start_on: string | null;
    deadline_kind: string | null;
    every: string | null;
    within: string | null;
    loaded: boolean | null;
    reason: string | null;
    corrected: string | null;
    confirmed: string | null;
    quote: string | null;
    start: number;
    end: number;
    page: number | null;
    clause_start: number | null;
    clause_end: number | null;
    doubt: "unexplained" | "early" | "unresolved" | "unsure" | "changed" | null;
  }
  interface UniqueTasksAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<UniqueTasksRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface UniqueTasksLeads {
    agency: string;
    agency_id: string;
    basis: string;
    quote: string;
    start: number;
    end: number;
  }
  interface UniqueTasksNearest {
    score: number;
    task: string | null;
    task_id: string;
    place: string | null;
    document: string | null;
    document_id: string;
  }
  interface UniqueTasksRow {
    place: string;
    place_code: string;
    document: string | null;
    document_id: string;
    task_number: string | null;
    task: string | null;
    task_id: string;
    headings: Array<string>;
    leads: Array<UniqueTasksLeads>;
    compared: number;
    nearest: UniqueTasksNearest | null;
    quote: string | null;
    start: number;
    end: number;
  }
  interface WorkloadByMonthAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<WorkloadByMonthRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface WorkloadByMonthRow {
    month: string | null;
    leads: number;
    leads_alone: number;
    leads_jointly: number;
    participates: number;
    tasks: number;
    inherited: number;
    mean: number | null;
    overloaded: boolean;
    collective_tasks: number;
  }
  interface WorkloadByYearAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<WorkloadByYearRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface WorkloadByYearCollectives {
    collective: string;
    collective_id: string;
  }
  interface WorkloadByYearRow {
    split: "all" | "year";
    year: number | null;
    leads: number;
    leads_alone: number;
    leads_jointly: number;
    participates: number;
    tasks: number;
    documents: number;
    collective_leads: number;
    collective_participates: number;
    collective_tasks: number;
    collectives: Array<WorkloadByYearCollectives>;
  }
  interface WorkloadMatrixAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<WorkloadMatrixRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface WorkloadMatrixDocuments {
    document: string | null;
    document_id: string;
    year: number | null;
    leads: number;
    participates: number;
  }
  interface WorkloadMatrixRow {
    place: string | null;
    place_code: string | null;
    agency: string;
    agency_id: string;
    collective: boolean;
    leads: number;
    participates: number;
    tasks: number;
    documents: Array<WorkloadMatrixDocuments>;
  }
  interface WorkloadRankingAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<WorkloadRankingRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface WorkloadRankingRow {
    place: string | null;
    place_code: string | null;
    agency: string;
    agency_id: string;
    collective: boolean;
    leads: number;
    participates: number;
    tasks: number;
    documents: number;
  }
  interface WorkloadShareAnswer {
    query: string;
    parameters: Record<string, unknown>;
    named?: Record<string, string> | null;
    columns: Array<string>;
    rows: Array<WorkloadShareRow>;
    truncated: boolean;
    total: number | null;
    reviewed?: ReviewedShare | null;
  }
  interface WorkloadShareRow {
    split: "all" | "year";
    year: number | null;
    place: string | null;
    place_code: string | null;
    leads: number;
    tasks: number;
    place_tasks: number;
    place_units: number;
    leads_share: number;
    tasks_share: number;
    rank: number;
    place_collective_tasks: number;
  }
  interface Answers {
    "/acts": ActsAnswer;
    "/agencies": AgenciesAnswer;
    "/agencies/{agency}/obligations": AgencyObligationsAnswer;
    "/agencies/{agency}/partners": PartnersAnswer;
    "/agencies/{agency}/workload": AgencyWorkloadAnswer;
    "/agencies/{agency}/workload/by-month": WorkloadByMonthAnswer;
    "/agencies/{agency}/workload/by-year": WorkloadByYearAnswer;
    "/agencies/{agency}/workload/share": WorkloadShareAnswer;
    "/audit": AuditAnswer;
    "/citations": CitedDocumentsAnswer;
    "/citations/by": CitingDocumentsAnswer;
    "/compare": ComparePlacesAnswer;
    "/compare/functions": CompareFunctionsAnswer;
    "/compare/leads": CompareLeadsAnswer;
    "/compare/principles": ComparePrinciplesAnswer;
    "/deadlines": DeadlinesAnswer;
    "/deadlines/board": DeadlineBoardAnswer;
    "/documents": DocumentsAnswer;
    "/documents/{document}/changes": ChangesAnswer;
    "/documents/{document}/decisions": DecisionsAnswer;
    "/documents/{document}/facts": DocumentFactsAnswer;
    "/documents/{document}/gaps": GapsAnswer;
    "/documents/{document}/tasks": DocumentTasksAnswer;
    "/documents/{document}/text": TextAnswer;
    "/ledger": LedgerAnswer;
    "/loads": LoadsAnswer;
    "/network": NetworkAnswer;
    "/network/edges": ResponsibilityEdgesAnswer;
    "/obligations": ObligationsAcrossPlacesAnswer;
    "/obligations/through-collectives": BoundByCollectivesAnswer;
    "/overview": OverviewAnswer;
    "/principles": PrinciplesAnswer;
    "/progress/by-agency": ProgressByAgencyAnswer;
    "/progress/by-document": ProgressByDocumentAnswer;
    "/progress/overdue": OverdueAnswer;
    "/progress/silent": NoReportSinceAnswer;
    "/scorecard": Scorecard;
    "/search": SearchAnswer;
    "/search/facets": SearchFacetsAnswer;
    "/session": SessionAnswer;
    "/status": StatusAnswer;
    "/tasks/joint-leads": JointLeadsAnswer;
    "/tasks/similar": SimilarTasksAnswer;
    "/tasks/unique": UniqueTasksAnswer;
    "/tasks/without-lead": TasksWithoutLeadAnswer;
    "/tasks/{task}": TaskAnswer;
    "/tasks/{task}/cascade": CascadeAnswer;
    "/tasks/{task}/progress": ProgressAnswer;
    "/workload": WorkloadRankingAnswer;
    "/workload/matrix": WorkloadMatrixAnswer;
    "/works": SameWorkAnswer;
  }
}
