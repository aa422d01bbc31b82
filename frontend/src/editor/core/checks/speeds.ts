import type { ConfigNode, LabelConfig } from '../labelConfig'
import type { Problem } from '../problems'
import { problemAt } from './problemAt'

const [SLOWEST, FASTEST] = [0.05, 10]
const DEFAULT = 'defaultPlaybackSpeed'
const LOWEST = 'minPlaybackSpeed'
// What the server's language reads as a number: digits may be grouped by single underscores.
const NUMBER = /^\s*[+-]?(?:(?:\d+(?:_\d+)*)(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?\s*$/i

/** Attributes whose numbers are checked here and nowhere else. */
export const SPEEDS: ReadonlySet<string> = new Set([DEFAULT, LOWEST])

/** Yields what is wrong with playback speeds of videos: the one pair of numbers that is checked on saving. */
export function* checkSpeeds(config: LabelConfig): Iterable<Problem> {
  for (const node of config.nodes) if (node.tag === 'Video') yield* check(node)
}

function* check(node: ConfigNode): Iterable<Problem> {
  const tell = (attribute: string, reason: string) =>
    problemAt(node, 'error', 'video_speed', `Video "${node.attrs.name ?? ''}": ${reason}.`, attribute)
  const speeds = new Map<string, number>()
  for (const name of SPEEDS) {
    const text = node.attrs[name]
    if (!text || text.startsWith('$')) continue
    const speed = toNumber(text)
    if (speed === null) yield tell(name, `${name} must be a number, not "${text}"`)
    else if (!(SLOWEST <= speed && speed <= FASTEST)) {
      yield tell(name, `${name} must be between ${SLOWEST} and ${FASTEST}, not ${text}`)
    } else speeds.set(name, speed)
  }
  const [usual, lowest] = [speeds.get(DEFAULT), speeds.get(LOWEST)]
  if (usual !== undefined && lowest !== undefined && lowest > usual) {
    yield tell(LOWEST, `${LOWEST} must not be above ${DEFAULT}`)
  }
}

function toNumber(text: string): number | null {
  if (NUMBER.test(text)) return Number(text.replaceAll('_', ''))
  return /^\s*[+-]?(?:inf(?:inity)?|nan)\s*$/i.test(text) ? Number.NaN : null
}
