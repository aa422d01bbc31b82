import type { User } from '@/api/types'

/** Returns a person's own hotkeys as the editor takes them; a key that is switched off does nothing. */
export const keyMapOf = (hotkeys: User['custom_hotkeys'] | null | undefined): Record<string, { key: string }> =>
  Object.fromEntries(
    Object.entries(hotkeys ?? {}).map(([id, { key, active }]) => [id, { key: active === false ? '' : (key ?? '') }]),
  )
