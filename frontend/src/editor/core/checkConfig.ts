import { checkAttributes } from './checks/attributes'
import { checkLinks } from './checks/links'
import { checkPlaces } from './checks/places'
import { checkRequired } from './checks/required'
import { checkSpeeds } from './checks/speeds'
import { ConfigError, type LabelConfig, parseConfig } from './labelConfig'
import type { Problem } from './problems'
import type { TagSpecs } from './spec'

type Check = (config: LabelConfig) => Iterable<Problem>

/** What a check found. `config` is `null` if the text is no config at all. */
export interface CheckResult {
  readonly config: LabelConfig | null
  readonly problems: readonly Problem[]
}

/** How many problems of each check are told; a person mends the first ones first. */
export const MAX_PROBLEMS = 200
const REFUSING: readonly Check[] = [checkRequired, checkLinks, checkSpeeds]
const CHECKS: readonly Check[] = [...REFUSING, checkPlaces, checkAttributes]

/**
 * Returns the config in `source` and everything that is wrong with it; never throws.
 *
 * Codes and places are those of the server's check: `fixtures/config` proves both.
 */
export function checkConfig(source: string, specs: TagSpecs): CheckResult {
  try {
    const config = parseConfig(source, specs)
    return { config, problems: CHECKS.flatMap((check) => firstProblems(check, config)) }
  } catch (error) {
    if (error instanceof ConfigError) return { config: null, problems: [error.problem] }
    throw error
  }
}

/** Tells whether the config may be stored: warnings are only told. */
export const isSavable = ({ problems }: CheckResult): boolean =>
  problems.every((problem) => problem.severity !== 'error')

/** An error is never crowded out by warnings. */
function firstProblems(check: Check, config: LabelConfig): Problem[] {
  const problems: Problem[] = []
  for (const problem of check(config)) {
    if (problems.length < MAX_PROBLEMS) problems.push(problem)
    else if (!REFUSING.includes(check)) break
    else if (problems.some((told) => told.severity === 'error')) break
    else if (problem.severity === 'error') return [...problems, problem]
  }
  return problems
}
