import { lazyPart } from '../tags/lazyPart'

const part = lazyPart(() => import('./laterParts'))

/** Loads what a person opens in the editor, while nothing else is to be done. */
export const loadLater = (): void => {
  const load = () => void part.load().catch(() => {})
  if (typeof requestIdleCallback === 'undefined') load()
  else requestIdleCallback(load, { timeout: 3000 })
}

export const CompareGrid = part.view(({ CompareGrid: View }) => View)
export const History = part.view(({ History: View }) => View)
export const HotkeyHelp = part.view(({ HotkeyHelp: View }) => View, null)
export const Palette = part.view(({ Palette: View }) => View, null)
export const AllRelations = part.view(({ AllRelations: View }) => View)
export const SettingsDialog = part.view(({ SettingsDialog: View }) => View, null)
