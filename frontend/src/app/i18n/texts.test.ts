import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { en } from './en'

const flatten = (tree: object, prefix = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : flatten(value as object, `${prefix}${key}.`),
  )
const known = flatten(en)
const plain = new Set(known.map((key) => key.replace(/_(one|other)$/, '')))

const sources = ['app', 'pages', 'ui'].flatMap((folder) => {
  const root = join(import.meta.dirname, '../..', folder)
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
})
const code = sources.join('\n')
const fixed = [...code.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1] as string)
const quoted = new Set([...code.matchAll(/'([a-zA-Z]+(?:\.[a-zA-Z_]+)+)'/g)].map((match) => match[1] as string))
const built = [...code.matchAll(/\bt\(`([^`$]*)\$\{/g)].map((match) => match[1] as string)

it('every text that is asked for exists', () => {
  expect(fixed.length).toBeGreaterThan(200)
  expect(fixed.filter((key) => !plain.has(key))).toEqual([])
  expect(built.filter((start) => !known.some((key) => key.startsWith(start)))).toEqual([])
})

it('every text is asked for', () => {
  const isUsed = (key: string) => quoted.has(key) || built.some((start) => start !== '' && key.startsWith(start))
  expect([...plain].filter((key) => !isUsed(key))).toEqual([])
})

it('no text is empty, and plurals come in pairs', () => {
  expect(known.filter((key) => key.endsWith('_one') && !known.includes(key.replace(/_one$/, '_other')))).toEqual([])
})
