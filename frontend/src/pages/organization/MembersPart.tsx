import { ActionIcon, Avatar, Button, Group, Select, Skeleton, Table, Text, Tooltip } from '@mantine/core'
import { IconUserMinus, IconUserPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useChangeMember, useMembers } from '@/api/queries/organization'
import { isAtLeast, roles, useUser } from '@/api/queries/session'
import type { Member, Role } from '@/api/types'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Failure } from '@/ui/Failure'
import { nameOf } from '@/ui/nameOf'
import { RelativeTime } from '@/ui/RelativeTime'
import { Section } from '@/ui/Section'
import { say, sayFailed } from '@/ui/toast'

/** Who belongs to the organization and what they may do. */
export const MembersPart = () => {
  const { t } = useTranslation()
  const user = useUser()
  const organization = user.active_organization ?? 0
  const members = useMembers(organization)
  const change = useChangeMember(organization)
  const [leaving, setLeaving] = useState<Member | null>(null)
  const administers = isAtLeast(user.role, 'administrator')
  const failed = (error: unknown) => sayFailed(messageOf(error))
  const given = roles.filter((role) => isAtLeast(user.role, role))
  const setRole = (member: Member, role: Role) =>
    change.setRole.mutate(
      { user: member.user.id, role },
      { onSuccess: () => say(t('organization.members.changed', { name: nameOf(member.user) })), onError: failed },
    )
  return (
    <Section
      title={t('organization.members.title')}
      hint={t('organization.members.hint')}
      action={
        <Button component={Link} to="/organization/invitations/" leftSection={<IconUserPlus size={15} />}>
          {t('organization.members.invite')}
        </Button>
      }
    >
      {members.error && <Failure message={messageOf(members.error)} onRetry={() => void members.refetch()} />}
      {members.isPending && <Skeleton height={140} />}
      <Table.ScrollContainer minWidth={560}>
        <Table className="dense-table" verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('organization.members.name')}</Table.Th>
              <Table.Th>{t('organization.members.role')}</Table.Th>
              <Table.Th>{t('organization.members.seen')}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {members.data?.results.map((member) => (
              <Table.Tr key={member.user.id}>
                <Table.Td>
                  <Group gap="sm" wrap="nowrap">
                    <Avatar size={28} color="verdigris" src={member.user.avatar} alt="">
                      {member.user.initials}
                    </Avatar>
                    <div>
                      <Text size="sm" fw={600}>
                        {nameOf(member.user)}
                        {member.user.id === user.id && ` (${t('common.you')})`}
                      </Text>
                      <Text size="xs" c="dimmed">
                        {member.user.email}
                      </Text>
                    </div>
                  </Group>
                </Table.Td>
                <Table.Td>
                  {administers && member.user.id !== user.id && isAtLeast(user.role, member.role) ? (
                    <Select
                      size="xs"
                      w={150}
                      aria-label={t('organization.members.roleOf', { name: nameOf(member.user) })}
                      data={given.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
                      value={member.role}
                      onChange={(role) => role && role !== member.role && setRole(member, role)}
                    />
                  ) : (
                    t(`roles.${member.role}`)
                  )}
                </Table.Td>
                <Table.Td>
                  <RelativeTime at={member.user.last_activity} />
                </Table.Td>
                <Table.Td ta="right">
                  {administers && member.user.id !== user.id && member.role !== 'owner' && (
                    <Tooltip label={t('organization.members.remove')}>
                      <ActionIcon
                        aria-label={t('organization.members.removeName', { name: nameOf(member.user) })}
                        onClick={() => setLeaving(member)}
                      >
                        <IconUserMinus size={16} stroke={1.6} />
                      </ActionIcon>
                    </Tooltip>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <ConfirmDialog
        opened={leaving !== null}
        title={t('organization.members.remove')}
        confirmLabel={t('organization.members.remove')}
        onClose={() => setLeaving(null)}
        onConfirm={async () => {
          if (leaving) await change.drop.mutateAsync(leaving.user.id).catch(failed)
        }}
      >
        {t('organization.members.removeHint', { name: leaving ? nameOf(leaving.user) : '' })}
      </ConfirmDialog>
    </Section>
  )
}
