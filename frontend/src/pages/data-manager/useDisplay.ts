import { useLocalStorage } from '@mantine/hooks'
import { useCallback, useMemo } from 'react'
import { useSameObject } from '@/ui/useSameObject'

export const densities = ['compact', 'normal', 'tall', 'taller'] as const
export type Density = (typeof densities)[number]
export const ROW_HEIGHTS: Record<Density, number> = { compact: 32, normal: 40, tall: 72, taller: 132 }
const LINE_HEIGHT = 18
export const CARD_WIDTHS = { least: 120, most: 480, start: 200 }

/** How a person likes the table of a project; kept in the browser, not in the view. */
export interface Display {
  density: Density
  wraps: boolean
  widths: Readonly<Record<string, number>>
  cardWidth: number
}

const plain: Display = { density: 'normal', wraps: false, widths: {}, cardWidth: CARD_WIDTHS.start }

/** Returns how many lines of text a row holds. */
export const linesOf = ({ density, wraps }: Display): number =>
  wraps ? Math.max(1, Math.floor((ROW_HEIGHTS[density] - 8) / LINE_HEIGHT)) : 1

export interface DisplayControl {
  display: Display
  change: (part: Partial<Display>) => void
  resize: (column: string, width: number) => void
}

export const useDisplay = (projectId: number): DisplayControl => {
  const [stored, setStored] = useLocalStorage<Partial<Display>>({
    key: `postil.table.${projectId}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  })
  const change = useCallback((part: Partial<Display>) => setStored((old) => ({ ...old, ...part })), [setStored])
  const resize = useCallback(
    (column: string, width: number) => setStored((old) => ({ ...old, widths: { ...old.widths, [column]: width } })),
    [setStored],
  )
  const display = useMemo(() => ({ ...plain, ...stored }), [stored])
  return useSameObject({ display, change, resize })
}
