import { CloseButton, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDebounced } from '@/ui/useDebounced'
import classes from '../DataPage.module.css'
import type { TableControl } from '../useTableState'
import { searchOf, withSearch } from './searchText'

interface Props {
  table: TableControl
  /** Whether the slash key leads here; not beside an editor, which has keys of its own. */
  hasKey: boolean
}

/** Looks for words in the data of tasks and in the text of their annotations. */
export const SearchBox = ({ table, hasKey }: Props) => {
  const { t } = useTranslation()
  const { filters } = table.state
  const { change } = table
  const stored = searchOf(filters)
  const [typed, setTyped] = useState<string | null>(null)
  const settled = useDebounced(typed)
  const input = useRef<HTMLInputElement>(null)
  useHotkeys(hasKey ? [['/', () => input.current?.focus()]] : [])
  const ask = (text: string) => {
    if (text.trim() !== stored) change({ filters: withSearch(filters, text.trim()) })
  }
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    if (typed !== null && settled === typed) latest.current(typed)
  }, [typed, settled])
  const text = typed ?? stored
  const leave = () => {
    if (typed !== null) ask(typed)
    setTyped(null)
  }
  return (
    <TextInput
      ref={input}
      className={classes.search}
      size="xs"
      role="searchbox"
      aria-label={t('data.search.label')}
      placeholder={t('data.search.placeholder')}
      leftSection={<IconSearch size={15} stroke={1.7} />}
      rightSection={
        text === '' ? null : (
          <CloseButton
            size="xs"
            aria-label={t('data.search.clear')}
            onClick={() => {
              setTyped(null)
              ask('')
            }}
          />
        )
      }
      value={text}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') leave()
        if (event.key !== 'Escape') return
        setTyped(null)
        ask('')
      }}
    />
  )
}
