import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { loadTags } from '../tags/registry'
import { buildModel, type Model, SETTINGS_KEY } from './model'
import type { EditorProps } from './props'
import { dropTwins } from './recovery'

/** What is to be shown: the model, what is wrong with the config, or that the code of the tags is not here. */
export type Opening =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly retry: () => void }
  | { readonly kind: 'built'; readonly model: ReturnType<typeof buildModel> }

/**
 * Opens a task once the code of its tags is here; returns it with the props that belong to it. Props are read when the task
 * is opened; host and counter are followed. Until the next task is built, in the same frame, the one before is returned.
 */
export function useModel(props: EditorProps): { opening: Opening; props: EditorProps } {
  const key = `${props.task.id} ${props.annotationId ?? ''}`
  const [opened, setOpened] = useState<{ key: string; opening: Opening }>({ key, opening: { kind: 'loading' } })
  const [attempt, setAttempt] = useState(0)
  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  const latest = useRef(props)
  latest.current = props
  const shown = useRef(props)
  if (opened.key === key) shown.current = props
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt begins anew
  useLayoutEffect(() => {
    let isOver = false
    let release = () => {}
    const show = (opening: Opening) => setOpened({ key, opening })
    const open = () => {
      if (isOver) return
      const model = buildModel(latest.current)
      show({ kind: 'built', model })
      if (!('problems' in model)) release = keepAlive(model)
    }
    const code = loadTags(latest.current.config)
    if (code) {
      show({ kind: 'loading' })
      code.then(open, () => isOver || show({ kind: 'failed', retry }))
    } else open()
    return () => {
      isOver = true
      release()
    }
  }, [key, attempt, retry])
  return { opening: opened.opening, props: shown.current }
}

/** Keeps the work of an open task safe until the returned function is called. */
function keepAlive({ controller, editor }: Model): () => void {
  void controller.recover()
  void dropTwins(controller)
  const endSettings = editor.settings.subscribe(() => keepSettings(JSON.stringify(editor.settings.get())))
  const hide = () => document.visibilityState === 'hidden' && void controller.flush(true)
  const leave = () => void controller.flush(true)
  const online = () => void controller.retry()
  document.addEventListener('visibilitychange', hide)
  window.addEventListener('pagehide', leave)
  window.addEventListener('online', online)
  return () => {
    endSettings()
    document.removeEventListener('visibilitychange', hide)
    window.removeEventListener('pagehide', leave)
    window.removeEventListener('online', online)
    controller.destroy()
  }
}

function keepSettings(text: string): void {
  try {
    localStorage.setItem(SETTINGS_KEY, text)
  } catch {
    // Without storage the settings last as long as the page.
  }
}
