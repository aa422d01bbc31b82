import { ActionIcon, Box, Button, ColorSwatch, Group, Stack, Text, Textarea, TextInput, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconClipboardList, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { colorFromText } from '@/editor/core/color'
import classes from './config.module.css'
import {
  readGroups,
  siblingsOf,
  type WordAttribute,
  type WordGroup,
  type WordPlace,
  withAttribute,
  withMoved,
  withoutWord,
  withWords,
  wordsInList,
} from './configWords'

interface Props {
  value: string
  onChange: (config: string) => void
}

/** Labels and choices as lists with colors and hotkeys; each change touches only its own place in the config's text. */
export const ConfigVisual = ({ value, onChange }: Props) => {
  const { t } = useTranslation()
  const groups = readGroups(value)
  if (groups === null || groups.length === 0) {
    return (
      <Text className={classes.visual} p="md" size="sm" c="dimmed">
        {t(groups === null ? 'config.cannotRead' : 'config.noWords')}
      </Text>
    )
  }
  return (
    <Stack className={classes.visual} gap="lg" p="md">
      {groups.map((group) => (
        <GroupEditor key={`${group.name} ${group.from}`} source={value} group={group} onChange={onChange} />
      ))}
    </Stack>
  )
}

interface GroupProps {
  source: string
  group: WordGroup
  onChange: (config: string) => void
}

const GroupEditor = ({ source, group, onChange }: GroupProps) => {
  const { t } = useTranslation()
  const hasColors = group.wordTag === 'Label'
  return (
    <Box component="section" aria-label={group.name}>
      <Group gap={8} mb={6}>
        <Text fw={650} size="sm">
          {group.name}
        </Text>
        <Text size="xs" c="dimmed">
          {t('config.words', { tag: group.tag, count: group.words.length })}
        </Text>
      </Group>
      {group.isDynamic && (
        <Text size="xs" c="dimmed" mb={6}>
          {t('config.dynamic')}
        </Text>
      )}
      <Stack gap={4} component="ul" className={classes.words}>
        {group.words.map((word, index) => (
          <WordRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a word is told by its place while it is being typed
            key={index}
            {...{ source, group, word, hasColors, onChange }}
          />
        ))}
      </Stack>
      <AddWords onAdd={(text) => onChange(withWords(source, group, wordsInList(text)))} />
    </Box>
  )
}

const HEX = /^#[0-9a-f]{6}$/i

/** Returns a color as the color field takes it. */
const asHex = (color: string): string => {
  if (HEX.test(color)) return color
  const context = document.createElement('canvas').getContext('2d')
  if (!context) return '#888888'
  context.fillStyle = color
  return HEX.test(context.fillStyle) ? context.fillStyle : '#888888'
}

const WordRow = ({
  source,
  group,
  word,
  hasColors,
  onChange,
}: GroupProps & { word: WordPlace; hasColors: boolean }) => {
  const { t } = useTranslation()
  const set = (name: WordAttribute, text: string) => onChange(withAttribute(source, word, name, text))
  const siblings = siblingsOf(group, word)
  const at = siblings.indexOf(word)
  const color = word.background || colorFromText(word.value)
  const named = { name: word.value || t('config.unnamed') }
  const buttons = [
    { text: t('config.up', named), icon: IconArrowUp, isOff: at <= 0, run: () => withMoved(source, group, word, -1) },
    {
      text: t('config.down', named),
      icon: IconArrowDown,
      isOff: at === siblings.length - 1,
      run: () => withMoved(source, group, word, 1),
    },
    { text: t('config.remove', named), icon: IconTrash, isOff: false, run: () => withoutWord(source, word) },
  ]
  return (
    <Group component="li" gap={6} wrap="nowrap" pl={word.depth * 20}>
      {hasColors && (
        <label className={classes.color}>
          <ColorSwatch color={color} size={20} withShadow={false} />
          <input
            type="color"
            aria-label={t('config.color', named)}
            value={asHex(color)}
            onChange={(event) => set('background', event.currentTarget.value)}
          />
        </label>
      )}
      <TextInput
        size="xs"
        flex={1}
        miw={80}
        aria-label={t('config.word')}
        value={word.value}
        error={word.value === ''}
        onChange={(event) => set('value', event.currentTarget.value)}
      />
      <Tooltip label={t('config.hotkeyHint')}>
        <TextInput
          size="xs"
          w={70}
          aria-label={t('config.hotkey', named)}
          placeholder={t('config.automatic')}
          value={word.hotkey}
          onChange={(event) => set('hotkey', event.currentTarget.value.trim())}
        />
      </Tooltip>
      <Group gap={0} wrap="nowrap">
        {buttons.map(({ text, icon: Icon, isOff, run }) => (
          <ActionIcon
            key={text}
            size="sm"
            disabled={isOff}
            aria-label={text}
            title={text}
            onClick={() => onChange(run())}
          >
            <Icon size={15} stroke={1.6} />
          </ActionIcon>
        ))}
      </Group>
    </Group>
  )
}

/** One word by Enter, or a pasted list of many. */
const AddWords = ({ onAdd }: { onAdd: (text: string) => void }) => {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [isList, setList] = useState(false)
  const add = () => {
    onAdd(text)
    setText('')
    setList(false)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key !== 'Enter' || isList) return
    // The form around must not be sent.
    event.preventDefault()
    add()
  }
  return (
    <Group gap={6} mt={8} align="flex-start" wrap="nowrap">
      {isList ? (
        <Textarea
          size="xs"
          flex={1}
          rows={7}
          autoFocus
          aria-label={t('config.list')}
          description={t('config.listHint')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          size="xs"
          flex={1}
          aria-label={t('config.newWord')}
          placeholder={t('config.newWord')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text')
            if (!pasted.includes('\n')) return
            event.preventDefault()
            setText(pasted)
            setList(true)
          }}
          onKeyDown={onKeyDown}
        />
      )}
      <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} disabled={!text.trim()} onClick={add}>
        {t('config.add')}
      </Button>
      {!isList && (
        <ActionIcon
          size={30}
          aria-label={t('config.pasteList')}
          title={t('config.pasteList')}
          onClick={() => setList(true)}
        >
          <IconClipboardList size={17} stroke={1.6} />
        </ActionIcon>
      )}
    </Group>
  )
}
