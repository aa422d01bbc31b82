import { JsonInput, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/client'
import type { Json, TaskPage } from '@/api/types'

export type PreviewSource = 'sample' | 'task' | 'own'

const parsed = (text: string): Record<string, Json> | null => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : null
  } catch {
    return null
  }
}

const firstTask = async (project: number): Promise<Record<string, Json> | null> =>
  ((await get<TaskPage>('/api/tasks/', { project, page: 1, page_size: 1 })).tasks[0]?.data as Record<string, Json>) ??
  null

/** What the preview shows: a made-up task, one of the project's, or data typed in. `data` is null for the made-up one. */
export const usePreviewData = (sample: Record<string, Json> | null, project?: number) => {
  const [source, setSource] = useState<PreviewSource>('sample')
  const [text, setText] = useState('')
  // What was valid last stays shown while somebody types.
  const [own, setOwn] = useState<Record<string, Json> | null>(null)
  const task = useQuery({
    queryKey: ['preview-task', project ?? 0],
    queryFn: () => firstTask(project ?? 0),
    enabled: project !== undefined && source === 'task',
  })
  const type = (next: string) => {
    setText(next)
    setOwn((before) => parsed(next) ?? before)
  }
  const choose = (next: PreviewSource) => {
    setSource(next)
    if (next === 'own' && text === '') type(JSON.stringify(task.data ?? sample ?? {}, null, 2))
  }
  const data = { sample: null, task: task.data ?? null, own }[source]
  return { data, controls: { source, text, hasProject: project !== undefined, choose, type } }
}

/** Chooses what the preview shows. */
export const PreviewData = (props: ReturnType<typeof usePreviewData>['controls']) => {
  const { source, text, hasProject, choose, type } = props
  const { t } = useTranslation()
  const options = [
    { value: 'sample', label: t('config.data.sample') },
    ...(hasProject ? [{ value: 'task', label: t('config.data.task') }] : []),
    { value: 'own', label: t('config.data.own') },
  ]
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('config.data.title')}
        data={options}
        value={source}
        onChange={(next) => choose(next as PreviewSource)}
      />
      {source === 'own' && (
        <JsonInput
          size="xs"
          mt={6}
          w="100%"
          aria-label={t('config.data.json')}
          autosize
          minRows={3}
          maxRows={8}
          value={text}
          error={parsed(text) ? undefined : t('config.data.broken')}
          onChange={type}
        />
      )}
    </>
  )
}
