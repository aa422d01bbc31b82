import { expect } from 'vitest'
import type { ResultItem } from '../core/document'
import type { Editor } from '../core/editor'
import { clickLabel } from '../core/labeling'
import { Observable } from '../core/observable'
import { type PointerInput, ToolRunner } from '../core/tools'
import { type ChosenTool, workingTool } from '../engines/canvas/canvasTool'
import { Content } from '../engines/canvas/content'
import type { PickedPoints } from '../engines/canvas/pickedPoints'
import type { Point, Size } from '../engines/canvas/plane'
import { selectTool } from '../engines/canvas/selectTool'
import type { BrushSizes, Pixels, Preview, Stage } from '../engines/canvas/stage'
import { CANVAS_FAMILIES, loadCanvas } from '../tags/registry'
import { controlOf, openEditor, type TestTask } from './openEditor'

const PARTS = await loadCanvas(CANVAS_FAMILIES)

interface CanvasTask extends TestTask {
  /** Name of the image; its data are never loaded. */
  readonly image?: string
  readonly media?: Size
  /** The picture, for tools that look at it. */
  readonly pixels?: Pixels
}

type Keys = Partial<Pick<PointerInput<Point>, 'shift' | 'ctrl' | 'alt' | 'clicks' | 'kind' | 'pressure'>>

/**
 * Drives the editor as a person does, without a browser: labels, pointer on a picture, undo.
 *
 * One media pixel is one screen pixel. `new TestEditor({…}).label('box', 'Car').drag([10, 10], [60, 40])`.
 */
export class TestEditor {
  readonly editor: Editor
  readonly content: Content
  readonly sizes = new Observable<BrushSizes>({ brush: 10, eraser: 10 })
  readonly stage: Stage
  /** What is shown while it is made. */
  preview: Preview | null = null
  private runner: ToolRunner<Point>
  private chosen: ChosenTool | null = null
  private toolKey = ''

  constructor({ image = 'image', media = { width: 200, height: 100 }, pixels, ...task }: CanvasTask) {
    this.editor = openEditor(task)
    this.content = new Content(this.editor, image, PARTS.shapes, media)
    this.editor.surroundings.set(image, () => ({
      original_width: media.width,
      original_height: media.height,
      image_rotation: 0,
    }))
    this.editor.store.subscribe((transaction) => {
      for (const [id] of transaction) this.content.update(id)
      this.runner.changed()
    })
    this.stage = this.makeStage(pixels ?? null)
    this.runner = new ToolRunner(selectTool(this.stage))
  }

  /** Clicks a label. */
  label(control: string, word: string): this {
    clickLabel(this.editor, controlOf(this.editor, control), word)
    return this
  }

  pointerDown(x: number, y: number, keys: Keys = {}): this {
    return this.send('pointerDown', x, y, keys)
  }

  pointerMove(x: number, y: number, keys: Keys = {}): this {
    return this.send('pointerMove', x, y, keys)
  }

  pointerUp(x: number, y: number, keys: Keys = {}): this {
    return this.send('pointerUp', x, y, keys)
  }

  /** Presses, moves by way of the middle, and lets go. */
  drag([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number], keys: Keys = {}): this {
    return this.pointerDown(x1, y1, keys)
      .pointerMove((x1 + x2) / 2, (y1 + y2) / 2, keys)
      .pointerMove(x2, y2, keys)
      .pointerUp(x2, y2, keys)
  }

  click(x: number, y: number, keys: Keys = {}): this {
    return this.pointerDown(x, y, keys).pointerUp(x, y, keys)
  }

  /** Presses Escape. */
  escape(): this {
    this.runner.cancel()
    return this
  }

  /** Presses Enter while something is drawn. */
  enter(): this {
    this.runner.finish()
    return this
  }

  /** Picks a tool. */
  tool(id: string): this {
    this.editor.tools.set(new Map([[this.content.object, id]]))
    return this
  }

  /** Name of the tool that works now. */
  get working(): string {
    this.chooseTool()
    return this.chosen?.tool.id ?? 'tool:move'
  }

  undo(): this {
    this.editor.session.history.undo()
    return this
  }

  redo(): this {
    this.editor.session.history.redo()
    return this
  }

  /** Returns the values of the regions' results, rounded. */
  values(): unknown[] {
    return this.editor.session.results().map((item) => roundedValue(item))
  }

  expectRegions(...values: unknown[]): this {
    expect(this.values()).toEqual(values)
    return this
  }

  private send(kind: 'pointerDown' | 'pointerMove' | 'pointerUp', x: number, y: number, keys: Keys): this {
    this.chooseTool()
    this.runner.send(kind, { at: { x, y }, shift: false, ctrl: false, alt: false, clicks: 1, kind: 'mouse', ...keys })
    return this
  }

  private chooseTool(): void {
    const chosen = workingTool(this.editor, this.content.object, PARTS.tools)
    const key = chosen ? `${chosen.tool.id} ${chosen.control.name} ${chosen.isSmart === true}` : ''
    if (key === this.toolKey || !this.runner.leave()) return
    this.toolKey = key
    this.chosen = chosen
    this.runner = new ToolRunner(chosen ? chosen.tool.create(this.stage, chosen.control) : selectTool(this.stage))
  }

  private makeStage(pixels: Pixels | null): Stage {
    const test = this
    return {
      editor: this.editor,
      content: this.content,
      pixel: () => 1,
      sizes: this.sizes,
      setMarquee: () => {},
      setPreview: (preview) => {
        this.preview = preview
      },
      pixels: () => Promise.resolve(pixels),
      onEnd: () => {},
      picked: new Observable<PickedPoints | null>(null),
      get prompts() {
        return test.chosen?.isSmart ? test.editor.suggestions.target : null
      },
    }
  }
}

const roundedValue = (item: ResultItem): unknown =>
  JSON.parse(JSON.stringify(item.value ?? {}), (_, value) =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value,
  )
