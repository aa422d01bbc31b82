import { parse } from 'papaparse'
import type { CellAddress } from './richValue'

/** A table: names of the columns and the cells below them. */
export interface Rows {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Returns the rows of a CSV text. Without a header the columns are called by their number, from 0. */
export function readRows(text: string, separator: string, hasHeader: boolean): Rows {
  const { data } = parse<string[]>(text, { delimiter: separator, skipEmptyLines: true })
  const [first, ...rest] = data
  if (!first) return { columns: [], rows: [] }
  return hasHeader ? { columns: first, rows: rest } : { columns: first.map((_, at) => String(at)), rows: data }
}

/** Returns one cell of the first row; `null` if there is no such column. */
export function readCell(text: string, { column, separator, hasHeader }: CellAddress): string | null {
  const { columns, rows } = readRows(text, separator, hasHeader)
  const named = columns.indexOf(column)
  const at = named >= 0 ? named : /^\d+$/.test(column) ? Number(column) : -1
  return rows[0]?.[at] ?? null
}
