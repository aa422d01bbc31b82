import { useEffect, useState } from 'react'
import type { VersionRecord } from '../host'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { authorOf, openVersion } from './openSessions'
import { SaveIndicator } from './SaveIndicator'
import { useShell } from './ShellContext'

const ACTIONS = new Set(['submitted', 'updated', 'skipped', 'imported', 'restored', 'deleted'])

/** Earlier versions of the open annotation: to look at, and to make the present one. */
export function History() {
  const t = useText()
  const { editor } = useEditorScope()
  const { controller, props } = useShell()
  const session = useEditor((e) => e.session)
  const id = useEditor((e) => (e.session.info.get().kind === 'prediction' ? null : e.session.info.get().id))
  const updatedAt = useEditor((e) => e.session.info.get().updatedAt)
  const [versions, setVersions] = useState<readonly VersionRecord[] | 'failed'>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a submission makes a new version
  useEffect(() => {
    if (id === null || !props.host.listVersions) return setVersions([])
    let isGone = false
    props.host.listVersions(id).then(
      (list) => isGone || setVersions(list),
      () => isGone || setVersions('failed'),
    )
    return () => {
      isGone = true
    }
  }, [id, updatedAt, props.host])
  const draft = useEditor((e) => e.session.info.get().draftId !== null || (e.session.isChanged && !e.isReadonly))
  if (versions === 'failed') return <p className="pe-quiet">{t('history.failed')}</p>
  if (versions.length === 0) return draft ? <DraftState /> : <p className="pe-quiet">{t('history.none')}</p>
  const owner = editor.sessions
    .get()
    .find((other) => other.info.get().kind === 'annotation' && other.info.get().id === id)
  return (
    <ol className="pe-history">
      {session.info.get().kind === 'version' && owner ? (
        <li>
          <button type="button" className="pe-button" onClick={() => editor.open(owner)}>
            {t('history.back')}
          </button>
        </li>
      ) : null}
      {draft && session.info.get().kind === 'annotation' ? (
        <li className="pe-history__on">
          <DraftState />
        </li>
      ) : null}
      {versions.map((version, index) => (
        <li key={version.number} className={session.key === `version:${id}:${version.number}` ? 'pe-history__on' : ''}>
          <button
            type="button"
            className="pe-history__row"
            title={t('history.view', { number: version.number })}
            onClick={() => editor.open(openVersion(editor, id ?? 0, version, props.user))}
          >
            <strong>{ACTIONS.has(version.action) ? t(`history.actions.${version.action}`) : version.action}</strong>
            <span>{authorOf(version.created_by, null, props.user).name}</span>
            <time dateTime={version.created_at}>{new Date(version.created_at).toLocaleString()}</time>
          </button>
          {index > 0 && owner && props.host.restoreVersion ? (
            <button
              type="button"
              className="pe-link"
              onClick={() =>
                controller.dialog.set({
                  kind: 'confirm',
                  text: t('history.restoreQuestion', { number: version.number }),
                  action: 'history.restore',
                  run: () => void controller.restore(owner, version.number),
                })
              }
            >
              {t('history.restore')}
            </button>
          ) : null}
        </li>
      ))}
    </ol>
  )
}

/** Says that there is work beyond the newest version, and how safe it is. */
function DraftState() {
  const t = useText()
  const at = useEditor((e) => e.session.info.get().draftAt)
  return (
    <div className="pe-history__row">
      <strong>{t('history.draftHere')}</strong>
      {at ? <time dateTime={at}>{new Date(at).toLocaleString()}</time> : null}
      <SaveIndicator />
    </div>
  )
}
