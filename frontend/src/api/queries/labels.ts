import { get, post, remove } from '../client'
import type { Json, Shape } from '../types'

type Link = Shape<'LabelLink'>
type Label = Shape<'Label'>

export interface LinkedLabel {
  link: number
  from_name: string
  label: Label
}

const PAGE_SIZE = 500

/** Returns the labels that people added to controls of a project. */
export const listLinkedLabels = async (project: number): Promise<LinkedLabel[]> => {
  const found: LinkedLabel[] = []
  for (let page = 1; ; page += 1) {
    const query = { project, expand: 'label', page, page_size: PAGE_SIZE }
    const { results, next } = await get<{ results: Link[]; next: string | null }>('/api/label_links/', query)
    for (const { id, from_name, label } of results) {
      if (typeof label === 'object') found.push({ link: id, from_name, label })
    }
    if (next === null) return found
  }
}

/** Adds a label to a control of a project; returns its id. */
export const addLabel = async (project: number, from_name: string, title: string, value: Json): Promise<number> => {
  const [made] = await post<Shape<'NewLabel'>[]>('/api/labels/', [{ project, from_name, title, value }])
  if (!made) throw new Error('The server told of no label.')
  return made.id
}

/** Takes a label away from a control. */
export const unlinkLabel = (link: number) => remove(`/api/label_links/${link}/`)
