/** Returns the text at an address; throws if it cannot be had. */
export async function fetchText(url: string, signal?: AbortSignal): Promise<string> {
  if (url === '') throw new Error('There is no address.')
  const response = await fetch(url, { signal })
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
  return response.text()
}
