/** Which rows are chosen: those named, or all but those named. */
export interface Selection {
  readonly all: boolean
  readonly ids: ReadonlySet<number>
}

export const nothing: Selection = { all: false, ids: new Set() }
export const everything: Selection = { all: true, ids: new Set() }

export const isSelected = (selection: Selection, id: number): boolean => selection.all !== selection.ids.has(id)

/** Returns how many of `total` rows are chosen. */
export const countSelected = (selection: Selection, total: number): number =>
  selection.all ? Math.max(0, total - selection.ids.size) : selection.ids.size

/** Returns the selection with rows `ids` chosen or not. */
export const choose = (selection: Selection, ids: readonly number[], isChosen: boolean): Selection => {
  const named = new Set(selection.ids)
  for (const id of ids) {
    if (isChosen === selection.all) named.delete(id)
    else named.add(id)
  }
  return { all: selection.all, ids: named }
}
