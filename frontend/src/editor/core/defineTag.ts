import type { RegionRecord } from './document'
import type { Editor } from './editor'
import type { Json, JsonObject } from './json'
import type { AnswerProblem } from './problems'
import type { RegionCodec } from './region'
import type { Control, TagNode, Word } from './taskConfig'

/** What a tag family brings to the editor. `View` is the type of its component; the core does not look into it. */
export interface TagDefinition<View = unknown> {
  /** Tags served by this family. */
  readonly tags: readonly string[]
  /** How regions of this family are stored. */
  readonly codec?: RegionCodec
  /** Types of results that the codec reads, beside the names of the tags. */
  readonly types?: readonly string[]
  /** For object tags: families of regions that may lie on it. */
  readonly regionFamilies?: readonly string[]
  /** The control or object on the screen. */
  readonly view?: View
  /** Value that a control has in a new annotation. */
  readonly preset?: (control: Control) => JsonObject | undefined
  /** What is wrong with an answer, beyond being absent. */
  readonly check?: (control: Control, answer: Json) => AnswerProblem | null
  /** Called before answers are looked at for submission: writes what counts as answered without a touch. */
  readonly finish?: (editor: Editor, control: Control) => void
  /** Does what a click on one of the control's words does. */
  readonly pick?: (editor: Editor, control: Control, word: Word) => void
  /** What is wrong with all regions of a control together, as that there are too few. */
  readonly checkRegions?: (control: Control, regions: readonly RegionRecord[]) => AnswerProblem | null
  /** Keys of the tool bar that this tag uses, so that labels do not take them. */
  readonly toolKeys?: (node: TagNode) => readonly string[]
}

/** Declares a tag family. */
export const defineTag = <View>(definition: TagDefinition<View>): TagDefinition<View> => definition

/** All tag families, by the name of their tags. */
export type TagRegistry<View = unknown> = ReadonlyMap<string, TagDefinition<View>>

/** Returns the registry of tag families. */
export function toRegistry<View>(definitions: readonly TagDefinition<View>[]): TagRegistry<View> {
  const registry = new Map<string, TagDefinition<View>>()
  for (const definition of definitions) for (const tag of definition.tags) registry.set(tag, definition)
  return registry
}
