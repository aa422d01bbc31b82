import { isList, isObject, type Json, type JsonObject } from '../../core/json'
import { asText } from '../../core/references'
import type { TagNode } from '../../core/taskConfig'
import { type Rows, readRows } from '../csv'

/** How a table is stored: `json`, or `csv` with options joined by `|`. */
export interface TableKind {
  readonly isCsv: boolean
  readonly isUrl: boolean
  readonly separator: string
  readonly hasHeader: boolean
}

/** Reads `valueType`. */
export function tableKind(node: TagNode): TableKind {
  const parts = (node.attrs.valueType ?? 'json').split('|').map((part) => part.trim())
  const separator = parts.find((part) => part.startsWith('separator='))?.slice('separator='.length)
  return {
    isCsv: parts[0] === 'csv',
    isUrl: parts.includes('url'),
    separator: separator || ',',
    hasHeader: !parts.includes('headless'),
  }
}

/** Returns what a table shows: columns of an object are called as `words` say. */
export function tableRows(data: Json, kind: TableKind, words: { name: string; value: string; index: string }): Rows {
  if (kind.isCsv) return readRows(asText(data), kind.separator, kind.hasHeader)
  const value = typeof data === 'string' ? parsed(data) : data
  if (isObject(value)) return { columns: [words.name, words.value], rows: sortedEntries(value) }
  if (!isList(value)) return { columns: [words.value], rows: [[asText(value)]] }
  const objects = value.filter(isObject)
  if (objects.length !== value.length || value.length === 0)
    return { columns: [words.index, words.value], rows: value.map((entry, at) => [String(at), asText(entry)]) }
  const columns = [...new Set(objects.flatMap((row) => Object.keys(row)))]
  return { columns, rows: objects.map((row) => columns.map((column) => asText(row[column]))) }
}

const sortedEntries = (object: JsonObject): string[][] =>
  Object.entries(object)
    .sort(([a], [b]) => a.toLowerCase().localeCompare(b.toLowerCase()))
    .map(([key, value]) => [key, asText(value)])

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}
