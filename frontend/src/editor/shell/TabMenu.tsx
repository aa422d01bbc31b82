import { useEffect, useRef, useState } from 'react'
import type { Session } from '../core/session'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { useShell } from './ShellContext'

/** What can be done with an annotation or a prediction. */
export function TabMenu({ session, name }: { session: Session; name: string }) {
  const t = useText()
  const [isOpen, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!isOpen) return
    const outside = (event: PointerEvent) => !box.current?.contains(event.target as Node) && setOpen(false)
    document.addEventListener('pointerdown', outside)
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      setOpen(false)
    }
    document.addEventListener('keydown', onEscape, true)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('keydown', onEscape, true)
    }
  }, [isOpen])
  return (
    <div ref={box} className="pe-menu">
      <button
        type="button"
        className="pe-icon-button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={t('tabs.menu', { name })}
        onClick={() => setOpen(!isOpen)}
      >
        ⋯
      </button>
      {isOpen ? <MenuItems session={session} close={() => setOpen(false)} /> : null}
    </div>
  )
}

function MenuItems({ session, close }: { session: Session; close: () => void }) {
  const t = useText()
  const { controller, props, has } = useShell()
  const { editor } = useEditorScope()
  const others = useEditor((e) => e.sessions.get().length - 1)
  const { linkTo } = props.host
  const copyLink = async (id: number) => {
    await navigator.clipboard?.writeText(linkTo?.(id, null) ?? '')
    editor.tell('details.copied')
  }
  const info = useEditor(() => session.info.get())
  const isPrediction = info.kind === 'prediction'
  const remove = () =>
    controller.dialog.set({
      kind: 'confirm',
      text: info.id === null ? 'tabs.discardQuestion' : 'tabs.deleteQuestion',
      action: 'tabs.delete',
      run: () => void controller.remove(session),
    })
  const items = [
    { key: isPrediction ? 'bar.copy' : 'tabs.duplicate', isOff: false, run: () => controller.duplicate(session) },
    { key: 'tabs.copyId', isOff: info.id === null, run: () => void navigator.clipboard?.writeText(String(info.id)) },
    {
      key: 'tabs.copyLink',
      isOff: isPrediction || info.id === null || !linkTo,
      run: () => void copyLink(info.id as number),
    },
    { key: 'tabs.others', isOff: others === 0 || !has('annotations:view-all'), run: () => controller.compare() },
    {
      key: info.isGroundTruth ? 'tabs.unsetGroundTruth' : 'tabs.setGroundTruth',
      isOff: isPrediction || info.id === null || !has('ground-truth'),
      run: () => void controller.toggleGroundTruth(session),
    },
    { key: 'tabs.delete', isOff: isPrediction || !(has('annotations:delete') || info.id === null), run: remove },
  ]
  return (
    <div role="menu" className="pe-menu__list">
      {items
        .filter((item) => !item.isOff)
        .map((item) => (
          <button
            key={item.key}
            type="button"
            role="menuitem"
            onClick={() => {
              close()
              item.run()
            }}
          >
            {t(item.key)}
          </button>
        ))}
    </div>
  )
}
