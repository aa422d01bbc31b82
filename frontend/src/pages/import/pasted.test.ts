import { expect, it } from 'vitest'
import { fileOf, guessFormat } from './pasted'

it.each([
  ['[{"text": "a"}]', 'json'],
  ['{"text": "a"}', 'json'],
  ['{\n  "text": "a"\n}', 'json'],
  ['{"text": "a"}\n{"text": "b"}\n', 'jsonl'],
  ['text,id\nhello,1\nworld,2', 'csv'],
  ['text\tid\nhello\t1', 'tsv'],
  ['One line', 'txt'],
  ['Well, this is prose.\nNo table here.', 'txt'],
  ['', 'txt'],
])('%j is read as %s', (text, format) => {
  expect(guessFormat(text)).toBe(format)
})

it('becomes a file of its format', async () => {
  const file = fileOf('a,b\n1,2', 'csv')
  expect(file.name).toBe('pasted.csv')
  expect(await file.text()).toBe('a,b\n1,2')
})
