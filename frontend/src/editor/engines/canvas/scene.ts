import type { RecordId, RegionRecord } from '../../core/document'
import type { Editor } from '../../core/editor'
import type { Box } from '../../core/regionView'
import { ToolRunner } from '../../core/tools'
import { type Camera, matrixOf, toScreen, visibleBox } from './camera'
import { type CanvasTool, PAN_TOOL, workingTool } from './canvasTool'
import { Content } from './content'
import { boundsOf, type Point, type Size } from './plane'
import { listenToPointer, type PointerTarget } from './pointer'
import { drawCrosshair, drawHandles, drawLabel, drawLively, drawMarquee, drawStill } from './renderer'
import { handleAt, type Stage, selectTool, shownHandles } from './selectTool'
import type { ShapeTypes } from './shape'
import { Viewport, type ViewportOptions } from './viewport'

export interface SceneOptions extends ViewportOptions {
  readonly editor: Editor
  readonly object: string
  readonly media: Size
  readonly shapes: ShapeTypes
  readonly tools: readonly CanvasTool[]
  /** The element under the canvases that shows the picture; it is moved with the camera. */
  readonly picture: HTMLElement
  readonly hasCrosshair: boolean
  readonly showsLabels: boolean
  readonly mayZoom: boolean
}

const QUIET_MS = 70

/**
 * A picture with its regions on two canvases: one for regions at rest, drawn once a camera step and moved as a bitmap
 * while the camera moves, and one above it for what is selected, hovered or being drawn.
 */
export class Scene implements PointerTarget {
  readonly viewport: Viewport
  readonly content: Content
  private readonly still = layer()
  private readonly lively = layer()
  private readonly ends: (() => void)[] = []
  private runner!: ToolRunner<Point>
  private toolKey = ''
  private marquee: readonly [Point, Point] | null = null
  private pointer: Point | null = null
  private drawnAt: Camera | null = null
  private stillActive = new Set<RecordId>()
  private frame = 0
  private quiet: ReturnType<typeof setTimeout> | undefined
  private needsStill = true

  constructor(
    private readonly root: HTMLElement,
    private readonly options: SceneOptions,
  ) {
    const { editor, object, media, shapes } = options
    this.viewport = new Viewport(media, options)
    this.content = new Content(editor, object, shapes, media)
    root.append(this.still, this.lively)
    this.chooseTool()
    const observer = new ResizeObserver(() => this.resize())
    observer.observe(root)
    const endSession = this.followSession()
    this.ends.push(
      endSession,
      () => observer.disconnect(),
      listenToPointer(root, this),
      this.viewport.camera.subscribe(() => this.onCamera()),
      ...[editor.tools, editor.activeLabels, editor.active].map((part) => part.subscribe(() => this.chooseTool())),
      ...[editor.pages, editor.settings].map((part) => part.subscribe(() => this.redrawAll())),
      editor.hovered.subscribe(() => this.request()),
    )
    this.resize()
  }

  /** Releases everything. */
  destroy(): void {
    for (const end of this.ends) end()
    cancelAnimationFrame(this.frame)
    clearTimeout(this.quiet)
    this.still.remove()
    this.lively.remove()
  }

  /** Whether something is being drawn. */
  get isDrawing(): boolean {
    return this.runner.isBusy
  }

  /** Ends what is being drawn; tells whether there was something. */
  cancelDrawing(): boolean {
    const did = this.runner.cancel()
    this.request()
    return did
  }

  /** Returns the part of the window that shows the picture. */
  frame(): DOMRect {
    return this.root.getBoundingClientRect()
  }

  /** Returns the box of a region in the window's pixels; none if it is not shown. */
  boundsOf(region: RegionRecord): Box[] {
    const shown = this.content.region(region.id)
    if (!shown) return []
    const { left, top } = this.frame()
    const { matrix } = this.viewport
    const box = boundsOf(this.content.outline(shown).map((point) => toScreen(matrix, point)))
    return [{ left: left + box.minX, top: top + box.minY, width: box.maxX - box.minX, height: box.maxY - box.minY }]
  }

  /** Selects the next region under the pointer. */
  cycleUnderPointer(): boolean {
    if (!this.pointer) return false
    const hits = this.content.hits(this.viewport.toMedia(this.pointer), this.pixel() * 4)
    const at = hits.findIndex((region) => this.options.editor.selection.has(region.id))
    const next = hits[(at + 1) % hits.length]
    if (!next) return false
    this.options.editor.selection.select([next.id])
    return true
  }

  // PointerTarget

  pans(event: PointerEvent): boolean {
    return event.shiftKey || event.button === 1 || this.options.editor.tools.get().get(this.content.object) === PAN_TOOL
  }

  toMedia(at: Point): Point {
    return this.viewport.toMedia(at)
  }

  send(...[kind, input]: Parameters<PointerTarget['send']>): void {
    this.runner.send(kind, input)
    if (!this.runner.isBusy) this.chooseTool()
    this.request()
  }

  cancel(): void {
    this.runner.cancel()
    this.request()
  }

  hover(at: Point | null): void {
    this.pointer = at
    const { editor } = this.options
    if (!this.runner.isBusy) {
      const hit = at && this.toolKey === 'move' ? this.content.hit(this.viewport.toMedia(at), this.pixel() * 4) : null
      const before = editor.hovered.get()
      if (hit || (before !== null && this.content.region(before))) editor.hovered.set(hit?.id ?? null)
      this.root.style.cursor = this.cursorAt(at, hit !== null)
    }
    if (this.options.hasCrosshair) this.request()
  }

  panBy(by: Point): Point {
    return this.viewport.pan(by)
  }

  zoomAt(factor: number, at: Point): void {
    this.viewport.zoom(factor, at)
  }

  get isZoomed(): boolean {
    return this.viewport.isZoomed
  }

  get mayZoom(): boolean {
    return this.options.mayZoom
  }

  get isZoomInverted(): boolean {
    return this.options.editor.settings.get().invertZoom
  }

  private pixel(): number {
    return 1 / this.viewport.camera.get().scale
  }

  private cursorAt(at: Point | null, isOverRegion: boolean): string {
    if (this.options.editor.tools.get().get(this.content.object) === PAN_TOOL) return 'grab'
    if (this.toolKey !== 'move') return 'crosshair'
    const handle = at ? handleAt(this.stage(), this.viewport.toMedia(at)) : null
    return handle?.handle.cursor ?? (isOverRegion ? 'pointer' : 'default')
  }

  private stage(): Stage {
    return {
      editor: this.options.editor,
      content: this.content,
      pixel: () => this.pixel(),
      setMarquee: (marquee) => {
        this.marquee = marquee
        this.request()
      },
    }
  }

  private chooseTool(): void {
    if (this.runner?.isBusy) return
    const { editor, tools } = this.options
    const chosen = workingTool(editor, this.content.object, tools)
    const key = chosen ? `${chosen.tool.id} ${chosen.control.name}` : 'move'
    if (key === this.toolKey) return
    this.toolKey = key
    const stage = this.stage()
    this.runner = new ToolRunner(chosen ? chosen.tool.create(stage, chosen.control) : selectTool(stage))
    this.root.style.cursor = this.cursorAt(null, false)
  }

  private followSession(): () => void {
    const { editor } = this.options
    let endStore = () => {}
    const follow = () => {
      endStore()
      const { session } = editor
      const ends = [
        session.store.subscribe((transaction) => {
          let touchesStill = false
          for (const [id] of transaction) {
            this.content.update(id)
            touchesStill ||= !this.stillActive.has(id)
          }
          if (touchesStill) this.needsStill = true
          this.request()
        }),
        session.selection.subscribe(() => this.redrawAll(false)),
        session.hidden.subscribe(() => this.redrawAll()),
        session.locked.subscribe(() => this.request()),
      ]
      endStore = () => {
        for (const end of ends) end()
      }
      this.redrawAll()
    }
    follow()
    const end = editor.active.subscribe(() => {
      this.runner.cancel()
      follow()
    })
    return () => {
      end()
      endStore()
    }
  }

  private resize(): void {
    const { clientWidth: width, clientHeight: height } = this.root
    if (width === 0 || height === 0) return
    const ratio = window.devicePixelRatio || 1
    for (const canvas of [this.still, this.lively]) {
      canvas.width = Math.round(width * ratio)
      canvas.height = Math.round(height * ratio)
      canvas.style.width = `${width}px`
      canvas.style.height = `${height}px`
    }
    this.viewport.resize({ width, height })
    this.redrawAll(false)
    this.onCamera()
  }

  /** While the camera moves, the finished bitmap moves with it; it is drawn anew when the camera rests. */
  private onCamera(): void {
    const camera = this.viewport.camera.get()
    const matrix = matrixOf(camera, this.content.media)
    this.options.picture.style.transform = `matrix(${matrix.join(',')})`
    const before = this.drawnAt
    if (before && before.turn === camera.turn) {
      const by = camera.scale / before.scale
      this.still.style.transform = `translate(${camera.x - before.x * by}px,${camera.y - before.y * by}px) scale(${by})`
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
    if (this.frame) return
    this.frame = requestAnimationFrame(() => {
      this.frame = 0
      this.draw()
    })
  }

  private draw(): void {
    if (this.viewport.size.width <= 1) return
    if (this.needsStill) this.drawStillLayer()
    this.drawLivelyLayer()
  }

  private activeIds(): Set<RecordId> {
    const active = new Set(this.options.editor.selection.get())
    if (this.runner.isBusy) for (const id of this.stillActive) active.add(id)
    return active
  }

  private drawStillLayer(): void {
    this.needsStill = false
    const context = prepare(this.still)
    if (!context) return
    const { matrix, size } = this.viewport
    this.stillActive = this.activeIds()
    const looks = this.content
      .within(visibleBox(matrix, size))
      .flatMap((id) => (this.stillActive.has(id) ? [] : (this.content.region(id) ?? [])))
      .map((region) => this.content.look(region))
    drawStill(context, matrix, looks)
    if (this.showsLabels()) for (const look of looks) drawLabel(context, matrix, look)
    this.still.style.transform = ''
    this.drawnAt = this.viewport.camera.get()
  }

  private drawLivelyLayer(): void {
    const context = prepare(this.lively)
    if (!context) return
    const { matrix, size } = this.viewport
    const { editor } = this.options
    const hovered = editor.hovered.get()
    for (const id of new Set([...this.stillActive, ...(hovered === null ? [] : [hovered])])) {
      const region = this.content.region(id)
      if (!region) continue
      const look = this.content.look(region)
      drawLively(context, matrix, look, editor.selection.has(id))
      if (this.showsLabels() || editor.selection.has(id) || id === hovered) drawLabel(context, matrix, look)
    }
    const shown = shownHandles(this.stage())
    if (shown) drawHandles(context, matrix, shown.handles, this.content.look(shown.region).color)
    if (this.marquee) drawMarquee(context, matrix, ...this.marquee)
    if (this.options.hasCrosshair && this.pointer) drawCrosshair(context, this.pointer, size.width, size.height)
  }

  private showsLabels(): boolean {
    return this.options.showsLabels || this.options.editor.settings.get().showRegionLabels
  }
}

function layer(): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.className = 'pe-layer'
  canvas.setAttribute('aria-hidden', 'true')
  return canvas
}

function prepare(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const context = canvas.getContext('2d')
  if (!context) return null
  const ratio = window.devicePixelRatio || 1
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, canvas.width, canvas.height)
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  return context
}
