import type { ConfigChange, MigrationStep, StepAction } from '@/api/queries/configChanges'

/** A choice of what happens to something that a new config lacks, by a name that a select can hold. */
export interface StepChoice {
  id: string
  action: StepAction
  to?: string
}

const RENAMES: ReadonlySet<StepAction> = new Set(['rename_label', 'rename_control', 'retarget_control'])

/** Returns what can be done with a change, in the order of the server. */
export const choicesOf = (change: ConfigChange): StepChoice[] =>
  change.steps.flatMap(({ action, to }): StepChoice[] =>
    to.length === 0
      ? [{ id: action, action }]
      : to.map((target) => ({ id: `${action} ${target}`, action, to: target })),
  )

/** Returns what a change is known by. */
export const changeKey = ({ kind, control, label }: ConfigChange): string => `${kind} ${control} ${label ?? ''}`

/** Returns what is done where nobody chose: a single new name is taken for the old one's, else all stays. */
export const firstChoice = (change: ConfigChange): StepChoice | undefined => {
  const choices = choicesOf(change)
  const renames = choices.filter(({ action }) => RENAMES.has(action))
  return renames.length === 1 ? renames[0] : (choices.find(({ action }) => action === 'keep') ?? choices[0])
}

/** Returns what to ask of the server; what stays as it is is left out. */
export const stepsOf = (changes: readonly ConfigChange[], chosen: Readonly<Record<string, string>>): MigrationStep[] =>
  changes.flatMap((change): MigrationStep[] => {
    const found = choicesOf(change).find(({ id }) => id === chosen[changeKey(change)]) ?? firstChoice(change)
    if (!found || found.action === 'keep') return []
    const { control, label } = change
    return [
      {
        action: found.action,
        control,
        ...(label !== null && { label }),
        ...(found.to !== undefined && { to: found.to }),
      },
    ]
  })
