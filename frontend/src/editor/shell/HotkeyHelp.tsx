import { type Command, type CommandGroup, findConflicts, hotkeyOf } from '../core/commands'
import { showHotkey } from '../core/hotkeys'
import { useText } from '../tags/useText'
import { Modal } from './Modal'
import { useObservable, useShell } from './ShellContext'

const GROUPS: readonly CommandGroup[] = ['annotation', 'region', 'label', 'tool', 'view', 'text']

/** All keys that work now, from the same list of commands that runs them. */
export function HotkeyHelp({ onClose }: { onClose: () => void }) {
  const t = useText()
  const { commands, props, isMac } = useShell()
  const all = useObservable(commands)
    .filter((command) => !command.isHidden)
    .map((command) => ({ command, keys: hotkeyOf(command, props.keyMap, isMac) }))
    .filter(({ keys }) => keys !== '')
  const named = (command: Command | undefined) => (command?.isLiteral ? command.title : t(command?.title ?? ''))
  const conflicts = findConflicts(
    all.map(({ command }) => command),
    props.keyMap,
    isMac,
  )
  return (
    <Modal title={t('help.title')} onClose={onClose} isWide>
      {conflicts.length > 0 ? (
        <ul className="pe-help__conflicts" role="alert">
          {conflicts.map(({ combo, commands: [first, second] }) => (
            <li key={`${combo} ${second}`}>
              {t('help.conflict', {
                keys: showHotkey(combo, isMac),
                first: named(all.find(({ command }) => command.id === first)?.command),
                second: named(all.find(({ command }) => command.id === second)?.command),
              })}
            </li>
          ))}
        </ul>
      ) : null}
      <div className="pe-help">
        {GROUPS.map((group) => {
          const here = all.filter(({ command }) => command.group === group)
          return here.length === 0 ? null : (
            <section key={group}>
              <h3>{t(`help.group.${group}`)}</h3>
              <dl>
                {here.map(({ command, keys }) => (
                  <div key={command.id}>
                    <dt>{command.isLiteral ? command.title : t(command.title)}</dt>
                    <dd>
                      <kbd className="pe-key">{showHotkey(keys, isMac)}</kbd>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
      </div>
    </Modal>
  )
}
