import { useEffect } from 'react'
import { loadTags } from '@/editor/tags/registry'

/** Loads the code of a config's tags while the task is still on its way. The editor tells if that fails. */
export const useTagCode = (config: string | undefined): void =>
  useEffect(() => {
    if (config !== undefined) loadTags(config)?.catch(() => {})
  }, [config])
