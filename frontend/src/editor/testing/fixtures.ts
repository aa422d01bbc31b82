import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Json, JsonObject } from '../core/json'
import type { Problem } from '../core/problems'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../../../fixtures')

/** Results of a tag family that must survive reading and writing. */
export interface TagFixture {
  readonly config: string
  readonly data: JsonObject
  readonly result: readonly JsonObject[]
}

/** A config and what the checker says about it. */
export interface ConfigFixture {
  readonly config: string
  readonly problems: readonly Problem[]
  readonly parsed_label_config: JsonObject | null
}

function readAll<T>(folder: string): (readonly [name: string, fixture: T])[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => [name, JSON.parse(readFileSync(join(ROOT, folder, name), 'utf8')) as T] as const)
}

/** Returns all files of `fixtures/tags`, which Python and TypeScript share. */
export const tagFixtures = () => readAll<TagFixture>('tags')

/** Returns all files of `fixtures/config`, which Python and TypeScript share. */
export const configFixtures = () => readAll<ConfigFixture>('config')

/** Returns a deep copy in which nothing is shared, as JSON that comes from the server. */
export const parsed = <T extends Json>(value: T): T => JSON.parse(JSON.stringify(value)) as T
