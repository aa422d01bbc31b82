import type { ReactNode } from 'react'
import type { Selection } from '../selection'

export interface TableColumn<Row> {
  id: string
  title: string
  width: number
  icon?: ReactNode
  isNumeric?: boolean
  sort?: 'ascending' | 'descending'
  render: (row: Row) => ReactNode
}

export interface At {
  x: number
  y: number
}

/** What can be done with the head of a table; each part is left out where it cannot. */
export interface HeadActs<Row> {
  onResize?: (column: string, width: number) => void
  onMove?: (column: string, to: string) => void
  onSort?: (column: string) => void
  menu?: (column: TableColumn<Row>) => ReactNode
}

export interface RowActs<Row> {
  onOpen: (row: Row, index: number) => void
  onSelect: (row: Row, index: number, extend: boolean) => void
  onLook?: (row: Row, index: number) => void
  onMenu?: (row: Row, index: number, at: At) => void
  onCopy?: (row: Row, column: string) => void
}

export interface TableProps<Row> extends RowActs<Row>, HeadActs<Row> {
  label: string
  count: number
  rowHeight: number
  columns: readonly TableColumn<Row>[]
  rowAt: (index: number) => Row | undefined
  idOf: (row: Row) => number
  openId: number | null
  selection: Selection
  /** The row to bring into sight at first, such as the one that is open. */
  startAt?: number
  onShow: (first: number, last: number) => void
  onSelectAll: (isChosen: boolean) => void
}
