import { useCallback, useMemo } from 'react'
import { useUser } from '@/api/queries/session'
import { useHasModels, watchPredictions } from '@/api/queries/stream'
import type { Project } from '@/api/types'
import { EditorShell } from '@/editor'
import type { EditorHost, PredictionRecord } from '@/editor/host'
import { nameOf } from '@/ui/nameOf'
import { filled } from './filled'
import { keyMapOf } from './keyMapOf'
import type { EditorTask } from './useEditorTask'

interface Props {
  project: Project
  opened: EditorTask
  mode: 'stream' | 'quick'
  annotationId?: number
  regionId?: string
  viewPage?: number
  host: EditorHost
}

const NO_EMPTY = ['annotations:deny-empty']

/** Returns whether a new annotation begins as a copy of a prediction, and of which model. */
export const fromPrediction = (project: Project): boolean | string =>
  project.show_collab_predictions && !project.reveal_preannotations_interactively && (project.model_version || true)

/** The editor over one task of the project. */
export const TaskEditor = ({ project, opened, mode, annotationId, regionId, viewPage, host }: Props) => {
  const user = useUser()
  const person = useMemo(() => ({ id: user.id, displayName: nameOf(user) }), [user])
  const keyMap = useMemo(() => keyMapOf(user.custom_hotkeys), [user.custom_hotkeys])
  const { task, annotations } = opened
  const predictions = useMemo(() => filled(task.predictions), [task])
  // A slow model answers after the task was opened.
  const isAwaited = useHasModels(project.id) && (project.show_collab_predictions ?? false) && predictions.length === 0
  const watch = useCallback(
    (take: (records: readonly PredictionRecord[]) => void) => watchPredictions(task.id, (found) => take(filled(found))),
    [task.id],
  )
  const drafts = useMemo(() => filled(task.drafts), [task])
  return (
    <EditorShell
      config={project.label_config}
      task={task}
      annotations={annotations}
      predictions={project.show_collab_predictions ? predictions : []}
      drafts={drafts}
      user={person}
      mode={mode}
      annotationId={annotationId ?? null}
      regionId={regionId ?? null}
      viewPage={viewPage ?? null}
      alwaysAsksModel={project.reveal_preannotations_interactively ?? false}
      fromPrediction={fromPrediction(project)}
      instruction={project.expert_instruction}
      opensInstruction={mode === 'stream' && project.show_instruction}
      keyMap={keyMap}
      extraInterfaces={project.enable_empty_annotation === false ? NO_EMPTY : undefined}
      watchPredictions={isAwaited ? watch : undefined}
      host={host}
    />
  )
}
