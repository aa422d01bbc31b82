import { memo, type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { I18nextProvider } from 'react-i18next'
import type { Command } from '../core/commands'
import type { Problem } from '../core/problems'
import { EditorProvider, type EditorScope } from '../tags/EditorContext'
import { loadCanvas } from '../tags/registry'
import { TextProvider, useText, useTexts } from '../tags/useText'
import { AnnotationTabs } from './AnnotationTabs'
import { BottomBar } from './BottomBar'
import { Dialogs } from './Dialogs'
import { editorI18n } from './i18n'
import { connectModel } from './interactive'
import { labelCommands } from './labelCommands'
import { CompareGrid, loadLater } from './later'
import { MainView, renderTag } from './MainView'
import type { Model } from './model'
import { NoticeBar } from './NoticeBar'
import type { EditorProps } from './props'
import { type Shell, ShellProvider, useObservable } from './ShellContext'
import { SidePanel } from './SidePanel'
import { shellCommands } from './shellCommands'
import { useClipboard } from './useClipboard'
import { useHotkeys } from './useHotkeys'
import { useModel } from './useModel'
import { useViewPage } from './useViewPage'
import './editor.css'

/** The annotation editor for one task. With another task it opens that one; the page around the task stays. */
export function EditorShell(props: EditorProps) {
  const i18n = useMemo(editorI18n, [])
  return (
    <I18nextProvider i18n={i18n} defaultNS="editor">
      <Texts>
        <TaskEditor {...props} />
      </Texts>
    </I18nextProvider>
  )
}

const Texts = ({ children }: { children: ReactNode }) => <TextProvider value={useTexts()}>{children}</TextProvider>

function TaskEditor(props: EditorProps) {
  const { opening, props: opened } = useModel(props)
  if (opening.kind === 'loading') return <div className="pe-root" aria-busy />
  if (opening.kind === 'failed') return <NoCode retry={opening.retry} />
  const { model } = opening
  return 'problems' in model ? <BrokenConfig problems={model.problems} /> : <OpenEditor model={model} props={opened} />
}

function NoCode({ retry }: { retry: () => void }) {
  const t = useText()
  return (
    <div className="pe-root">
      <div className="pe-problem" role="alert">
        <strong>{t('editor.noCode')}</strong>
        <button type="button" className="pe-button" onClick={retry}>
          {t('editor.retry')}
        </button>
      </div>
    </div>
  )
}

function BrokenConfig({ problems }: { problems: readonly Problem[] }) {
  const t = useText()
  return (
    <div className="pe-root">
      <div className="pe-problem" role="alert">
        <strong>{t('config.broken')}</strong>
        {problems.map((problem) => (
          <span key={`${problem.line} ${problem.column} ${problem.code} ${problem.attribute}`}>
            {problem.message}{' '}
            <span className="pe-quiet">{t('config.place', { line: problem.line, column: problem.column })}</span>
          </span>
        ))}
      </div>
    </div>
  )
}

const OpenEditor = memo(function OpenEditor({ model, props }: { model: Model; props: EditorProps }) {
  const t = useText()
  const { key: taskKey, editor, controller, labelKeys, commands, overlay, hoveredLink, scope } = model
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform)
  const root = useFocusDropped(model)
  const has = useCallback((part: string) => hasPart(props, part), [props])
  const addCommands = useCallback(
    (added: readonly Command[]) => {
      commands.update((all) => [...all, ...added])
      return () => commands.update((all) => all.filter((command) => !added.includes(command)))
    },
    [commands],
  )
  // Keys act from the first frame on.
  useLayoutEffect(
    () => addCommands(shellCommands({ editor, controller, overlay, has })),
    [addCommands, editor, controller, overlay, has],
  )
  const { host, task, alwaysAsksModel } = props
  // A page may learn of its model after the task was opened.
  useEffect(() => connectModel(editor, { host, task, alwaysAsksModel }), [editor, host, task, alwaysAsksModel])
  useEffect(() => editor.ownItems.connect(host), [editor, host])
  useViewPage(editor, host)
  useLayoutEffect(() => addCommands(labelCommands(editor, labelKeys)), [addCommands, editor, labelKeys])
  useEffect(loadLater, [])
  const compared = useObservable(controller.compared)
  const isPaused = useCallback(
    () => overlay.get() !== null || controller.dialog.get() !== null || controller.compared.get() !== null,
    [overlay, controller],
  )
  useHotkeys({ commands, keyMap: props.keyMap, isMac, scope, isPaused })
  useClipboard(editor)
  const editorScope = useMemo(
    (): EditorScope => ({
      editor,
      loadCanvas,
      labelKeys,
      addCommands,
      setScope: (name) => {
        scope.current = name
      },
      renderTag,
    }),
    [editor, labelKeys, addCommands, scope],
  )
  const shell = useMemo(
    (): Shell => ({ taskKey, controller, props, commands, overlay, hoveredLink, isMac, has }),
    [taskKey, controller, props, commands, overlay, hoveredLink, isMac, has],
  )
  return (
    <EditorProvider value={editorScope}>
      <ShellProvider value={shell}>
        <section ref={root} className="pe-root lsf-editor" aria-label={t('editor.label')} data-testid="postil-editor">
          {has('annotations:tabs') ? <AnnotationTabs /> : null}
          {compared ? (
            <CompareGrid sessions={compared.sessions} close={() => controller.endCompare()} />
          ) : (
            <>
              <div className="pe-body">
                <MainView key={taskKey} />
                {has('side-column') ? <SidePanel /> : null}
              </div>
              <BottomBar />
            </>
          )}
          <NoticeBar />
          <Dialogs key={taskKey} />
        </section>
      </ShellProvider>
    </EditorProvider>
  )
})

/**
 * What had the focus in the task before does not act on the next one, as a button that submits would while Enter is held
 * down. The browser goes on from there with Tab.
 */
function useFocusDropped(model: Model) {
  const root = useRef<HTMLElement>(null)
  const last = useRef(model)
  useLayoutEffect(() => {
    const focused = document.activeElement
    if (last.current !== model && focused instanceof HTMLElement && root.current?.contains(focused)) focused.blur()
    last.current = model
  }, [model])
  return root
}

const STREAM = new Set([
  'topbar:prevnext',
  'topbar:task-counter',
  'skip',
  'postpone',
  'side-column',
  'annotations:history',
])
const QUICK = new Set([
  'annotations:tabs',
  'annotations:add-new',
  'annotations:delete',
  'annotations:view-all',
  'predictions:tabs',
  'side-column',
  'annotations:history',
  'ground-truth',
])

/** Tells whether a part is wanted and whether the host can do it. */
function hasPart(props: EditorProps, part: string): boolean {
  const { interfaces, extraInterfaces, mode, host, instruction } = props
  if (extraInterfaces?.includes(part)) return true
  if (part === 'instruction') return Boolean(instruction)
  if (part === 'submit') return !interfaces || interfaces.includes('submit') || interfaces.includes('update')
  const isWanted = interfaces
    ? interfaces.includes(part) || part === 'side-column'
    : (mode === 'stream' ? STREAM : QUICK).has(part)
  if (part === 'skip') return isWanted && host.skip !== undefined
  if (part === 'topbar:prevnext') return isWanted && host.next !== undefined
  if (part === 'annotations:delete') return isWanted && host.deleteAnnotation !== undefined
  if (part === 'ground-truth') return isWanted && host.setGroundTruth !== undefined
  if (part === 'annotations:history') return isWanted && host.listVersions !== undefined
  return isWanted
}
