import { useSessionStorage } from '@mantine/hooks'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useActions } from '@/api/queries/actions'
import { useRunningJobs } from '@/api/queries/jobs'
import type { Job } from '@/api/types'
import { actionTitle } from './actionWords'

/** What a bulk action is called among the jobs. */
const KIND = 'run_bulk_action'

/** An action that goes on in the background. */
export interface Run {
  readonly id: Job['id']
  readonly title: string
}

export interface RunsControl {
  runs: readonly Run[]
  add: (run: Run) => void
  /** Takes one off the list: its end was told. */
  drop: (id: Job['id']) => void
}

/** Returns the actions of a project that go on, whoever started them; a page that is loaded anew goes on with them. */
export const useRuns = (projectId: number): RunsControl => {
  const { t } = useTranslation()
  // Kept in the tab: the end of what was started here is told even if it came while the page was loading.
  const [started, setStarted] = useSessionStorage<readonly Run[]>({
    key: `postil.runs.${projectId}`,
    defaultValue: [],
    getInitialValueInEffect: false,
  })
  const [told, setTold] = useState<readonly Job['id'][]>([])
  const running = useRunningJobs(projectId, KIND).data ?? []
  const actions = useActions(projectId, running.length > 0).data ?? []
  const known = new Set([...told, ...started.map(({ id }) => id)])
  const others = running
    .filter(({ id }) => !known.has(id))
    .map(({ id, title }) => ({
      id,
      title: actionTitle(actions.find((action) => action.title === title) ?? { id: '', title }, t),
    }))
  const add = useCallback((run: Run) => setStarted((old) => [...old, run]), [setStarted])
  const drop = useCallback(
    (id: Job['id']) => {
      setTold((old) => [...old, id])
      setStarted((old) => old.filter((run) => run.id !== id))
    },
    [setStarted],
  )
  return { runs: [...started, ...others], add, drop }
}
