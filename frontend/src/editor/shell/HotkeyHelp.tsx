import { type CommandGroup, hotkeyOf } from '../core/commands'
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
  return (
    <Modal title={t('help.title')} onClose={onClose} isWide>
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
