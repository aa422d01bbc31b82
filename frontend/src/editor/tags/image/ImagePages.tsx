import { useEffect, useMemo } from 'react'
import type { Command } from '../../core/commands'
import { itemIndexOf } from '../../core/region'
import { useEditor, useEditorScope } from '../EditorContext'
import { useText } from '../useText'

/** Turns the pages of an image list; selecting a region turns to its page. */
export function ImagePages({ name, count }: { name: string; count: number }) {
  const t = useText()
  const { editor, addCommands } = useEditorScope()
  const page = useEditor((e) => e.pageOf(name))
  const wanted = useEditor((e) => {
    const id = e.selection.only()
    const region = id === null ? undefined : e.store.region(id)
    return region?.to === name ? itemIndexOf(region) : null
  })
  const commands = useMemo((): Command[] => {
    const turn = (by: number) => {
      const next = Math.min(Math.max(editor.pageOf(name) + by, 0), count - 1)
      editor.pages.update((pages) => new Map(pages).set(name, next))
    }
    return [
      {
        id: 'image:prev',
        title: 'image.previous',
        group: 'view',
        hotkey: 'ctrl+left',
        mac: 'command+left',
        scope: name,
        isEnabled: () => editor.pageOf(name) > 0,
        run: () => turn(-1),
      },
      {
        id: 'image:next',
        title: 'image.next',
        group: 'view',
        hotkey: 'ctrl+right',
        mac: 'command+right',
        scope: name,
        isEnabled: () => editor.pageOf(name) < count - 1,
        run: () => turn(1),
      },
    ]
  }, [editor, name, count])
  useEffect(() => addCommands(commands), [addCommands, commands])
  useEffect(() => {
    if (wanted !== null)
      editor.pages.update((pages) => (pages.get(name) === wanted ? pages : new Map(pages).set(name, wanted)))
  }, [editor, name, wanted])
  return (
    <nav className="pe-pages" aria-label={t('image.pages')}>
      {commands.map((command, at) => (
        <button
          key={command.id}
          type="button"
          className="pe-icon-button"
          style={{ order: at * 2 }}
          disabled={at === 0 ? page <= 0 : page >= count - 1}
          aria-label={t(command.title)}
          onClick={command.run}
        >
          {at === 0 ? '‹' : '›'}
        </button>
      ))}
      <span style={{ order: 1 }}>{t('image.page', { page: page + 1, count })}</span>
    </nav>
  )
}
