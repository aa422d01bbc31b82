import { IconEye, IconEyeOff, IconSearch, IconSortAscending, IconSortDescending } from '@tabler/icons-react'
import { toggleHidden } from '../core/regionActions'
import type { EditorSettings } from '../core/settings'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'

interface HeadProps {
  readonly filter: string
  readonly setFilter: (filter: string) => void
}

/** How regions are listed: group, order, filter; and one eye for all of them. */
export function OutlinerHead({ filter, setFilter }: HeadProps) {
  const t = useText()
  const { editor } = useEditorScope()
  const count = useEditor((e) => e.store.regions().length)
  const settings = useEditor((e) => e.settings.get())
  const isAllHidden = useEditor((e) => count > 0 && e.session.hidden.get().size >= count)
  const change = (part: Partial<EditorSettings>) => editor.settings.update((now) => ({ ...now, ...part }))
  const Sort = settings.isDescending ? IconSortDescending : IconSortAscending
  const Eye = isAllHidden ? IconEyeOff : IconEye
  return (
    <div className="pe-outliner__head">
      <div className="pe-outliner__line">
        <span className="pe-outliner__count">{t('regions.count', { count })}</span>
        <Choice
          label={t('regions.group')}
          value={settings.groupBy}
          options={{ manual: t('regions.manual'), label: t('regions.label'), type: t('regions.type') }}
          onChange={(groupBy) => change({ groupBy })}
        />
        <Choice
          label={t('regions.order')}
          value={settings.orderBy}
          options={{ created: t('regions.created'), score: t('regions.score') }}
          onChange={(orderBy) => change({ orderBy })}
        />
        <HeadButton
          label={t('regions.descending')}
          icon={Sort}
          isOn={settings.isDescending}
          run={() => change({ isDescending: !settings.isDescending })}
        />
        <HeadButton
          label={t('regions.hideAll')}
          icon={Eye}
          isOn={isAllHidden}
          run={() =>
            toggleHidden(
              editor,
              editor.store.regions().map((region) => region.id),
            )
          }
        />
      </div>
      {count > 5 || filter !== '' ? (
        <label className="pe-outliner__filter">
          <IconSearch size={14} stroke={1.7} aria-hidden="true" />
          <input
            type="search"
            className="pe-input pe-input_small"
            aria-label={t('regions.filter')}
            placeholder={t('regions.filter')}
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        </label>
      ) : null}
    </div>
  )
}

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: Readonly<Record<T, string>>
  readonly onChange: (value: T) => void
}

function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <select
      aria-label={label}
      title={label}
      className="pe-mini"
      value={value}
      onChange={(event) => onChange(event.target.value as T)}
    >
      {(Object.keys(options) as T[]).map((way) => (
        <option key={way} value={way}>
          {options[way]}
        </option>
      ))}
    </select>
  )
}

interface ButtonProps {
  readonly label: string
  readonly icon: typeof IconEye
  readonly isOn: boolean
  readonly run: () => void
}

const HeadButton = ({ label, icon: Icon, isOn, run }: ButtonProps) => (
  <button type="button" className="pe-icon-button" aria-label={label} title={label} aria-pressed={isOn} onClick={run}>
    <Icon size={16} stroke={1.7} aria-hidden="true" />
  </button>
)
