import type { ElementSpec } from '@codemirror/lang-xml'
import { TAG_SPECS } from '@/editor/tags/specs.gen'
import { TAG_DOCS } from './tagDocs.gen'

const closedValues = (type: string, values: readonly string[]): readonly string[] =>
  type === 'boolean' ? ['true', 'false'] : values

/** All tags with their attributes and allowed words, for completion. */
export const tagElements: readonly ElementSpec[] = Object.values(TAG_SPECS).map((spec) => ({
  name: spec.name,
  top: spec.name === 'View',
  completion: { info: TAG_DOCS[spec.name]?.doc, type: 'keyword' },
  attributes: Object.entries(spec.attrs).map(([name, attr]) => ({
    name,
    values: [...closedValues(attr.type, attr.values)],
    completion: { info: TAG_DOCS[spec.name]?.attrs[name], type: 'property' },
  })),
}))
