import type { Editor } from '../../core/editor'
import { type TagNode, walkTags } from '../../core/taskConfig'

export const PAGE_SIZES = [1, 5, 10, 25, 50, 100] as const

/** Name under which the size of pages is kept in the browser. */
export const SIZE_KEY = 'postil:repeater-pages'

/** Returns the stored size of pages; 1 if there is none that is offered. */
export function readPageSize(stored: string | null): number {
  const size = Number(stored)
  return PAGE_SIZES.find((known) => known === size) ?? 1
}

/** Returns how many pages there are. */
export const pageCount = (node: TagNode, size: number): number => Math.max(1, Math.ceil(node.children.length / size))

/** Returns the copy that holds a tag of this name; -1 if none does. */
export const copyOf = (node: TagNode, name: string): number =>
  node.children.findIndex((copy) => [...walkTags(copy)].some((tag) => tag.attrs.name === name))

/** Returns the copy that somebody has to see: that of the selected region, or of the control without a good answer. */
export function wantedCopy(editor: Editor, node: TagNode): number {
  const problem = editor.problem.get()
  if (problem) return copyOf(node, problem.control)
  const id = editor.selection.only()
  const region = id === null ? undefined : editor.store.region(id)
  return region ? copyOf(node, region.to) : -1
}
