import { isRegion, type RecordId, type RegionRecord } from '../../core/document'
import type { Editor } from '../../core/editor'
import { flag } from '../../core/labelConfig'
import { labelNames, regionColor } from '../../core/labeling'
import { itemIndexOf } from '../../core/region'
import type { Control } from '../../core/taskConfig'
import { hasPixel, type Mask } from './masks/runs'
import { boundsOf, isInside, nearestOn, type Point, type Size, signedArea } from './plane'
import type { Drawn } from './renderer'
import type { ShapeOptions, ShapeType, ShapeTypes } from './shape'
import { SpatialIndex } from './spatialIndex'

const POINT_SIZES: Readonly<Record<string, number>> = { small: 7, medium: 10, large: 13 }
const MASK_OPACITY = 0.5

/** The regions of one object on its canvas: where they are and how they look. */
export class Content {
  private readonly index = new SpatialIndex()
  private drawn = new WeakMap<RegionRecord, Drawn>()
  private isStale = true
  /** Called when a mask that had to be read first can be drawn. */
  onMask: (id: RecordId) => void = () => {}

  constructor(
    private readonly editor: Editor,
    readonly object: string,
    private readonly shapes: ShapeTypes,
    readonly media: Size,
  ) {}

  /** Forgets the places of all regions, as when another annotation or page is shown. */
  invalidate(): void {
    this.isStale = true
  }

  /** Takes over changes of one region. */
  update(id: RecordId): void {
    if (this.isStale) return
    const region = this.region(id)
    if (region) this.index.put(id, region.seq, boundsOf(this.outline(region)))
    else this.index.remove(id)
  }

  /** Returns the region if it lies on the shown page of this object and is not hidden. */
  region(id: RecordId): RegionRecord | null {
    const region = this.editor.store.region(id)
    return region && this.shows(region) ? region : null
  }

  /** Returns the kind of shape of a region. */
  shapeOf(region: RegionRecord): ShapeType {
    return this.shapes.get(region.family) as ShapeType
  }

  /** Tells whether regions of a family can be drawn here. */
  knows(family: string): boolean {
    return this.shapes.has(family)
  }

  /** Returns how a shape may be changed, by the tag that made it. */
  optionsOf(region: RegionRecord): ShapeOptions {
    const control = this.controlOf(region)
    const attrs = control?.node.attrs ?? {}
    return {
      canRotate: control && 'canRotate' in (control.node.spec?.attrs ?? {}) ? flag(control.node, 'canRotate') : true,
      snapsToPixels: attrs.snap === 'pixel',
      pointSize: 2 * (numberIn(attrs.pointSizeEnabled) ?? 0) || (POINT_SIZES[attrs.pointSize ?? 'small'] ?? 7),
      pointStyle: attrs.pointStyle === 'rectangle' ? 'rectangle' : 'circle',
      attrs,
    }
  }

  /** Returns the outline of a region in media pixels. */
  outline(region: RegionRecord): readonly Point[] {
    return this.look(region).outline
  }

  /** Returns how a region is drawn. */
  look(region: RegionRecord): Drawn {
    const known = this.drawn.get(region)
    if (known) return known
    const attrs = this.styleOf(region)
    const shape = this.shapeOf(region)
    const kind = shape.kind?.(region.shape) ?? 'area'
    const mask = kind === 'mask' ? this.maskOf(region) : null
    const outline = shape.outline(region.shape, this.media)
    const opacity = kind === 'mask' ? MASK_OPACITY : kind === 'dot' ? 0.9 : 0.2
    const look: Drawn = {
      kind,
      outline: kind === 'area' && signedArea(outline) < 0 ? [...outline].reverse() : outline,
      paths: kind === 'line' ? shape.paths?.(region.shape, this.media) : undefined,
      mask,
      color: regionColor(this.editor, region),
      fillOpacity: numberIn(attrs.fillOpacity) ?? numberIn(attrs.opacity) ?? opacity,
      strokeWidth: kind === 'dot' ? 1.5 : (numberIn(attrs.strokeWidth) ?? 1.5),
      fill: labelNames(this.editor, region).length === 0 ? attrs.fillColor : undefined,
      dots: shape.dots?.(region.shape, this.media),
      dotSize: 2 * (numberIn(attrs.pointSizeDisabled) ?? 3),
      label: labelNames(this.editor, region).join(', '),
    }
    this.drawn.set(region, look)
    return look
  }

  /** Returns the ids of the regions that touch a box, lowest first. */
  within(box: { minX: number; minY: number; maxX: number; maxY: number }): string[] {
    this.refresh()
    return this.index.within(box)
  }

  /** Returns the topmost region at a point. */
  hit(at: Point, reach: number): RegionRecord | null {
    return this.hits(at, reach)[0] ?? null
  }

  /** Returns all regions at a point, topmost first. */
  hits(at: Point, reach: number): RegionRecord[] {
    this.refresh()
    return this.index.near(at, reach).flatMap((id) => {
      const region = this.region(id)
      return region && covers(this.look(region), at, reach) ? [region] : []
    })
  }

  /** How the tags that made a region want it drawn: the tag of its shape comes before those of its labels. */
  private styleOf(region: RegionRecord): Readonly<Record<string, string>> {
    const { controls } = this.editor.config
    const styles = region.items.map((item) => controls.get(item.from_name ?? '')?.node.attrs)
    return Object.assign({}, ...styles, this.controlOf(region)?.node.attrs)
  }

  private controlOf(region: RegionRecord): Control | undefined {
    const controls = region.items.flatMap((item) => this.editor.config.controls.get(item.from_name ?? '') ?? [])
    return controls.find((control) => control.type.startsWith(region.family)) ?? controls[0]
  }

  /** A mask that must be read first is drawn when that is done. */
  private maskOf(region: RegionRecord): Mask | null {
    const mask = this.shapeOf(region).mask?.(region.shape, this.media) ?? null
    if (!(mask instanceof Promise)) return mask
    void mask.then((read) => {
      if (!read || this.editor.store.region(region.id) !== region) return
      this.drawn.delete(region)
      this.update(region.id)
      this.onMask(region.id)
    })
    return null
  }

  private shows(region: RegionRecord): boolean {
    if (region.to !== this.object || !this.shapes.has(region.family)) return false
    if (this.editor.session.hidden.get().has(region.id)) return false
    const page = itemIndexOf(region)
    return page === null || page === this.editor.pageOf(this.object)
  }

  private refresh(): void {
    if (!this.isStale) return
    this.isStale = false
    const shown = this.editor.store
      .all()
      .filter((record): record is RegionRecord => isRegion(record) && this.shows(record))
    this.index.load(shown.map((region) => [region.id, region.seq, boundsOf(this.outline(region))] as const))
  }
}

/** Tells whether something that is drawn lies under a point. */
export function covers({ kind, outline, paths, mask, strokeWidth }: Drawn, at: Point, reach: number): boolean {
  if (kind === 'mask') {
    if (!mask) return false
    const places = [
      [0, 0],
      [-1, 0],
      [1, 0],
      [0, -1],
      [0, 1],
    ] as const
    return places.some(([x, y]) => hasPixel(mask, at.x + (x * reach) / 2, at.y + (y * reach) / 2))
  }
  if (kind === 'line') {
    return (paths ?? [outline]).some(
      (path) => (nearestOn(at, path, false)?.distance ?? Infinity) <= reach + strokeWidth / 2,
    )
  }
  const away = nearestOn(at, outline, true)?.distance ?? Number.POSITIVE_INFINITY
  return isInside(at, outline) || away <= reach
}

const numberIn = (text: string | undefined): number | null => {
  const number = Number(text)
  return text && Number.isFinite(number) ? number : null
}
