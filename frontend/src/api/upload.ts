import { type Method, writeHeaders } from './client'
import { errorFrom, UnreachableError } from './errors'

export interface Upload<T> {
  done: Promise<T>
  cancel: () => void
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** Sends a form and tells how much of it has left, which fetch cannot. */
export const upload = <T>(
  path: string,
  form: FormData,
  onProgress: (sent: number, total: number) => void,
): Upload<T> => {
  const method: Method = 'POST'
  const request = new XMLHttpRequest()
  const done = new Promise<T>((resolve, reject) => {
    request.open(method, path)
    request.setRequestHeader('Accept', 'application/json')
    for (const [name, value] of Object.entries(writeHeaders(method))) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => onProgress(event.loaded, event.total)
    request.onerror = () => reject(new UnreachableError(null))
    request.onabort = () => reject(new DOMException('Upload canceled', 'AbortError'))
    request.onload = () => {
      const body = parsed(request.responseText)
      if (request.status < 400) resolve(body as T)
      else reject(errorFrom(request.status, body, request.getResponseHeader('Retry-After')))
    }
    request.send(form)
  })
  return { done, cancel: () => request.abort() }
}
