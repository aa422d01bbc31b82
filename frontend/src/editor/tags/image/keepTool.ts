import type { Editor } from '../../core/editor'
import { type CanvasTool, MOVE_TOOL, PAN_TOOL } from '../../engines/canvas/canvasTool'

const keyOf = (object: string): string => `postil:tool:${object}`

/** Picks the tool that was used last on objects of this name, and remembers what is picked; returns how to end that. */
export function keepTool(editor: Editor, object: string, tools: readonly CanvasTool[]): () => void {
  const isKept = () => editor.settings.get().keepTool
  const known = read(object)
  const isOffered = known === MOVE_TOOL || known === PAN_TOOL || tools.some((tool) => tool.id === known)
  if (isKept() && known && isOffered && !editor.tools.get().has(object))
    editor.tools.update((all) => new Map(all).set(object, known))
  return editor.tools.subscribe(() => {
    const tool = editor.tools.get().get(object)
    if (isKept() && tool) write(object, tool)
  })
}

function read(object: string): string | null {
  try {
    return globalThis.localStorage?.getItem(keyOf(object)) ?? null
  } catch {
    return null
  }
}

function write(object: string, tool: string): void {
  try {
    globalThis.localStorage?.setItem(keyOf(object), tool)
  } catch {
    // Without storage the tool is picked anew for each task.
  }
}
