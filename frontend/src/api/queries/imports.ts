import { send } from '../client'
import type { Shape } from '../types'
import { type Upload, upload } from '../upload'

export type ImportStarted = Pick<Shape<'ImportStarted'>, 'job'>

const importPath = (project: number): string => `/api/projects/${project}/import?mode=job`

/** Sends files to be imported by a job; every part has its own name, as the contract wants. */
export const importFiles = (
  project: number,
  files: readonly File[],
  onProgress: (sent: number, total: number) => void,
): Upload<ImportStarted> => {
  const form = new FormData()
  for (const [index, file] of files.entries()) form.append(`file${index}`, file, file.name)
  return upload<ImportStarted>(importPath(project), form, onProgress)
}

export const importUrl = async (project: number, url: string): Promise<ImportStarted> => {
  const form = new FormData()
  form.append('url', url)
  return (await send<ImportStarted>('POST', importPath(project), { body: form })).data
}

export type Imported = Shape<'ImportCounts'>

/** Imports tasks, or plain data objects, and returns when they are there. For a few: no job, no progress. */
export const importJson = async (project: number, tasks: unknown): Promise<Imported> =>
  (await send<Imported>('POST', `/api/projects/${project}/import`, { body: tasks })).data
