import { Box, SimpleGrid, Skeleton, Text, TextInput, UnstyledButton } from '@mantine/core'
import { IconCode, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useTemplates } from '@/api/queries/projects'
import type { Template } from '@/api/types'
import { Failure } from '@/ui/Failure'
import { shownTemplates } from './shownTemplates'
import classes from './TemplateGallery.module.css'

interface Props {
  chosen: string | null
  onChoose: (template: Template | null) => void
}

const placeholders = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** Ready-made configs by group, and a blank one. */
export const TemplateGallery = ({ chosen, onChoose }: Props) => {
  const { t } = useTranslation()
  const templates = useTemplates()
  const [group, setGroup] = useState<string | null>(null)
  const [search, setSearch] = useState('')
  const groups = templates.data?.groups ?? []
  const current = group ?? groups[0] ?? null
  const shown = shownTemplates(templates.data?.templates ?? [], search ? null : current, search)
  if (templates.error) return <Failure message={messageOf(templates.error)} onRetry={() => void templates.refetch()} />
  return (
    <Box className={classes.layout}>
      <Box>
        <TextInput
          size="xs"
          mb={8}
          placeholder={t('newProject.findTemplate')}
          aria-label={t('newProject.findTemplate')}
          leftSection={<IconSearch size={14} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Box className={classes.groups} role="group" aria-label={t('newProject.groups')}>
          {groups.map((name) => (
            <UnstyledButton
              key={name}
              className={classes.group}
              aria-pressed={!search && name === current}
              onClick={() => {
                setGroup(name)
                setSearch('')
              }}
            >
              {name}
            </UnstyledButton>
          ))}
        </Box>
      </Box>
      <SimpleGrid
        cols={{ base: 2, sm: 3, md: 4 }}
        spacing="sm"
        aria-busy={templates.isPending}
        style={{ alignContent: 'start' }}
      >
        {templates.isPending && placeholders.map((key) => <Skeleton key={key} height={130} />)}
        {shown.map((template) => (
          <UnstyledButton
            key={template.id ?? template.title}
            className={classes.template}
            aria-pressed={chosen === template.id}
            onClick={() => onChoose(template)}
          >
            <img src={template.image} alt="" loading="lazy" className={classes.picture} />
            <Text size="sm" fw={600} lh={1.3} className={classes.name}>
              {template.title}
            </Text>
          </UnstyledButton>
        ))}
        {!templates.isPending && (
          <UnstyledButton className={classes.template} aria-pressed={chosen === 'blank'} onClick={() => onChoose(null)}>
            <span className={classes.picture}>
              <IconCode size={28} stroke={1.3} aria-hidden />
            </span>
            <Text size="sm" fw={600} lh={1.3} className={classes.name}>
              {t('newProject.blank')}
            </Text>
          </UnstyledButton>
        )}
      </SimpleGrid>
    </Box>
  )
}
