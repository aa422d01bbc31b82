import { Box, Button, EmptyState, Group, SimpleGrid, Skeleton, Text, TextInput, Title } from '@mantine/core'
import { IconFolderPlus, IconPlus, IconSearch } from '@tabler/icons-react'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { type ProjectState, useProjects } from '@/api/queries/projects'
import { useIsAtLeast } from '@/api/queries/session'
import { Failure } from '@/ui/Failure'
import { useDebounced } from '@/ui/useDebounced'
import { ProjectCard } from './ProjectCard'
import classes from './ProjectsPage.module.css'

const placeholders = ['a', 'b', 'c', 'd', 'e', 'f']

/** All projects the person may see. */
export const ProjectsPage = () => {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const sought = useDebounced(search)
  const { archived } = useSearch({ strict: false })
  const state: ProjectState = archived ? 'archived' : 'active'
  const projects = useProjects(sought, state)
  const mayCreate = useIsAtLeast('manager')
  const rows = projects.data?.pages.flatMap((page) => page.results) ?? []
  const isEmpty = projects.isSuccess && rows.length === 0
  const isNew = isEmpty && sought === '' && state === 'active'
  const emptyTitle = isNew
    ? t('projects.emptyTitle')
    : sought === ''
      ? t('projects.noneArchived')
      : t('projects.nothingFound', { text: sought })
  const create = mayCreate && (
    <Button component={Link} to="/projects/new/" leftSection={<IconPlus size={16} />}>
      {t('projects.new')}
    </Button>
  )
  return (
    <Box w="100%" maw={1240} mx="auto" px="md" py="lg">
      <Group justify="space-between" mb="md" gap="sm">
        <Title order={1}>{t('projects.title')}</Title>
        {!isNew && (
          <Group gap="xs">
            <TextInput
              size="xs"
              w={{ base: 160, sm: 240 }}
              placeholder={t('projects.search')}
              aria-label={t('projects.search')}
              leftSection={<IconSearch size={15} />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            {create}
          </Group>
        )}
      </Group>
      {mayCreate && !isNew && (
        <nav className={classes.states} aria-label={t('projects.states')}>
          <Link to="/projects/" search={{}} aria-current={state === 'active' ? 'page' : undefined}>
            {t('projects.active')}
          </Link>
          <Link to="/projects/" search={{ archived: 1 }} aria-current={state === 'archived' ? 'page' : undefined}>
            {t('projects.archivedTab')}
          </Link>
        </nav>
      )}
      {state === 'archived' && (
        <Text size="xs" c="dimmed" mb="sm">
          {t('projects.archivedHint')}
        </Text>
      )}
      {projects.error && <Failure message={messageOf(projects.error)} onRetry={() => void projects.refetch()} />}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md" aria-busy={projects.isPending}>
        {projects.isPending && placeholders.map((key) => <Skeleton key={key} height={150} />)}
        {rows.map((project) => (
          <ProjectCard key={project.id} project={project} />
        ))}
      </SimpleGrid>
      {isEmpty && (
        <EmptyState
          mt={60}
          icon={<IconFolderPlus size={44} stroke={1.3} />}
          title={emptyTitle}
          description={isNew ? t(mayCreate ? 'projects.emptyHint' : 'projects.emptyForAnnotator') : undefined}
        >
          {isNew && create}
        </EmptyState>
      )}
      {projects.hasNextPage && (
        <Group justify="center" mt="lg">
          <Button variant="default" loading={projects.isFetchingNextPage} onClick={() => void projects.fetchNextPage()}>
            {t('projects.more')}
          </Button>
        </Group>
      )}
    </Box>
  )
}
