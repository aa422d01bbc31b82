import { useState } from 'react'
import { useText } from '../tags/useText'
import { History } from './History'
import { Outliner } from './Outliner'
import { RegionDetails } from './RegionDetails'
import { useShell } from './ShellContext'

/** Regions above, details and history below; on narrow pages it stands under the labeling area. */
export function SidePanel() {
  const t = useText()
  const { has } = useShell()
  const [tab, setTab] = useState<'details' | 'history'>('details')
  const hasHistory = has('annotations:history')
  return (
    <aside className="pe-panel" aria-label={t('editor.panel')}>
      <Outliner />
      <div className="pe-panel__tabs" role="tablist">
        <button type="button" role="tab" aria-selected={tab === 'details'} onClick={() => setTab('details')}>
          {t('details.title')}
        </button>
        {hasHistory ? (
          <button type="button" role="tab" aria-selected={tab === 'history'} onClick={() => setTab('history')}>
            {t('history.title')}
          </button>
        ) : null}
      </div>
      <div className="pe-panel__body" role="tabpanel">
        {tab === 'history' && hasHistory ? <History /> : <RegionDetails />}
      </div>
    </aside>
  )
}
