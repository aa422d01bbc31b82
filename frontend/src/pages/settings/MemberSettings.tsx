import { ActionIcon, Badge, Button, Group, Select, Skeleton, Table, Text, Tooltip } from '@mantine/core'
import { IconUserMinus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useMembers } from '@/api/queries/organization'
import { useChangeProjectMembers, useProjectMembers } from '@/api/queries/projects'
import { useUser } from '@/api/queries/session'
import type { Project } from '@/api/types'
import { Failure } from '@/ui/Failure'
import { nameOf } from '@/ui/nameOf'
import { Section } from '@/ui/Section'
import { sayFailed } from '@/ui/toast'

/** Which annotators and reviewers see the project. */
export const MemberSettings = ({ project }: { project: Project }) => {
  const { t } = useTranslation()
  const user = useUser()
  const members = useProjectMembers(project.id)
  const people = useMembers(user.active_organization ?? 0)
  const change = useChangeProjectMembers(project.id)
  const [chosen, setChosen] = useState<string | null>(null)
  const inside = new Set(members.data?.map((member) => member.user.id))
  const candidates = (people.data?.results ?? [])
    .filter((member) => (member.role === 'annotator' || member.role === 'reviewer') && !inside.has(member.user.id))
    .map((member) => ({
      value: String(member.user.id),
      label: `${nameOf(member.user)} · ${t(`roles.${member.role}`)}`,
    }))
  const add = async () => {
    if (!chosen) return
    await change.add.mutateAsync(Number(chosen)).catch((error: unknown) => sayFailed(messageOf(error)))
    setChosen(null)
  }
  return (
    <Section title={t('settings.members.title')} hint={t('settings.members.hint')}>
      <Group mb="md" align="flex-end" gap="xs">
        <Select
          label={t('settings.members.add')}
          placeholder={candidates.length > 0 ? t('settings.members.choose') : t('settings.members.nobody')}
          disabled={candidates.length === 0}
          searchable
          w={320}
          size="xs"
          data={candidates}
          value={chosen}
          onChange={setChosen}
        />
        <Button disabled={!chosen} loading={change.add.isPending} onClick={() => void add()}>
          {t('common.add')}
        </Button>
      </Group>
      {members.error && <Failure message={messageOf(members.error)} onRetry={() => void members.refetch()} />}
      {members.isPending && <Skeleton height={90} />}
      {members.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('settings.members.empty')}
        </Text>
      )}
      <Table className="dense-table" verticalSpacing={5}>
        <Table.Tbody>
          {members.data?.map(({ user: person, role }) => (
            <Table.Tr key={person.id}>
              <Table.Td>{nameOf(person)}</Table.Td>
              <Table.Td c="dimmed">{person.email}</Table.Td>
              <Table.Td>
                <Badge variant="light" tt="none">
                  {t(`roles.${role}`)}
                </Badge>
              </Table.Td>
              <Table.Td ta="right">
                <Tooltip label={t('settings.members.remove')}>
                  <ActionIcon
                    aria-label={t('settings.members.removeName', { name: nameOf(person) })}
                    onClick={() => change.drop.mutate(person.id, { onError: (error) => sayFailed(messageOf(error)) })}
                  >
                    <IconUserMinus size={16} stroke={1.6} />
                  </ActionIcon>
                </Tooltip>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  )
}
