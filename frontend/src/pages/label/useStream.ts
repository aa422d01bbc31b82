import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { messageOf } from '@/api/errors'
import { projectKey } from '@/api/queries/projects'
import { fetchNextTask, refreshProject } from '@/api/queries/tasks'
import { back, current, emptyHistory, forward, isNewest, opened } from './history'
import { type EditorTask, fetchEditorTask } from './useEditorTask'

export type StreamState =
  | { kind: 'loading' }
  | { kind: 'task'; opened: EditorTask }
  | { kind: 'done' }
  | { kind: 'failed'; message: string }

/** Walks through the tasks that the server hands out, and back through those of this session. */
export const useStream = (projectId: number) => {
  const client = useQueryClient()
  const [state, setState] = useState<StreamState>({ kind: 'loading' })
  const [history, setHistory] = useState(emptyHistory)
  const latest = useRef(history)
  latest.current = history
  const turn = useRef(0)

  const run = useCallback(async (find: () => Promise<EditorTask | null>) => {
    turn.current += 1
    const mine = turn.current
    setState({ kind: 'loading' })
    try {
      const found = await find()
      if (mine !== turn.current) return
      if (found) setHistory((old) => opened(old, found.task.id))
      setState(found ? { kind: 'task', opened: found } : { kind: 'done' })
    } catch (error) {
      if (mine === turn.current) setState({ kind: 'failed', message: messageOf(error) })
    }
  }, [])

  const takeNext = useCallback(
    () =>
      run(async () => {
        const task = await fetchNextTask(projectId)
        return task && fetchEditorTask(task.id)
      }),
    [run, projectId],
  )
  const open = useCallback((task: number) => run(() => fetchEditorTask(task)), [run])

  const next = useCallback(() => {
    const { current: now } = latest
    const to = current(forward(now))
    return isNewest(now) || to === null ? takeNext() : open(to)
  }, [takeNext, open])
  const previous = useCallback(() => {
    const to = current(back(latest.current))
    return to === null ? Promise.resolve() : open(to)
  }, [open])
  const saved = useCallback(async () => {
    void client.invalidateQueries({ queryKey: projectKey(projectId) })
    await (isNewest(latest.current) ? takeNext() : next())
  }, [client, projectId, takeNext, next])

  useEffect(() => {
    void takeNext()
    return () => {
      turn.current += 1
      void refreshProject(client, projectId)
    }
  }, [takeNext, client, projectId])

  return { state, next, previous, saved, retry: takeNext }
}
