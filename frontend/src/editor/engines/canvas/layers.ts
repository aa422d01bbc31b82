import type { RecordId, RegionRecord } from '../../core/document'
import type { Editor } from '../../core/editor'
import { type Camera, toScreen, visibleBox } from './camera'
import type { Content } from './content'
import { borderAt, isOnFrame, shownHandles } from './handles'
import { MaskPainter, type MaskView, type PaintedMask } from './masks/maskPainter'
import { drawBrush, drawCrosshair, drawCursor, drawDraft, drawFrame, drawMarquee } from './overlays'
import { type Box, boundsOf, type Point } from './plane'
import { type Drawn, drawHandles, drawLabel, drawLively, drawPrompt, drawStill, drawSuggested } from './renderer'
import { Sheet } from './sheet'
import type { Preview, Stage } from './stage'
import type { Viewport } from './viewport'

/** What the upper layer shows beside regions. */
export interface Lively {
  readonly preview: Preview | null
  readonly marquee: readonly [Point, Point] | null
  /** Where the pointer is, on the screen. */
  readonly pointer: Point | null
  /** Where the keyboard points, on the screen. */
  readonly cursor: Point | null
  /** Diameter of the brush in screen pixels. */
  readonly brush: number | null
  readonly isBusy: boolean
  readonly canSelect: boolean
}

export interface LayerOptions {
  readonly editor: Editor
  readonly content: Content
  readonly viewport: Viewport
  readonly stage: Stage
  readonly hasCrosshair: boolean
  readonly showsLabels: () => boolean
}

const LIVELY_MASK = 0.62
/** Lines reach beyond the outline of their region by less than this, in screen pixels. */
const WIPE_MARGIN = 8
const ACCENT = '#3b6ef5'

/**
 * The two canvases over a picture. The lower one has the regions at rest: it is drawn once a camera step and moved as a
 * bitmap while the camera moves. The upper one has what is selected, hovered or being made, and is drawn for every frame.
 *
 * `absent` are regions that the lower one does not have: those that were selected when it was drawn, or came or changed
 * since.
 */
export class Layers {
  readonly still = new Sheet()
  readonly lively = new Sheet()
  /** Where the lower layer was drawn for. */
  drawnAt: Camera | null = null
  private absent = new Set<RecordId>()
  /** Where the lower layer has something that is no longer there, in media pixels. */
  private wiped: Box | null = null
  private readonly stillMasks = new MaskPainter()
  private readonly livelyMasks = new MaskPainter()

  constructor(private readonly options: LayerOptions) {}

  /** Takes over the size of the view. */
  resize(width: number, height: number): void {
    for (const sheet of [this.still, this.lively]) sheet.resize(width, height)
  }

  /** Notes that a region changed: it is drawn above from now on, and wiped off the lower layer if that has it. */
  changed(id: RecordId, before: RegionRecord | null): void {
    if (this.absent.has(id)) return
    this.absent.add(id)
    if (before?.to === this.options.content.object && this.options.content.knows(before.family)) this.wipe(before)
  }

  /** Notes which regions are selected: masks among them are wiped off the lower layer, else they would be painted twice. */
  selected(ids: Iterable<RecordId>): void {
    const { content } = this.options
    for (const id of ids) {
      const region = this.absent.has(id) ? null : content.region(id)
      if (region && content.look(region).kind === 'mask') this.changed(id, region)
    }
  }

  /** Draws again what lies where something was wiped off; tells whether drawing everything anew is less work. */
  drawWiped(): boolean {
    const { viewport, showsLabels } = this.options
    const { wiped } = this
    this.wiped = null
    if (!wiped) return false
    const camera = viewport.camera.get()
    const { width, height } = viewport.size
    const corners = [
      { x: wiped.minX, y: wiped.minY },
      { x: wiped.maxX, y: wiped.maxY },
    ].map((corner) => toScreen(viewport.matrix, corner))
    const box = boundsOf(corners)
    const [left, top] = [Math.floor(box.minX - WIPE_MARGIN), Math.floor(box.minY - WIPE_MARGIN)]
    const [right, bottom] = [Math.ceil(box.maxX + WIPE_MARGIN), Math.ceil(box.maxY + WIPE_MARGIN)]
    const isLarge = (right - left) * (bottom - top) > (width * height) / 2
    if (isLarge || showsLabels() || this.drawnAt !== camera) return true
    const context = this.still.draw()
    if (!context) return false
    context.save()
    context.beginPath()
    context.rect(left, top, right - left, bottom - top)
    context.clip()
    context.clearRect(left, top, right - left, bottom - top)
    const margin = WIPE_MARGIN * 2 * this.options.stage.pixel()
    const around = {
      minX: wiped.minX - margin,
      minY: wiped.minY - margin,
      maxX: wiped.maxX + margin,
      maxY: wiped.maxY + margin,
    }
    this.drawAtRest(context, this.looksIn(around, this.absent))
    context.restore()
    return false
  }

  /** Draws the lower layer anew. */
  drawStill(isBusy: boolean): void {
    const { editor, viewport } = this.options
    const out = new Set(editor.selection.get())
    if (isBusy) for (const id of this.absent) out.add(id)
    this.absent = out
    this.wiped = null
    const looks = this.looksIn(visibleBox(viewport.matrix, viewport.size), out)
    this.still.clear()
    const context = looks.length > 0 ? this.still.draw() : null
    if (context) this.drawAtRest(context, looks)
    this.still.element.style.transform = ''
    this.drawnAt = viewport.camera.get()
  }

  /** Adds to the lower layer what is no longer being worked on. */
  settle(): void {
    const { editor, content } = this.options
    const looks: Drawn[] = []
    for (const id of this.absent) {
      if (editor.selection.has(id)) continue
      this.absent.delete(id)
      const region = content.region(id)
      if (region) looks.push(content.look(region))
    }
    const context = looks.length > 0 ? this.still.draw() : null
    if (context) this.drawAtRest(context, looks)
  }

  /** Draws the upper layer. */
  drawLively(state: Lively): void {
    const { editor, content, viewport, stage } = this.options
    this.lively.clear()
    const hovered = editor.hovered.get()
    const ids = new Set([...this.absent, ...editor.selection.get(), ...(hovered === null ? [] : [hovered])])
    if (state.preview?.standsFor) ids.delete(state.preview.standsFor)
    const regions = [...ids].flatMap((id) => content.region(id) ?? [])
    if (regions.length === 0 && this.isAtRest(state)) return
    const context = this.lively.draw()
    if (!context) return
    const { matrix } = viewport
    this.drawMasks(context, regions, state.preview)
    for (const region of regions) drawLively(context, matrix, content.look(region), editor.selection.has(region.id))
    for (const region of regions) {
      const isNamed = this.options.showsLabels() || editor.selection.has(region.id) || region.id === hovered
      if (isNamed && ids.size <= 60) drawLabel(context, matrix, content.look(region))
    }
    this.drawSuggestions(context, state.preview)
    if (!editor.isReadonly) this.drawWork(context, state, stage)
    this.drawPointers(context, state)
  }

  /** Whether the upper layer has nothing to show beside regions. */
  private isAtRest({ preview, marquee, cursor, pointer, brush }: Lively): boolean {
    const { suggestions } = this.options.editor
    const hasPointer = cursor !== null || (pointer !== null && (brush !== null || this.options.hasCrosshair))
    const hasSuggestions = suggestions.prompts.get().length > 0 || suggestions.list.get().length > 0
    return preview === null && marquee === null && !hasPointer && !hasSuggestions
  }

  private wipe(region: RegionRecord): void {
    const { content } = this.options
    const box = boundsOf(content.look(region).outline)
    const { wiped } = this
    this.wiped = wiped
      ? {
          minX: Math.min(wiped.minX, box.minX),
          minY: Math.min(wiped.minY, box.minY),
          maxX: Math.max(wiped.maxX, box.maxX),
          maxY: Math.max(wiped.maxY, box.maxY),
        }
      : box
  }

  private looksIn(box: Box, out: ReadonlySet<RecordId>): Drawn[] {
    const { content } = this.options
    return content.within(box).flatMap((id): Drawn[] => {
      const region = out.has(id) ? null : content.region(id)
      return region ? [content.look(region)] : []
    })
  }

  private drawAtRest(context: CanvasRenderingContext2D, looks: readonly Drawn[]): void {
    const { viewport, showsLabels } = this.options
    const masks = looks.flatMap(({ mask, color, fillOpacity }): PaintedMask[] =>
      mask ? [{ mask, color, opacity: fillOpacity, isOutlined: false }] : [],
    )
    this.stillMasks.paint(context, masks, this.maskView())
    drawStill(context, viewport.matrix, looks)
    if (showsLabels()) for (const look of looks) drawLabel(context, viewport.matrix, look)
  }

  private drawMasks(
    context: CanvasRenderingContext2D,
    regions: readonly RegionRecord[],
    preview: Preview | null,
  ): void {
    const { editor, content } = this.options
    const masks = regions.flatMap((region): PaintedMask[] => {
      const { mask, color } = content.look(region)
      const isSelected = editor.selection.has(region.id)
      return mask ? [{ mask, color, opacity: isSelected ? LIVELY_MASK : 0.5, isOutlined: true }] : []
    })
    if (preview?.mask) masks.push({ ...preview.mask, opacity: LIVELY_MASK, isOutlined: true })
    this.livelyMasks.paint(context, masks, this.maskView())
  }

  private drawSuggestions(context: CanvasRenderingContext2D, preview: Preview | null): void {
    const { editor, content, viewport } = this.options
    const isHere = (region: RegionRecord) =>
      region.to === content.object && content.knows(region.family) && region.id !== preview?.standsFor
    const paint = ({ mask, color }: Drawn, opacity: number) =>
      mask && this.livelyMasks.paint(context, [{ mask, color, opacity, isOutlined: true }], this.maskView())
    for (const region of editor.suggestions.prompts.get().filter(isHere)) {
      const look = content.look(region)
      if (look.kind === 'mask') paint(look, 0.25)
      else
        drawPrompt(
          context,
          viewport.matrix,
          look,
          region.items.every((item) => item.is_positive !== false),
        )
    }
    for (const region of editor.suggestions.list.get().filter(isHere)) {
      const look = content.look(region)
      if (look.kind === 'mask') paint(look, 0.35)
      else drawSuggested(context, viewport.matrix, look)
      drawLabel(context, viewport.matrix, look)
    }
  }

  /** Handles, the frame around several regions, and what is being drawn. */
  private drawWork(context: CanvasRenderingContext2D, state: Lively, stage: Stage): void {
    const { content, viewport } = this.options
    const { matrix } = viewport
    const shown = shownHandles(stage)
    if (shown?.kind === 'one') {
      drawHandles(context, matrix, shown.handles, content.look(shown.region).color, content.optionsOf(shown.region))
    } else if (shown?.kind === 'points' && state.isBusy) {
      drawHandles(context, matrix, shown.own, content.look(shown.region).color, content.optionsOf(shown.region))
    } else if (shown && !state.isBusy) {
      const { minX, minY, maxX, maxY } = shown.box
      const corners = [
        { x: minX, y: minY },
        { x: maxX, y: minY },
        { x: maxX, y: maxY },
        { x: minX, y: maxY },
      ]
      drawFrame(context, matrix, corners)
      const onFrame = shown.handles.filter(isOnFrame)
      drawHandles(context, matrix, onFrame, ACCENT, { pointSize: 7, pointStyle: 'circle' })
      if (shown.kind === 'points')
        drawHandles(context, matrix, shown.own, content.look(shown.region).color, content.optionsOf(shown.region))
    }
    const { preview } = state
    if (preview?.region) drawLively(context, matrix, content.look(preview.region), true)
    if (preview?.line) drawDraft(context, matrix, preview.line, preview.dots ?? [], preview.color ?? ACCENT)
    if (state.pointer && state.canSelect && !state.isBusy) {
      const border = borderAt(stage, viewport.toMedia(state.pointer), { shift: false, alt: false })
      if (border) drawDraft(context, matrix, [], [border.grabbed.at], content.look(border.region).color)
    }
    if (state.marquee) drawMarquee(context, matrix, ...state.marquee)
  }

  private drawPointers(context: CanvasRenderingContext2D, state: Lively): void {
    const { width, height } = this.options.viewport.size
    const at = state.cursor ?? state.pointer
    if (this.options.hasCrosshair && at) drawCrosshair(context, at, width, height)
    if (state.brush !== null && at) drawBrush(context, at, state.brush)
    if (state.cursor) drawCursor(context, state.cursor)
  }

  private maskView(): MaskView {
    const { viewport, content } = this.options
    return {
      camera: viewport.camera.get(),
      matrix: viewport.matrix,
      media: content.media,
      size: viewport.size,
      ratio: ratio(),
    }
  }
}

const ratio = (): number => window.devicePixelRatio || 1
