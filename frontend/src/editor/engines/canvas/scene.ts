import { isRegion, type RegionRecord } from '../../core/document'
import type { Editor } from '../../core/editor'
import { Observable } from '../../core/observable'
import type { Box } from '../../core/regionView'
import { ToolRunner } from '../../core/tools'
import { matrixOf, toScreen } from './camera'
import { type CanvasTool, type ChosenTool, PAN_TOOL, SMART, workingTool } from './canvasTool'
import { Content } from './content'
import { borderAt, handleAt } from './handles'
import { KeyboardPointer } from './keyboardPointer'
import { Layers } from './layers'
import { PenEnd } from './penEnd'
import type { PickedPoints } from './pickedPoints'
import { boundsOf, type Point, type Size } from './plane'
import { listenToPointer, type PointerTarget } from './pointer'
import { readPixels } from './readPixels'
import { selectBelow, selectTool } from './selectTool'
import type { ShapeTypes } from './shape'
import type { BrushSizes, Pixels, Preview, Stage } from './stage'
import { resumeUnfinished } from './steps'
import { Viewport, type ViewportOptions } from './viewport'

export interface SceneOptions extends ViewportOptions {
  readonly editor: Editor
  readonly object: string
  readonly media: Size
  readonly shapes: ShapeTypes
  readonly tools: readonly CanvasTool[]
  readonly sizes: Observable<BrushSizes>
  /** The element under the canvases that shows the picture; it is moved with the camera. */
  readonly picture: HTMLImageElement
  readonly hasCrosshair: boolean
  readonly showsLabels: boolean
  readonly mayZoom: boolean
}

const QUIET_MS = 70

/** A picture with its regions: hands pointer and keys to the tool that works, and says when something must be drawn. */
export class Scene implements PointerTarget {
  readonly viewport: Viewport
  readonly content: Content
  readonly stage: Stage
  private readonly layers: Layers
  private readonly ends: (() => void)[] = []
  private runner!: ToolRunner<Point>
  private chosen: ChosenTool | null = null
  private toolKey = ''
  private marquee: readonly [Point, Point] | null = null
  private preview: Preview | null = null
  private pointer: Point | null = null
  /** Points and presses by keys. */
  readonly keyboard: KeyboardPointer
  readonly penEnd: PenEnd
  private pixels: Promise<Pixels | null> | null = null
  private waiting = 0
  private quiet: ReturnType<typeof setTimeout> | undefined
  private needsStill = true

  constructor(
    private readonly root: HTMLElement,
    private readonly options: SceneOptions,
  ) {
    const { editor, object, media, shapes } = options
    this.viewport = new Viewport(media, options)
    this.content = new Content(editor, object, shapes, media)
    this.content.onMask = () => this.redrawAll(false)
    this.stage = this.makeStage()
    this.penEnd = new PenEnd(editor, this.content, options.tools)
    this.keyboard = new KeyboardPointer({
      viewport: this.viewport,
      pointer: () => this.pointer,
      isDrawing: () => this.runner.current.wantsAll === true,
      send: (kind, input) => {
        this.runner.send(kind, input)
        this.settle()
      },
    })
    this.layers = new Layers({
      editor,
      content: this.content,
      viewport: this.viewport,
      stage: this.stage,
      hasCrosshair: options.hasCrosshair,
      showsLabels: () => options.showsLabels || editor.settings.get().showRegionLabels,
    })
    root.append(this.layers.still.element, this.layers.lively.element)
    this.chooseTool()
    this.listen()
    this.resize()
  }

  /** Releases everything. */
  destroy(): void {
    for (const end of this.ends) end()
    cancelAnimationFrame(this.waiting)
    clearTimeout(this.quiet)
    this.layers.still.release()
    this.layers.lively.release()
  }

  /** Whether something is being drawn. */
  get isDrawing(): boolean {
    return this.runner.isBusy
  }

  /** Whether keys move a pointer of their own: a drawing tool works and the picture has the focus. */
  get takesKeys(): boolean {
    return this.chosen !== null && document.activeElement === this.root
  }

  /** The tool that works now; `null` is the move tool. */
  get tool(): CanvasTool | null {
    return this.chosen?.tool ?? null
  }

  /** Ends what is being drawn; tells whether there was something. */
  cancelDrawing(): boolean {
    const did = this.runner.cancel()
    this.keyboard.release()
    this.settle()
    return did
  }

  /** Finishes what is being drawn, as a polygon; else presses where the keyboard points. */
  finishDrawing(): void {
    if (this.runner.finish()) this.settle()
    else this.keyboard.press()
  }

  /** Selects the next region under the pointer. */
  cycleUnderPointer(): boolean {
    return this.pointer !== null && selectBelow(this.stage, this.viewport.toMedia(this.pointer))
  }

  /** Returns the part of the window that the picture is seen in. */
  frame(): DOMRect {
    return this.root.getBoundingClientRect()
  }

  /** Returns the box of a region in the window's pixels; none if it is not shown. */
  boundsOf(region: RegionRecord): Box[] {
    const shown = region.to === this.content.object ? this.content.region(region.id) : null
    return shown ? [this.boxOf(shown)] : []
  }

  /** Returns the box in the window's pixels of something that looks like a region. */
  boxOf(region: RegionRecord): Box {
    const { left, top } = this.frame()
    const { matrix } = this.viewport
    const box = boundsOf(this.content.outline(region).map((point) => toScreen(matrix, point)))
    return { left: left + box.minX, top: top + box.minY, width: box.maxX - box.minX, height: box.maxY - box.minY }
  }

  pans(event: PointerEvent): boolean {
    if (event.button === 1) return true
    if (this.options.editor.tools.get().get(this.content.object) === PAN_TOOL) return true
    return event.shiftKey && !this.usesShift(event)
  }

  send(...[kind, input]: Parameters<PointerTarget['send']>): void {
    if (!this.keyboard.isPressing) this.keyboard.at.set(null)
    this.runner.send(kind, input)
    if (kind !== 'pointerMove') this.settle()
    else this.request()
  }

  cancel(): void {
    this.cancelDrawing()
  }

  hover(at: Point | null): void {
    this.pointer = at
    const { editor } = this.options
    if (!this.runner.isBusy) {
      const hit = at && !this.chosen ? this.content.hit(this.viewport.toMedia(at), this.pixel() * 4) : null
      const before = editor.hovered.get()
      if (hit || (before !== null && this.content.region(before))) editor.hovered.set(hit?.id ?? null)
      this.root.style.cursor = this.cursorAt(at, hit !== null)
      this.request()
    }
    if (this.options.hasCrosshair || this.chosen?.tool.size) this.request()
  }

  get mayZoom(): boolean {
    return this.options.mayZoom
  }

  get isZoomInverted(): boolean {
    return this.options.editor.settings.get().invertZoom
  }

  get wantsAll(): boolean {
    return this.runner.current.wantsAll === true
  }

  /** Shift belongs to tools and shapes whose points it edits. */
  private usesShift(event: PointerEvent): boolean {
    if (this.chosen) return this.chosen.tool.usesShift === true
    const id = this.options.editor.selection.only()
    const region = id === null ? null : this.content.region(id)
    if (!region || !this.content.shapeOf(region).usesShift) return false
    const box = this.root.getBoundingClientRect()
    const at = this.viewport.toMedia({ x: event.clientX - box.left, y: event.clientY - box.top })
    return handleAt(this.stage, at) !== null || borderAt(this.stage, at, { shift: true, alt: event.altKey }) !== null
  }

  private pixel(): number {
    return 1 / this.viewport.camera.get().scale
  }

  private cursorAt(at: Point | null, isOverRegion: boolean): string {
    if (this.options.editor.tools.get().get(this.content.object) === PAN_TOOL) return 'grab'
    if (this.options.editor.linkingFrom.get() !== null) return 'alias'
    if (this.chosen) return this.runner.current.cursor ?? 'crosshair'
    const place = at && this.viewport.toMedia(at)
    const handle = place ? handleAt(this.stage, place) : null
    return handle?.handle.cursor ?? (isOverRegion ? 'pointer' : 'default')
  }

  private makeStage(): Stage {
    const { editor, sizes, picture } = this.options
    const scene = this
    return {
      editor,
      content: this.content,
      pixel: () => this.pixel(),
      sizes,
      setMarquee: (marquee) => {
        this.marquee = marquee
        this.request()
      },
      setPreview: (preview) => {
        this.preview = preview
        if (preview?.standsFor) this.layers.changed(preview.standsFor, this.content.region(preview.standsFor))
        this.request()
      },
      pixels: () => {
        this.pixels ??= readPixels(picture)
        return this.pixels
      },
      onEnd: (end) => this.ends.push(end),
      picked: new Observable<PickedPoints | null>(null),
      get prompts() {
        return scene.chosen?.isSmart ? editor.suggestions.target : null
      },
    }
  }

  private chooseTool(): void {
    const { editor, tools } = this.options
    const chosen = workingTool(editor, this.content.object, tools)
    const key = chosen ? `${chosen.isSmart ? SMART : ''}${chosen.tool.id} ${chosen.control.name}` : 'move'
    if (key === this.toolKey || (this.runner && !this.runner.leave())) return
    this.toolKey = key
    this.chosen = chosen
    this.runner = new ToolRunner(chosen ? chosen.tool.create(this.stage, chosen.control) : selectTool(this.stage))
    this.root.style.cursor = this.cursorAt(null, false)
  }

  /** After a gesture another tool may work, and what was being made is at rest. */
  private settle(): void {
    this.chooseTool()
    if (!this.runner.isBusy && !this.needsStill) this.layers.settle()
    this.request()
  }

  private listen(): void {
    const { editor } = this.options
    const observer = new ResizeObserver(() => this.resize())
    observer.observe(this.root)
    this.ends.push(
      this.followSession(),
      () => observer.disconnect(),
      listenToPointer(this.root, this),
      this.viewport.camera.subscribe(() => this.onCamera()),
      ...[editor.tools, editor.activeLabels, editor.active].map((part) => part.subscribe(() => this.chooseTool())),
      ...[editor.pages, editor.settings].map((part) => part.subscribe(() => this.redrawAll())),
      ...[editor.hovered, this.options.sizes, this.keyboard.at].map((part) => part.subscribe(() => this.request())),
      editor.suggestions.subscribe(() => {
        this.chooseTool()
        this.request()
      }),
    )
  }

  private followSession(): () => void {
    const { editor } = this.options
    let endStore = () => {}
    const follow = () => {
      endStore()
      const { session } = editor
      const ends = [
        session.store.subscribe((transaction) => {
          for (const [id, from] of transaction) {
            this.content.update(id)
            this.layers.changed(id, isRegion(from ?? undefined) ? (from as RegionRecord) : null)
          }
          this.runner.changed()
          this.request()
        }),
        session.selection.subscribe(() => this.onSelection()),
        session.hidden.subscribe(() => this.redrawAll()),
        session.locked.subscribe(() => this.request()),
      ]
      endStore = () => {
        for (const end of ends) end()
      }
      this.redrawAll()
      resumeUnfinished(this.stage)
    }
    follow()
    const end = editor.active.subscribe(() => {
      this.runner.cancel()
      this.preview = null
      follow()
    })
    return () => {
      end()
      endStore()
    }
  }

  private onSelection(): void {
    this.chooseTool()
    this.layers.selected(this.options.editor.selection.get())
    if (!this.runner.isBusy && !this.needsStill) this.layers.settle()
    this.request()
  }

  private resize(): void {
    const { clientWidth: width, clientHeight: height } = this.root
    const { size } = this.viewport
    if (width === 0 || height === 0 || (width === size.width && height === size.height)) return
    this.layers.resize(width, height)
    this.viewport.resize({ width, height })
    this.redrawAll(false)
    this.onCamera()
  }

  /** While the camera moves, the finished bitmap moves with it; it is drawn anew when the camera rests. */
  private onCamera(): void {
    const camera = this.viewport.camera.get()
    const matrix = matrixOf(camera, this.content.media)
    this.options.picture.style.transform = `matrix(${matrix.join(',')})`
    const before = this.layers.drawnAt
    if (before && before.turn === camera.turn) {
      const by = camera.scale / before.scale
      const { style } = this.layers.still.element
      style.transform = `translate(${camera.x - before.x * by}px,${camera.y - before.y * by}px) scale(${by})`
      clearTimeout(this.quiet)
      this.quiet = setTimeout(() => this.redrawAll(false), QUIET_MS)
      this.request()
    } else this.redrawAll(false)
  }

  private redrawAll(isStale = true): void {
    if (isStale) this.content.invalidate()
    this.needsStill = true
    this.request()
  }

  private request(): void {
    if (this.waiting) return
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0
      this.draw()
    })
  }

  private draw(): void {
    if (this.viewport.size.width <= 1) return
    const { isBusy } = this.runner
    if (this.needsStill || this.layers.drawWiped()) {
      this.needsStill = false
      this.layers.drawStill(isBusy)
    }
    const size = this.chosen?.tool.size
    this.layers.drawLively({
      preview: this.preview,
      marquee: this.marquee,
      pointer: this.pointer,
      cursor: this.keyboard.at.get(),
      brush: size ? this.options.sizes.get()[size] : null,
      isBusy,
      canSelect: this.chosen === null,
    })
  }
}
