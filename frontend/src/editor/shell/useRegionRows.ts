import { useEffect, useMemo, useState } from 'react'
import { isRegion } from '../core/document'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { looksSame, outlinerRows, type Row } from './outlinerRows'

/** Returns the outliner's lines; they are made anew only when something in them changed. */
export function useRegionRows(folded: ReadonlySet<string>, filter: string): Row[] {
  const { editor } = useEditorScope()
  const session = useEditor((e) => e.session)
  const groupBy = useEditor((e) => e.settings.get().groupBy)
  const orderBy = useEditor((e) => e.settings.get().orderBy)
  const isDescending = useEditor((e) => e.settings.get().isDescending)
  const [version, setVersion] = useState(0)
  useEffect(
    () =>
      session.store.subscribe((transaction) => {
        const isListed = transaction.some(
          ([, from, to]) =>
            (isRegion(from ?? undefined) || isRegion(to ?? undefined)) &&
            !(from?.kind === 'region' && to?.kind === 'region' && looksSame(from, to)),
        )
        if (isListed) setVersion((now) => now + 1)
      }),
    [session],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for the content of the session's store
  return useMemo(
    () => outlinerRows(editor, { groupBy, orderBy, isDescending }, folded, filter),
    [editor, session, version, groupBy, orderBy, isDescending, folded, filter],
  )
}
