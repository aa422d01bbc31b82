/** How a request of this page to a storage went; `unknown`: the page's own rules did not let it out. */
export type BrowserTry = 'ok' | 'failed' | 'unknown'

/** Fetches the first byte of a presigned object, as the editor does: whether the storage lets this page read it. */
export const tryFromBrowser = async (url: string): Promise<BrowserTry> => {
  let isHeldBack = false
  const note = () => {
    isHeldBack = true
  }
  document.addEventListener('securitypolicyviolation', note)
  try {
    const answer = await fetch(url, { headers: { Range: 'bytes=0-0' }, credentials: 'omit', cache: 'no-store' })
    return answer.ok ? 'ok' : 'failed'
  } catch {
    await new Promise((done) => setTimeout(done, 0)) // the event about our own rules comes after the refusal
    return isHeldBack ? 'unknown' : 'failed'
  } finally {
    document.removeEventListener('securitypolicyviolation', note)
  }
}
