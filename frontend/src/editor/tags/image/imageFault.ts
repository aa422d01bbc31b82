import type { Size } from '../../engines/canvas/plane'
import { isImageUrl } from './imageSource'

/** Why a picture is not shown; the texts are under `image.faults`. */
export type ImageFault =
  | 'scheme'
  | 'insecure'
  | 'cors'
  | 'foreign'
  | 'missing'
  | 'refused'
  | 'server'
  | 'storage'
  | 'notImage'
  | 'broken'
  | 'huge'

/** Half a billion pixels are two gigabytes in memory: browsers show nothing or go down. */
const MOST_PIXELS = 2 ** 29

/** Tells whether a picture has more pixels than a browser can hold. */
export const isHuge = ({ width, height }: Size): boolean => width * height > MOST_PIXELS

/** What is asked to find out; tests put something else in their place. */
export interface FaultPorts {
  readonly page: string
  readonly fetch: (url: string, signal: AbortSignal) => Promise<Pick<Response, 'status' | 'headers'>>
  /** Tells whether a browser shows the picture if it is not asked to be readable. */
  readonly shows: (url: string) => Promise<boolean>
}

const BROWSER: FaultPorts = {
  get page() {
    return globalThis.location.href
  },
  fetch: (url, signal) => fetch(url, { signal, credentials: 'same-origin' }),
  shows: (url) =>
    new Promise((done) => {
      const image = new Image()
      image.onload = () => done(true)
      image.onerror = () => done(false)
      image.src = url
    }),
}

/** Finds out why a picture could not be loaded, as far as a browser lets a page know. */
export async function findFault(url: string, crossOrigin: string | undefined, ports = BROWSER): Promise<ImageFault> {
  if (!isImageUrl(url)) return 'scheme'
  if (/^(data|blob):/i.test(url)) return 'broken'
  const page = new URL(ports.page)
  const address = URL.canParse(url, page) ? new URL(url, page) : null
  if (!address) return 'missing'
  if (page.protocol === 'https:' && address.protocol === 'http:') return 'insecure'
  if (address.origin === page.origin) return faultHere(address.href, ports)
  return crossOrigin && (await ports.shows(url)) ? 'cors' : 'foreign'
}

async function faultHere(url: string, ports: FaultPorts): Promise<ImageFault> {
  const stop = new AbortController()
  try {
    const { status, headers } = await ports.fetch(url, stop.signal)
    if (status === 401 || status === 403) return 'refused'
    if (status >= 500) return 'server'
    if (status >= 400) return 'missing'
    return /^(image\/|application\/octet-stream)/i.test(headers.get('content-type') ?? 'image/') ? 'broken' : 'notImage'
  } catch {
    // Our server sent the browser on to a storage, which a page may not look into.
    return 'storage'
  } finally {
    stop.abort()
  }
}
