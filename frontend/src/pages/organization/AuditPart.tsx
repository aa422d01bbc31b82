import { Anchor, Box, Group, Pagination, Select, Skeleton, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { address } from '@/api/client'
import { messageOf } from '@/api/errors'
import { useAuditLog, useMembers } from '@/api/queries/organization'
import { useUser } from '@/api/queries/session'
import type { AuditEntry } from '@/api/types'
import { Face } from '@/ui/Face'
import { Failure } from '@/ui/Failure'
import { nameOf } from '@/ui/nameOf'
import { RelativeTime } from '@/ui/RelativeTime'
import { Section } from '@/ui/Section'
import classes from './AuditPart.module.css'
import { actionText, auditKinds, detailsText } from './auditText'

const kinds = Object.keys(auditKinds) as (keyof typeof auditKinds)[]
const spans = ['1', '7', '30', '365'] as const
const EVERYTHING = ''
const PAGE_SIZE = 50

const Entry = ({ entry, name }: { entry: AuditEntry; name: string }) => {
  const details = detailsText(entry.details)
  return (
    <li className={classes.entry}>
      <span aria-hidden>
        <Face name={name} />
      </span>
      <Box miw={0} flex={1}>
        <Text size="sm">
          <b>{name}</b> {actionText(entry.action)}{' '}
          {entry.object_id !== '' && (
            <Text span size="sm" c="dimmed">
              {entry.object_type} {entry.object_id}
            </Text>
          )}
        </Text>
        {details !== '' && (
          <Text size="xs" c="dimmed" className="clamp-2" title={details}>
            {details}
          </Text>
        )}
      </Box>
      <Box className={classes.when}>
        <RelativeTime at={entry.at} />
        <Text size="xs" c="dimmed">
          {entry.ip}
        </Text>
      </Box>
    </li>
  )
}

/** Who did what, newest first. */
export const AuditPart = () => {
  const { t } = useTranslation()
  const members = useMembers(useUser().active_organization ?? 0)
  const [chosen, setChosen] = useState({ kind: EVERYTHING, actor: EVERYTHING, days: EVERYTHING })
  const [page, setPage] = useState(1)
  const filter = { ...chosen, kind: kinds.includes(chosen.kind as never) ? auditKinds[chosen.kind as 'data'] : '' }
  const log = useAuditLog({ ...filter, page })
  const pages = Math.ceil((log.data?.count ?? 0) / PAGE_SIZE)
  const people = members.data?.results.map(({ user }) => user) ?? []
  const names = new Map(people.map((person) => [person.id, nameOf(person)]))
  const select = (name: keyof typeof chosen, data: { value: string; label: string }[]) => (
    <Select
      size="xs"
      className={classes.filter}
      aria-label={t(`organization.audit.by.${name}`)}
      data={[{ value: EVERYTHING, label: t(`organization.audit.any.${name}`) }, ...data]}
      value={chosen[name]}
      onChange={(value) => {
        setChosen({ ...chosen, [name]: value ?? EVERYTHING })
        setPage(1)
      }}
    />
  )
  return (
    <Section
      title={t('organization.audit.title')}
      hint={t('organization.audit.hint')}
      action={
        <Anchor href={address('/api/audit-log/', { ...filter, format: 'csv' })} size="sm" download>
          <IconDownload size={14} /> {t('organization.audit.csv')}
        </Anchor>
      }
    >
      <Group gap="xs" mb="sm">
        {select(
          'kind',
          kinds.map((value) => ({ value, label: t(`organization.audit.kind.${value}`) })),
        )}
        {select(
          'actor',
          people.map((person) => ({ value: String(person.id), label: nameOf(person) })),
        )}
        {select(
          'days',
          spans.map((value) => ({ value, label: t('organization.audit.days', { count: Number(value) }) })),
        )}
      </Group>
      {log.error && <Failure message={messageOf(log.error)} onRetry={() => void log.refetch()} />}
      {log.isPending && <Skeleton height={200} />}
      {log.data?.results.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('organization.audit.none')}
        </Text>
      )}
      <ul className={classes.list}>
        {log.data?.results.map((entry) => (
          <Entry
            key={entry.id}
            entry={entry}
            name={names.get(entry.actor?.id ?? 0) ?? entry.actor?.email ?? entry.actor_kind}
          />
        ))}
      </ul>
      {pages > 1 && (
        <Pagination
          mt="sm"
          size="xs"
          total={pages}
          value={page}
          onChange={setPage}
          getControlProps={(control) => ({ 'aria-label': t(`common.page.${control}`) })}
        />
      )}
    </Section>
  )
}
