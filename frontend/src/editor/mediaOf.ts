import { isList, type JsonObject } from './core/json'
import { parseConfig } from './core/labelConfig'
import { bindConfig } from './core/taskConfig'
import { TAG_SPECS } from './tags/specs.gen'

/** Returns the addresses of the pictures that a task shows, so that they can be loaded before it is opened. */
export function imagesOf(config: string, data: JsonObject): string[] {
  try {
    const bound = bindConfig(parseConfig(config, TAG_SPECS), data)
    return [...bound.objects.values()]
      .filter(({ tag }) => tag === 'Image')
      .flatMap(({ node }) => (isList(node.data) ? node.data : [node.data]))
      .filter((address): address is string => typeof address === 'string' && address !== '')
  } catch {
    // A config that cannot be read is told when the task is opened.
    return []
  }
}
