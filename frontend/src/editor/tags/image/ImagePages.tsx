import { useEffect, useMemo, useRef } from 'react'
import type { Command } from '../../core/commands'
import type { Editor } from '../../core/editor'
import { itemIndexOf } from '../../core/region'
import { useEditor, useEditorScope } from '../EditorContext'
import type { TagViewProps } from '../tag'
import { useText } from '../useText'
import { crossOriginOf, isImageUrl } from './imageSource'

/** So many pictures before and after the shown one are loaded beforehand. */
const NEIGHBORS = 3

/** Turns the pages of an image list; selecting a region turns to its page. */
export function ImagePages({ node, urls }: TagViewProps & { urls: readonly string[] }) {
  const t = useText()
  const name = node.attrs.name ?? ''
  const count = urls.length
  const { editor, addCommands } = useEditorScope()
  const page = useEditor((e) => e.pageOf(name))
  const wanted = useEditor((e) => {
    const id = e.selection.only()
    const region = id === null ? undefined : e.store.region(id)
    return region?.to === name ? itemIndexOf(region) : null
  })
  const commands = useMemo(() => pageCommands(editor, name, count), [editor, name, count])
  useEffect(() => addCommands(commands), [addCommands, commands])
  useEffect(() => {
    if (wanted !== null) turnTo(editor, name, wanted)
  }, [editor, name, wanted])
  usePreloaded(node, urls, page)
  return (
    <nav className="pe-pages" aria-label={t('image.pages')}>
      <button
        type="button"
        className="pe-icon-button"
        disabled={page <= 0}
        aria-label={t('image.previous')}
        onClick={() => turnTo(editor, name, page - 1)}
      >
        ‹
      </button>
      <span aria-live="polite">{t('image.page', { page: page + 1, count })}</span>
      <button
        type="button"
        className="pe-icon-button"
        disabled={page >= count - 1}
        aria-label={t('image.next')}
        onClick={() => turnTo(editor, name, page + 1)}
      >
        ›
      </button>
      <Thumbnails name={name} urls={urls} page={page} />
    </nav>
  )
}

function Thumbnails({ name, urls, page }: { name: string; urls: readonly string[]; page: number }) {
  const t = useText()
  const { editor } = useEditorScope()
  const current = useRef<HTMLButtonElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shown page is brought into view when it changes
  useEffect(() => {
    current.current?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
  }, [page])
  return (
    <div className="pe-thumbnails">
      {urls.map((url, at) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: pages are told apart by their place
          key={at}
          ref={at === page ? current : null}
          type="button"
          className={`pe-thumbnail${at === page ? ' pe-thumbnail_on' : ''}`}
          aria-label={t('image.page', { page: at + 1, count: urls.length })}
          aria-current={at === page ? 'page' : undefined}
          onClick={() => turnTo(editor, name, at)}
        >
          {isImageUrl(url) ? <img src={url} alt="" loading="lazy" /> : at + 1}
        </button>
      ))}
    </div>
  )
}

function turnTo(editor: Editor, name: string, page: number): void {
  editor.pages.update((pages) => ((pages.get(name) ?? 0) === page ? pages : new Map(pages).set(name, page)))
}

function pageCommands(editor: Editor, name: string, count: number): Command[] {
  const turn = (by: number) => turnTo(editor, name, Math.min(Math.max(editor.pageOf(name) + by, 0), count - 1))
  const shared = { group: 'view', scope: name } as const
  return [
    {
      ...shared,
      id: 'image:prev',
      title: 'image.previous',
      hotkey: 'ctrl+left',
      mac: 'command+left',
      isEnabled: () => editor.pageOf(name) > 0,
      run: () => turn(-1),
    },
    {
      ...shared,
      id: 'image:next',
      title: 'image.next',
      hotkey: 'ctrl+right',
      mac: 'command+right',
      isEnabled: () => editor.pageOf(name) < count - 1,
      run: () => turn(1),
    },
  ]
}

function usePreloaded(node: TagViewProps['node'], urls: readonly string[], page: number): void {
  useEffect(() => {
    const near = urls.slice(Math.max(page - NEIGHBORS, 0), page + NEIGHBORS + 1).filter(isImageUrl)
    const images = near.map((url) => {
      const image = new Image()
      image.crossOrigin = crossOriginOf(node) ?? null
      image.src = url
      return image
    })
    return () => {
      // What has not come by now is no longer near.
      for (const image of images) if (!image.complete) image.src = ''
    }
  }, [node, urls, page])
}
