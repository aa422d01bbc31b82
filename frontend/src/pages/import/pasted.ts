export type PasteFormat = 'json' | 'jsonl' | 'csv' | 'tsv' | 'txt'
export const pasteFormats: readonly PasteFormat[] = ['json', 'jsonl', 'csv', 'tsv', 'txt']

/** Returns how pasted text is most likely meant. */
export const guessFormat = (text: string): PasteFormat => {
  const trimmed = text.trim()
  const lines = trimmed.split('\n').filter((line) => line.trim() !== '')
  if (trimmed.startsWith('[')) return 'json'
  if (trimmed.startsWith('{')) {
    const isLines = lines.length > 1 && lines.every((line) => line.trim().startsWith('{') && line.trim().endsWith('}'))
    return isLines ? 'jsonl' : 'json'
  }
  const head = lines[0] ?? ''
  if (lines.length > 1 && head.includes('\t')) return 'tsv'
  const commas = head.split(',').length
  const isTable = lines.length > 1 && commas > 1 && lines.slice(0, 5).every((line) => line.split(',').length >= commas)
  return isTable && /^[\w"]/.test(head) ? 'csv' : 'txt'
}

/** Returns pasted text as the file it would have been. */
export const fileOf = (text: string, format: PasteFormat): File =>
  new File([text], `pasted.${format}`, { type: 'text/plain' })
