import { Button, Group, Kbd, Skeleton, Table, Text } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { type Hotkeys, useHotkeys, useSaveHotkeys } from '@/api/queries/tokens'
import { showHotkey } from '@/editor/core/hotkeys'
import { Failure } from '@/ui/Failure'
import { Section } from '@/ui/Section'
import { sayFailed } from '@/ui/toast'
import { hotkeyActions } from './hotkeyActions'
import { comboOf, conflictsIn, keyOf } from './hotkeyChoice'

const titles = new Map(hotkeyActions.map(({ id, title }) => [id, title]))

/** The editor's keys, each changeable; two acts on one key are pointed out. */
export const HotkeysPart = () => {
  const { t } = useTranslation()
  const hotkeys = useHotkeys()
  const save = useSaveHotkeys()
  const [waiting, setWaiting] = useState<string | null>(null)
  const own: Hotkeys = hotkeys.data ?? {}
  const conflicts = conflictsIn(hotkeyActions, own)
  const titleOf = (id: string) => t(`account.hotkeys.action.${titles.get(id)}`)
  const store = (next: Hotkeys) => save.mutate(next, { onError: (error) => sayFailed(messageOf(error)) })

  const onKeyDown = (id: string) => (event: KeyboardEvent) => {
    if (waiting !== id) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return setWaiting(null)
    const combo = comboOf(event)
    if (combo === null) return
    setWaiting(null)
    store({ ...own, [id]: { key: combo, active: true } })
  }
  const reset = (id: string) => {
    const { [id]: _dropped, ...rest } = own
    store(rest)
  }
  return (
    <Section title={t('account.hotkeys.title')} hint={t('account.hotkeys.hint')}>
      {hotkeys.error && <Failure message={messageOf(hotkeys.error)} onRetry={() => void hotkeys.refetch()} />}
      {hotkeys.isPending && <Skeleton height={200} />}
      {hotkeys.data && (
        <Table className="dense-table" verticalSpacing={4}>
          <Table.Tbody>
            {hotkeyActions.map((action) => (
              <Table.Tr key={action.id}>
                <Table.Td>
                  {titleOf(action.id)}
                  {conflicts[action.id] && (
                    <Text size="xs" c="var(--postil-rubric)" role="alert">
                      {t('account.hotkeys.conflict', {
                        key: showHotkey(keyOf(action, own)),
                        other: titleOf(conflicts[action.id] ?? ''),
                      })}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <Group gap="xs" justify="flex-end">
                    {own[action.id] && (
                      <Button variant="subtle" size="compact-xs" onClick={() => reset(action.id)}>
                        {t('account.hotkeys.reset')}
                      </Button>
                    )}
                    <Button
                      variant="default"
                      size="compact-sm"
                      miw={120}
                      aria-label={t('account.hotkeys.change', {
                        action: titleOf(action.id),
                        key: waiting === action.id ? t('account.hotkeys.press') : showHotkey(keyOf(action, own)),
                      })}
                      onClick={() => setWaiting(action.id)}
                      onKeyDown={onKeyDown(action.id)}
                      onBlur={() => setWaiting(null)}
                    >
                      {waiting === action.id ? (
                        t('account.hotkeys.press')
                      ) : (
                        <Kbd size="xs">{showHotkey(keyOf(action, own))}</Kbd>
                      )}
                    </Button>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  )
}
