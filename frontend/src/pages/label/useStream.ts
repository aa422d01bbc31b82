import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { messageOf } from '@/api/errors'
import { projectKey } from '@/api/queries/projects'
import { fetchNextTask, refreshProject } from '@/api/queries/tasks'
import type { Task } from '@/api/types'
import { back, current, emptyHistory, forward, isNewest, opened } from './history'
import { Prefetch } from './prefetch'
import { type EditorTask, fetchEditorTask } from './useEditorTask'

export type StreamState =
  | { kind: 'loading' }
  | { kind: 'task'; opened: EditorTask }
  | { kind: 'done' }
  | { kind: 'failed'; message: string }

export interface StreamOptions {
  /** Hands out the next task, or the one that comes after another; unset: the project's own rules. */
  find?: (after?: number) => Promise<Task | null>
  /** Returns the task after this one beforehand; unset: it is not known. */
  peek?: (current: number) => Promise<Task | null>
  /** Addresses of the pictures that a task shows. */
  picturesOf?: (task: Task) => readonly string[]
}

/** A task that was handed out has no annotation of this person, but for one that was skipped and comes back. */
const handedOut = async (task: Task): Promise<EditorTask> =>
  (task as { queue?: string }).queue === 'Skipped queue' ? fetchEditorTask(task.id) : { task, annotations: [] }

/** The person is looking at the new task first: what comes next can wait that long. */
const PREFETCH_AFTER_MS = 150

/** Walks through the tasks that the server hands out, and back through those of this session. */
export const useStream = (projectId: number, options: StreamOptions = {}) => {
  const client = useQueryClient()
  const [state, setState] = useState<StreamState>({ kind: 'loading' })
  const [history, setHistory] = useState(emptyHistory)
  const latest = useRef(history)
  latest.current = history
  const asked = useRef(options)
  asked.current = options
  const turn = useRef(0)
  const prefetch = useMemo(
    () =>
      new Prefetch(
        async (now) => {
          const found = await (asked.current.peek?.(now) ?? null)
          return found && handedOut(found)
        },
        ({ task }) => asked.current.picturesOf?.(task) ?? [],
      ),
    [],
  )

  const show = useCallback((found: EditorTask | null) => {
    if (found) setHistory((old) => opened(old, found.task.id))
    setState(found ? { kind: 'task', opened: found } : { kind: 'done' })
  }, [])
  const run = useCallback(
    async (find: () => Promise<EditorTask | null>) => {
      turn.current += 1
      const mine = turn.current
      setState({ kind: 'loading' })
      try {
        const found = await find()
        if (mine === turn.current) show(found)
      } catch (error) {
        if (mine === turn.current) setState({ kind: 'failed', message: messageOf(error) })
      }
    },
    [show],
  )

  const takeNext = useCallback(async () => {
    const now = current(latest.current)
    const ready = now === null ? null : prefetch.take(now)
    if (ready) {
      turn.current += 1
      show(ready)
      return
    }
    await run(async () => {
      const task = await (asked.current.find ?? (() => fetchNextTask(projectId)))()
      return task && handedOut(task)
    })
  }, [run, show, prefetch, projectId])
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
  /** Tells whether leaving the shown task for the next one puts it off. */
  const postpones = useCallback(() => isNewest(latest.current), [])

  useEffect(() => {
    void takeNext()
    return () => {
      turn.current += 1
      prefetch.clear()
      void refreshProject(client, projectId)
    }
  }, [takeNext, prefetch, client, projectId])

  const shown = state.kind === 'task' ? state.opened.task.id : null
  const isLast = isNewest(history)
  useEffect(() => {
    if (shown === null || !isLast || !asked.current.peek) return
    const timer = setTimeout(() => prefetch.begin(shown), PREFETCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [shown, isLast, prefetch])

  return { state, next, previous, saved, postpones, retry: takeNext }
}
