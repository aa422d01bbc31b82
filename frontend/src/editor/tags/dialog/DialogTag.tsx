import { isList, isObject } from '../../core/json'
import { asText } from '../../core/references'
import type { TagViewProps } from '../tag'
import { useText } from '../useText'

/** Messages to read, one below the other. */
export function DialogTag({ node }: TagViewProps) {
  const t = useText()
  const messages = isList(node.data) ? node.data.filter(isObject) : []
  if (messages.length === 0) return <p className="pe-quiet">{t('objects.empty')}</p>
  return (
    <ol className="pe-object pe-dialog" aria-label={t('objects.dialogue', { name: node.attrs.name ?? '' })}>
      {messages.map((message, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: messages have no identity but their place
          key={index}
          className={`pe-dialog__message${message.selected === true ? ' pe-dialog__message_on' : ''}`}
          title={asText(message.hint) || undefined}
        >
          <b>{asText(message.name)}</b> <span className="pe-quiet">{asText(message.date)}</span>
          <div>{asText(message.text)}</div>
        </li>
      ))}
    </ol>
  )
}
