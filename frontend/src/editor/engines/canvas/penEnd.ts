import type { Editor } from '../../core/editor'
import { type CanvasTool, workingTool } from './canvasTool'
import type { Content } from './content'
import type { Point } from './plane'

const ERASER = 'tool:eraser'

/** The other end of a pen: while it is used the eraser works, then the tool from before does again. */
export class PenEnd {
  /** The tool from before; `null` while the pen is used as a pen. */
  private before: { readonly tool: string | undefined } | null = null

  constructor(
    private readonly editor: Editor,
    private readonly content: Content,
    private readonly tools: readonly CanvasTool[],
  ) {}

  /** Picks the eraser, and the mask at `at` if none is selected; tells whether there is a mask to erase from. */
  begin(at: Point): boolean {
    const { editor, content } = this
    const before = editor.tools.get().get(content.object)
    this.pick(ERASER)
    if (!this.works) {
      const hit = content.hits(at, 0).find((region) => content.shapeOf(region).mask !== undefined)
      if (hit) editor.selection.select([hit.id])
    }
    if (!this.works) {
      this.pick(before)
      return false
    }
    this.before = { tool: before }
    return true
  }

  /** Gives the tool from before back. */
  end(): void {
    if (!this.before) return
    this.pick(this.before.tool)
    this.before = null
  }

  private get works(): boolean {
    return workingTool(this.editor, this.content.object, this.tools)?.tool.size === 'eraser'
  }

  private pick(tool: string | undefined): void {
    const tools = new Map(this.editor.tools.get())
    if (tool === undefined) tools.delete(this.content.object)
    else tools.set(this.content.object, tool)
    this.editor.tools.set(tools)
  }
}
