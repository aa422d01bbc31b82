import type { ConfigNode } from '../labelConfig'
import type { Problem, Severity } from '../problems'

/** Returns a problem that stands where the tag stands. */
export const problemAt = (
  { line, column, tag }: ConfigNode,
  severity: Severity,
  code: string,
  message: string,
  attribute = '',
): Problem => ({ severity, code, message, line, column, tag, attribute })

/** Returns a tag as messages call it. */
export const called = ({ tag, attrs }: ConfigNode): string => (attrs.name ? `${tag} "${attrs.name}"` : tag)
