import { useState } from 'react'
import { type Command, hotkeyOf } from '../core/commands'
import { showHotkey } from '../core/hotkeys'
import { useText } from '../tags/useText'
import { Modal } from './Modal'
import { useObservable, useShell } from './ShellContext'

/** Finds any command by typing. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useText()
  const { commands, props, isMac } = useShell()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const nameOf = (command: Command) => (command.isLiteral ? command.title : t(command.title))
  const words = query.toLowerCase().split(/\s+/)
  const found = useObservable(commands).filter(
    (command) =>
      !command.isHidden && command.isEnabled() && words.every((word) => nameOf(command).toLowerCase().includes(word)),
  )
  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    // The palette closes first, so that a command may open a dialog of its own.
    queueMicrotask(() => command.run())
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter') run(found[at])
    else if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else return
    event.preventDefault()
  }
  return (
    <Modal title={t('palette.title')} onClose={onClose}>
      <input
        type="text"
        className="pe-input"
        role="combobox"
        aria-expanded="true"
        aria-controls="pe-palette"
        aria-activedescendant={found[at] ? `pe-palette-${at}` : undefined}
        aria-label={t('palette.placeholder')}
        placeholder={t('palette.placeholder')}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id="pe-palette" role="listbox" tabIndex={-1} aria-label={t('palette.title')} className="pe-palette">
        {found.map((command, index) => (
          <div
            key={`${command.scope ?? ''}${command.id}`}
            id={`pe-palette-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={index === at ? 'pe-palette__at' : ''}
            onPointerDown={() => run(command)}
          >
            <span>{nameOf(command)}</span>
            {hotkeyOf(command, props.keyMap, isMac) ? (
              <kbd className="pe-key">{showHotkey(hotkeyOf(command, props.keyMap, isMac), isMac)}</kbd>
            ) : null}
          </div>
        ))}
        {found.length === 0 ? <p className="pe-quiet">{t('palette.none')}</p> : null}
      </div>
    </Modal>
  )
}
