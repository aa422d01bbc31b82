import { useMantineColorScheme } from '@mantine/core'
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import {
  IconBuilding,
  IconFolder,
  IconKey,
  IconPlus,
  IconSearch,
  IconSunMoon,
  IconTable,
  IconTrash,
  IconUser,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProjects } from '@/api/queries/projects'
import { useIsAtLeast } from '@/api/queries/session'
import { useDebounced } from '@/ui/useDebounced'

/** Goes anywhere by typing; opened with Ctrl K. */
export const CommandPalette = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { toggleColorScheme } = useMantineColorScheme()
  const manages = useIsAtLeast('manager')
  const [query, setQuery] = useState('')
  const projects = useProjects(useDebounced(query, 200))
  const go = (to: string) => () => void navigate({ to })

  const places = [
    { id: 'projects', label: t('nav.projects'), icon: <IconFolder size={18} />, onClick: go('/projects/') },
    manages && { id: 'new', label: t('projects.new'), icon: <IconPlus size={18} />, onClick: go('/projects/new/') },
    manages && {
      id: 'members',
      label: t('organization.members.title'),
      icon: <IconBuilding size={18} />,
      onClick: go('/organization/members/'),
    },
    manages && {
      id: 'trash',
      label: t('organization.trash.title'),
      icon: <IconTrash size={18} />,
      onClick: go('/organization/trash/'),
    },
    {
      id: 'profile',
      label: t('account.profile.title'),
      icon: <IconUser size={18} />,
      onClick: go('/account/profile/'),
    },
    { id: 'tokens', label: t('account.tokens.title'), icon: <IconKey size={18} />, onClick: go('/account/tokens/') },
    { id: 'scheme', label: t('nav.switchScheme'), icon: <IconSunMoon size={18} />, onClick: toggleColorScheme },
  ].filter((place) => place !== false)

  const found = (projects.data?.pages[0]?.results ?? []).slice(0, 8).map((project) => ({
    id: `project-${project.id}`,
    label: project.title || t('projects.untitled', { id: project.id }),
    icon: <IconTable size={18} />,
    onClick: go(`/projects/${project.id}/data/`),
  }))
  const actions: SpotlightActionGroupData[] = [
    { group: t('nav.places'), actions: places },
    { group: t('nav.projects'), actions: found },
  ]
  return (
    <Spotlight
      shortcut={['mod + K']}
      actions={actions}
      query={query}
      onQueryChange={setQuery}
      nothingFound={t('nav.nothingFound')}
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: t('nav.searchPlaceholder'),
        'aria-label': t('nav.search'),
      }}
    />
  )
}
