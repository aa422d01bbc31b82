import { Badge, Button, Group, Skeleton, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { type Session, useEndSessions, useSessions } from '@/api/queries/sessions'
import { Failure } from '@/ui/Failure'
import { RelativeTime } from '@/ui/RelativeTime'
import { Section } from '@/ui/Section'
import { say, sayFailed } from '@/ui/toast'
import classes from './account.module.css'
import { browserOf } from './browserOf'

/** Where the person at the screen is logged in, and the end of that. */
export const SessionsPart = () => {
  const { t } = useTranslation()
  const sessions = useSessions()
  const end = useEndSessions()
  const nameOf = ({ agent }: Session): string => {
    const found = browserOf(agent)
    if (found === null) return t('account.sessions.unknown')
    return found.system === null ? found.browser : t('account.sessions.browserOn', { ...found })
  }
  const stop = (which: string) =>
    end.mutate(which, {
      onSuccess: () => say(t(which === 'others' ? 'account.sessions.othersEnded' : 'account.sessions.ended')),
      onError: (error) => sayFailed(messageOf(error)),
    })
  const others = sessions.data?.filter((session) => !session.is_current) ?? []
  return (
    <Section title={t('account.sessions.title')} hint={t('account.sessions.hint')}>
      {sessions.isPending && <Skeleton height={80} />}
      {sessions.error && <Failure message={messageOf(sessions.error)} onRetry={() => void sessions.refetch()} />}
      <ul className={classes.sessions} aria-label={t('account.sessions.title')}>
        {sessions.data?.map((session) => (
          <li key={session.id}>
            <div className={classes.session}>
              <Text size="sm" fw={600} title={session.agent}>
                {nameOf(session)}
              </Text>
              <Text size="xs" c="dimmed">
                {session.ip} · {t('account.sessions.since')} <RelativeTime at={session.created_at} />
                {' · '}
                {t('account.sessions.seen')} <RelativeTime at={session.last_seen_at} />
              </Text>
            </div>
            {session.is_current ? (
              <Badge variant="light">{t('account.sessions.current')}</Badge>
            ) : (
              <Button
                variant="default"
                size="compact-xs"
                aria-label={t('account.sessions.endName', { name: nameOf(session) })}
                disabled={end.isPending}
                onClick={() => stop(session.id)}
              >
                {t('account.sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <Group mt="md">
          <Button variant="default" disabled={end.isPending} onClick={() => stop('others')}>
            {t('account.sessions.endOthers', { count: others.length })}
          </Button>
        </Group>
      )}
    </Section>
  )
}
