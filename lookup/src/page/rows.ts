import type { StoryRow, StoryView } from './model.js';

/** One line of the list: the title of a trace, or a row of the story. */
export type Line =
  | {
      readonly kind: 'trace';
      readonly id: string;
      readonly trace: number;
      readonly open: boolean;
      readonly count: number;
    }
  | {
      readonly kind: 'row';
      readonly id: string;
      /** Index into the story's rows. */
      readonly row: number;
      /** 1 for the title of a trace. */
      readonly level: number;
      /** Undefined where nothing hangs beneath it. */
      readonly open?: boolean;
    };

export interface Choice {
  readonly all: boolean;
  readonly order: 'tree' | 'time';
  readonly closed: ReadonlySet<string>;
  /** The row whose span alone is shown. */
  readonly scope?: string;
  readonly find?: string;
}

/** The rows that are told, each with its parent, before anything is folded up. */
export interface Told {
  /** Indexes into the story's rows, in reading order. */
  readonly rows: readonly number[];
  /** For each row of the story: the told row above it, or -1. */
  readonly parents: Int32Array;
  readonly depths: Int32Array;
  /** Told rows that have something beneath them. */
  readonly hasBeneath: ReadonlySet<number>;
}

export function traceLineId(trace: number): string {
  return `t${trace}`;
}

/** Which rows are told at all, by `all`, the scope and the words. Ancestors of what is told are told too. */
export function tell(view: StoryView, choice: Choice): Told {
  const parents = new Int32Array(view.rows.length).fill(-1);
  const depths = new Int32Array(view.rows.length);
  const inScope: number[] = [];
  const path: number[] = [];
  const scopeRow = choice.scope === undefined ? -1 : view.rows.findIndex((row) => row.id === choice.scope);
  let scopeDepth = -1;
  let trace = -1;
  for (const [index, row] of view.rows.entries()) {
    const depth = choice.all ? row.depth : row.foldedDepth;
    if (row.trace !== trace) {
      trace = row.trace;
      path.length = 0;
      scopeDepth = -1;
    }
    if (index === scopeRow) scopeDepth = row.depth;
    else if (scopeDepth >= 0 && row.depth <= scopeDepth) scopeDepth = -1;
    if (depth === undefined && index !== scopeRow) continue;
    path.length = Math.min(path.length, depth ?? 0);
    const within = scopeRow < 0 || scopeDepth >= 0;
    parents[index] = within && index !== scopeRow ? (path.at(-1) ?? -1) : -1;
    path.push(index);
    if (within) inScope.push(index);
  }
  const rows = choice.find === undefined ? inScope : withAncestors(inScope, parents, matching(view, choice.find));
  const hasBeneath = new Set<number>();
  for (const row of rows) {
    const parent = parents[row] ?? -1;
    depths[row] = parent < 0 ? 0 : (depths[parent] ?? 0) + 1;
    if (parent >= 0) hasBeneath.add(parent);
  }
  return { rows, parents, depths, hasBeneath };
}

/** The lines to show, top to bottom. */
export function linesOf(view: StoryView, told: Told, choice: Choice): Line[] {
  if (choice.order === 'time') {
    const byTime = told.rows.toSorted((a, b) => timeOf(view, a) - timeOf(view, b));
    return byTime.map((row) => ({ kind: 'row', id: idOf(view, row), row, level: 1 }));
  }
  const lines: Line[] = [];
  const counts = new Map<number, number>();
  for (const row of told.rows) {
    const trace = view.rows[row]?.trace ?? 0;
    counts.set(trace, (counts.get(trace) ?? 0) + 1);
  }
  const hidden = new Set<number>();
  let trace = -1;
  for (const index of told.rows) {
    const row = view.rows[index] as StoryRow;
    const traceId = traceLineId(row.trace);
    const isTraceOpen = !choice.closed.has(traceId);
    if (row.trace !== trace) {
      trace = row.trace;
      lines.push({ kind: 'trace', id: traceId, trace, open: isTraceOpen, count: counts.get(trace) ?? 0 });
    }
    const parent = told.parents[index] ?? -1;
    const parentRow = view.rows[parent];
    if (!isTraceOpen || hidden.has(parent) || (parentRow && choice.closed.has(parentRow.id))) {
      hidden.add(index);
      continue;
    }
    const level = (told.depths[index] ?? 0) + 2;
    const open = told.hasBeneath.has(index) ? { open: !choice.closed.has(row.id) } : {};
    lines.push({ kind: 'row', id: row.id, row: index, level, ...open });
  }
  return lines;
}

/** The told rows that are errors, in the order of the lines. */
export function errorRows(view: StoryView, told: Told, order: Choice['order']): number[] {
  const errors = told.rows.filter((row) => view.rows[row]?.mark === 'error');
  return order === 'time' ? errors.sort((a, b) => timeOf(view, a) - timeOf(view, b)) : errors;
}

/** The next error after (or before) a row, from the other end when there is none; -1 where the story has no error. */
export function nextError(view: StoryView, told: Told, order: Choice['order'], at: number, step: 1 | -1): number {
  const errors = errorRows(view, told, order);
  if (errors.length === 0) return -1;
  const place = order === 'time' ? (row: number) => timeOf(view, row) : (row: number) => row;
  const here = at < 0 ? (step > 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : place(at);
  const known = errors.indexOf(at);
  if (known >= 0) return errors[(known + step + errors.length) % errors.length] ?? -1;
  const next = step > 0 ? errors.find((row) => place(row) > here) : errors.findLast((row) => place(row) < here);
  return next ?? (step > 0 ? errors[0] : errors.at(-1)) ?? -1;
}

/** What has to be opened so that a row can be seen: the names of its ancestors and its trace. */
export function namesAbove(view: StoryView, told: Told, row: number): string[] {
  const names = [traceLineId(view.rows[row]?.trace ?? 0)];
  for (let above = told.parents[row] ?? -1; above >= 0; above = told.parents[above] ?? -1) {
    names.push(idOf(view, above));
  }
  return names;
}

function matching(view: StoryView, find: string): (row: number) => boolean {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  return (index) => {
    const row = view.rows[index];
    if (row === undefined) return false;
    const service = view.summary.services[row.service]?.name ?? '';
    const text = `${service} ${row.line.map((segment) => segment.text).join('')} ${row.trouble ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

function withAncestors(rows: readonly number[], parents: Int32Array, matches: (row: number) => boolean): number[] {
  const kept = new Set<number>();
  for (const row of rows) {
    if (!matches(row)) continue;
    for (let above = row; above >= 0 && !kept.has(above); above = parents[above] ?? -1) kept.add(above);
  }
  return rows.filter((row) => kept.has(row));
}

function idOf(view: StoryView, row: number): string {
  return view.rows[row]?.id ?? '';
}

function timeOf(view: StoryView, row: number): number {
  return view.rows[row]?.timeMs ?? 0;
}
