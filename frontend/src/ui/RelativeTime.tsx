import { useTranslation } from 'react-i18next'
import { exactTime, relativeTime } from './relativeTime'

interface Props {
  at: string | null | undefined
}

/** A moment as people say it, with the exact time on hover. */
export const RelativeTime = ({ at }: Props) => {
  const { i18n } = useTranslation()
  if (!at) return <span>–</span>
  const date = new Date(at)
  return (
    <time dateTime={at} title={exactTime(date, i18n.language)}>
      {relativeTime(date, new Date(), i18n.language)}
    </time>
  )
}
