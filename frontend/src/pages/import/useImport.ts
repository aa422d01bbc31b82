import { useRef, useState } from 'react'
import { messageOf } from '@/api/errors'
import { importFiles, importUrl } from '@/api/queries/imports'
import type { JobId } from '@/api/queries/jobs'

export interface Uploading {
  files: number
  sent: number
  total: number
}

/** Holds the import under way: first its upload, then the job that reads it. */
export const useImport = (project: number) => {
  const [upload, setUpload] = useState<Uploading | null>(null)
  const [job, setJob] = useState<JobId | null>(null)
  const [error, setError] = useState<string | null>(null)
  const cancel = useRef<() => void>(() => undefined)

  const sendFiles = async (files: readonly File[]): Promise<void> => {
    setError(null)
    setJob(null)
    const total = files.reduce((sum, file) => sum + file.size, 0)
    setUpload({ files: files.length, sent: 0, total })
    const sending = importFiles(project, files, (sent) =>
      setUpload({ files: files.length, sent: Math.min(sent, total), total }),
    )
    cancel.current = sending.cancel
    try {
      setJob((await sending.done).job.id)
    } catch (failure) {
      if (!(failure instanceof DOMException && failure.name === 'AbortError')) setError(messageOf(failure))
    } finally {
      setUpload(null)
    }
  }

  const sendUrl = async (url: string): Promise<void> => {
    setError(null)
    setJob(null)
    setJob((await importUrl(project, url)).job.id)
  }
  return { upload, job, error, sendFiles, sendUrl, cancelUpload: () => cancel.current() }
}
