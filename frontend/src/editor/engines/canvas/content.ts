import { isRegion, type RecordId, type RegionRecord } from '../../core/document'
import type { Editor } from '../../core/editor'
import { flag } from '../../core/labelConfig'
import { labelNames, regionColor } from '../../core/labeling'
import { itemIndexOf } from '../../core/region'
import { boundsOf, distanceToOutline, isInside, type Point, type Size } from './plane'
import type { Drawn } from './renderer'
import type { ShapeOptions, ShapeType, ShapeTypes } from './shape'
import { SpatialIndex } from './spatialIndex'

/** The regions of one object on its canvas: where they are and how they look. */
export class Content {
  private readonly index = new SpatialIndex()
  private readonly drawn = new WeakMap<RegionRecord, Drawn>()
  private isStale = true

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

  /** Returns how a shape may be changed, by the tag that made it. */
  optionsOf(region: RegionRecord): ShapeOptions {
    const controls = region.items.map((item) => this.editor.config.controls.get(item.from_name ?? ''))
    const control = controls.find((found) => found?.type.startsWith(region.family))
    return {
      canRotate: control ? flag(control.node, 'canRotate') : true,
      snapsToPixels: control?.node.attrs.snap === 'pixel',
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
    const labeler = region.items.map((item) => this.editor.config.controls.get(item.from_name ?? '')).find(Boolean)
    const attrs = labeler?.node.attrs ?? {}
    const look: Drawn = {
      outline: this.shapeOf(region).outline(region.shape, this.media),
      color: regionColor(this.editor, region),
      fillOpacity: numberIn(attrs.fillOpacity) ?? numberIn(attrs.opacity) ?? 0.2,
      strokeWidth: numberIn(attrs.strokeWidth) ?? 1.5,
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

  /** Returns the topmost region at a point: smaller ones win inside larger ones of the same place. */
  hit(at: Point, reach: number): RegionRecord | null {
    return this.hits(at, reach)[0] ?? null
  }

  /** Returns all regions at a point, topmost first. */
  hits(at: Point, reach: number): RegionRecord[] {
    this.refresh()
    return this.index.near(at, reach).flatMap((id) => {
      const region = this.region(id)
      if (!region) return []
      const outline = this.outline(region)
      return isInside(at, outline) || distanceToOutline(at, outline) <= reach ? [region] : []
    })
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

const numberIn = (text: string | undefined): number | null => {
  const number = Number(text)
  return text && Number.isFinite(number) ? number : null
}
