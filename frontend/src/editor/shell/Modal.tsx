import { type ReactNode, useEffect, useRef } from 'react'
import { useText } from '../tags/useText'

interface ModalProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly isWide?: boolean
}

/** A dialog above the editor; Escape closes it and the focus goes back to where it was. */
export function Modal({ title, onClose, children, isWide = false }: ModalProps) {
  const t = useText()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    // Showing a dialog focuses its first button; who types here wants the input.
    element?.querySelector<HTMLElement>('input[type=text]')?.focus()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={`pe-modal${isWide ? ' pe-modal_wide' : ''}`}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className="pe-modal__box">
        <header className="pe-modal__head">
          <h2>{title}</h2>
          <button type="button" className="pe-icon-button" aria-label={t('dialog.close')} onClick={onClose}>
            ✕
          </button>
        </header>
        {children}
      </div>
    </dialog>
  )
}
