import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { relativeTime } from './relativeTime'

interface Props {
  at: string | null | undefined
}

/** A moment as people say it, with the exact time on hover. */
export const RelativeTime = ({ at }: Props) => {
  const { i18n } = useTranslation()
  if (!at) return <span>–</span>
  const date = new Date(at)
  return (
    <Tooltip label={date.toLocaleString(i18n.language)}>
      <time dateTime={at}>{relativeTime(date, new Date(), i18n.language)}</time>
    </Tooltip>
  )
}
