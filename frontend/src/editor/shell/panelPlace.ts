import type { EditorSettings } from '../core/settings'

/** How wide the panel may be, in pixels; it never takes more than two fifths of the editor. */
export const WIDTHS = { least: 240, most: 720 } as const
/** Which part of its height the list of regions may take, in percent. */
export const SPLITS = { least: 15, most: 85 } as const

interface Size {
  readonly width: number
  readonly height: number
}

const between = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most)

/** Returns the width that the panel gets in an editor of a size. */
export const panelWidth = (wanted: number, editor: Size): number =>
  Math.round(between(wanted, WIDTHS.least, Math.max(WIDTHS.least, Math.min(WIDTHS.most, editor.width * 0.4))))

/** Returns the share of the list of regions. */
export const panelSplit = (wanted: number): number => Math.round(between(wanted, SPLITS.least, SPLITS.most))

/** Returns where a floating panel stands so that its head can always be reached. */
export function panelPlace(
  { panelX, panelY, panelWidth: width }: Pick<EditorSettings, 'panelX' | 'panelY' | 'panelWidth'>,
  editor: Size,
): { left: number; top: number } {
  return {
    left: Math.round(between(panelX, 0, Math.max(0, editor.width - width))),
    top: Math.round(between(panelY, 0, Math.max(0, editor.height - 60))),
  }
}
