import { useMemo } from 'react'
import { addLabel, type LinkedLabel, listLinkedLabels, unlinkLabel } from '@/api/queries/labels'
import { useUser } from '@/api/queries/session'
import type { OwnItem, OwnItemHost } from '@/editor/host'

/** Who looks at a tree. */
export interface Viewer {
  readonly id: number
  readonly permissions: readonly string[]
}

/** Returns where the items that people add to trees of a project are kept: in its label library. */
export const ownItemHost = (project: number, viewer: Viewer): Required<OwnItemHost> => {
  const isManager = viewer.permissions.includes('labels.change')
  const toItem = ({ link, from_name, label }: LinkedLabel): OwnItem => ({
    id: link,
    control: from_name,
    path: Array.isArray(label.value) ? label.value.map(String) : [label.title],
    mayRemove: isManager || label.created_by === viewer.id,
  })
  return {
    listOwnItems: async () => (await listLinkedLabels(project)).map(toItem),
    addOwnItem: async (control, path) => {
      const id = await addLabel(project, control, path.at(-1) ?? '', [...path])
      const made = (await listLinkedLabels(project)).find(
        ({ label, from_name }) => label.id === id && from_name === control,
      )
      if (!made) throw new Error('The server told of no link.')
      return toItem(made)
    },
    removeOwnItem: async ({ id }) => {
      if (id !== undefined) await unlinkLabel(id)
    },
  }
}

/** Returns where the items are kept that the person at the screen adds. */
export const useOwnItems = (project: number): Required<OwnItemHost> => {
  const { id, permissions } = useUser()
  return useMemo(() => ownItemHost(project, { id, permissions }), [project, id, permissions])
}
