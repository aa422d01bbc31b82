export type Severity = 'error' | 'warning'

/** One fault of a config. `line` and `column` count from 1 and point at the `<` of the tag. */
export interface Problem {
  readonly severity: Severity
  readonly code: string
  readonly message: string
  readonly line: number
  readonly column: number
  readonly tag: string
  readonly attribute: string
}

/** The text is no config at all. `problem` says why and where. */
export class ConfigError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message)
    this.name = 'ConfigError'
  }
}

/** Returns the error that a config cannot be read. */
export const configError = (code: string, message: string, line = 1, column = 1, tag = ''): ConfigError =>
  new ConfigError({ severity: 'error', code, message, line, column, tag, attribute: '' })

/** What is wrong with an answer. `key` names the text, `message` is the config's own wording. */
export interface AnswerProblem {
  readonly key: string
  readonly message?: string
  readonly values?: Readonly<Record<string, string | number>>
}
