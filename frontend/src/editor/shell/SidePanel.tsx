import { Fragment, useRef, useState } from 'react'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { AllRelations, History } from './later'
import { Outliner } from './Outliner'
import { PanelFrame } from './PanelFrame'
import { panelSplit, SPLITS } from './panelPlace'
import { RegionDetails } from './RegionDetails'
import { Separator } from './Separator'
import { useShell } from './ShellContext'

type Tab = 'details' | 'links' | 'history'

/** Regions above, details, links and history below; on narrow pages it stands under the labeling area. */
export function SidePanel() {
  const t = useText()
  const { taskKey, has } = useShell()
  const { editor } = useEditorScope()
  const split = useEditor((e) => e.settings.get().panelSplit)
  const parts = useRef<HTMLDivElement>(null)
  const [tab, setTab] = useState<Tab>('details')
  const links = useEditor((e) => e.store.relations().length)
  const tabs: readonly Tab[] = ['details', 'links', ...(has('annotations:history') ? (['history'] as const) : [])]
  const move = (event: React.KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!by) return
    event.preventDefault()
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length] as Tab
    setTab(next)
    event.currentTarget.querySelector<HTMLElement>(`[data-tab=${next}]`)?.focus()
  }
  return (
    <PanelFrame>
      <div ref={parts} className="pe-panel__parts" style={{ '--pe-split': `${split}%` } as React.CSSProperties}>
        <Outliner />
        <Separator
          className="pe-panel__split"
          label={t('panel.split')}
          orientation="horizontal"
          value={split}
          bounds={SPLITS}
          sign={1}
          perPixel={() => 100 / (parts.current?.clientHeight || 600)}
          onChange={(value) => editor.settings.update((now) => ({ ...now, panelSplit: panelSplit(value) }))}
        />
        <div className="pe-panel__tabs" role="tablist" tabIndex={-1} onKeyDown={move}>
          {tabs.map((name) => (
            <button
              key={name}
              id={`pe-tab-${name}`}
              type="button"
              role="tab"
              data-tab={name}
              aria-selected={tab === name}
              aria-controls="pe-tab-panel"
              tabIndex={tab === name ? 0 : -1}
              onClick={() => setTab(name)}
            >
              {t(`${name}.title`)}
              {name === 'links' && links > 0 ? <span className="pe-quiet"> {links}</span> : null}
            </button>
          ))}
        </div>
        <div className="pe-panel__body" id="pe-tab-panel" role="tabpanel" aria-labelledby={`pe-tab-${tab}`}>
          <Fragment key={taskKey}>
            {tab === 'details' ? <RegionDetails /> : tab === 'links' ? <AllRelations /> : <History />}
          </Fragment>
        </div>
      </div>
    </PanelFrame>
  )
}
