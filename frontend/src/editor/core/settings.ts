/** What a person sets for the editor; kept in the browser, for all projects. */
export interface EditorSettings {
  readonly enableHotkeys: boolean
  readonly showHotkeys: boolean
  readonly showTooltipHotkeys: boolean
  readonly showRegionLabels: boolean
  readonly keepLabelSelected: boolean
  readonly selectAfterCreate: boolean
  readonly showLineNumbers: boolean
  readonly keepTool: boolean
  readonly smoothImages: boolean
  readonly invertZoom: boolean
  /** Whether the connected model is asked while somebody draws. */
  readonly autoAnnotation: boolean
  /** Whether what the model proposes is taken over without a question. */
  readonly acceptSuggestions: boolean
  /** Whether geometry is shown in pixels instead of percent. */
  readonly showPixels: boolean
  readonly groupBy: 'manual' | 'label' | 'type'
  readonly orderBy: 'created' | 'score'
  readonly isDescending: boolean
  /** Where the panel of regions stands. */
  readonly panelDock: 'left' | 'right' | 'float'
  readonly isPanelShown: boolean
  readonly panelWidth: number
  /** Share of the panel's height that the list of regions takes, in percent. */
  readonly panelSplit: number
  /** Place of the floating panel in the editor. */
  readonly panelX: number
  readonly panelY: number
}

export const DEFAULT_SETTINGS: EditorSettings = {
  enableHotkeys: true,
  showHotkeys: true,
  showTooltipHotkeys: true,
  showRegionLabels: false,
  keepLabelSelected: false,
  selectAfterCreate: false,
  showLineNumbers: false,
  keepTool: true,
  smoothImages: true,
  invertZoom: false,
  autoAnnotation: false,
  acceptSuggestions: false,
  showPixels: false,
  groupBy: 'manual',
  orderBy: 'created',
  isDescending: false,
  panelDock: 'right',
  isPanelShown: true,
  panelWidth: 320,
  panelSplit: 55,
  panelX: 40,
  panelY: 16,
}

/** Returns the settings in a stored text; what is missing or broken has its default. */
export function readSettings(stored: string | null, preset: Partial<EditorSettings> = {}): EditorSettings {
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS, ...preset }
  for (const [key, value] of Object.entries(parseObject(stored))) {
    if (key in settings && typeof value === typeof settings[key]) settings[key] = value
  }
  return settings as unknown as EditorSettings
}

function parseObject(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
