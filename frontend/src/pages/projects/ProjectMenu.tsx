import { ActionIcon, Menu } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconCopy, IconDots, IconSettings, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Project } from '@/api/types'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { isArchived, useProjectActs } from '../project/useProjectActs'
import { DuplicateDialog } from './DuplicateDialog'

interface Props {
  project: Project
  title: string
  className?: string
}

const icon = { size: 15, stroke: 1.6 }

/** What can be done with a project as a whole. */
export const ProjectMenu = ({ project, title, className }: Props) => {
  const { t } = useTranslation()
  const { archive, remove } = useProjectActs()
  const [asked, setAsked] = useState<'duplicate' | 'delete' | null>(null)
  const shelved = isArchived(project)
  const Shelve = shelved ? IconArchiveOff : IconArchive
  return (
    <>
      <Menu position="bottom-end" shadow="md" withinPortal keepMounted={false}>
        <Menu.Target>
          <ActionIcon className={className} aria-label={t('projects.menu', { title })}>
            <IconDots size={16} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component={Link}
            to={`/projects/${project.id}/settings/general/`}
            leftSection={<IconSettings {...icon} />}
          >
            {t('project.settings')}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => setAsked('duplicate')}>
            {t('projects.duplicateMenu')}
          </Menu.Item>
          <Menu.Item leftSection={<Shelve {...icon} />} onClick={() => void archive(project, !shelved)}>
            {t(shelved ? 'projects.unarchive' : 'projects.archive')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item c="var(--postil-rubric)" leftSection={<IconTrash {...icon} />} onClick={() => setAsked('delete')}>
            {t('projects.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked === 'duplicate' && <DuplicateDialog project={project} onClose={() => setAsked(null)} />}
      <ConfirmDialog
        opened={asked === 'delete'}
        title={t('projects.deleteTitle', { title })}
        confirmLabel={t('projects.delete')}
        onConfirm={() => remove(project)}
        onClose={() => setAsked(null)}
      >
        {t('settings.danger.projectConfirm')}
      </ConfirmDialog>
    </>
  )
}
