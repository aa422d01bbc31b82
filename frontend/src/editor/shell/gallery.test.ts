import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkConfig } from '../core/checkConfig'
import { isControlSpec, isObjectSpec } from '../core/spec'
import { bindConfig } from '../core/taskConfig'
import { TAGS } from '../tags/registry'
import { TAG_SPECS } from '../tags/specs.gen'

const GALLERY = join(dirname(fileURLToPath(import.meta.url)), '../../../../src/postil/labeling/gallery')
const templates = readdirSync(GALLERY, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.xml'))

/** Tags of recordings, of series and of paid editions of others; their templates show a notice. */
const ELSEWHERE =
  /^(Audio|Video|VideoRectangle|TimelineLabels|TimeSeries|TimeSeriesLabels|Channel|MultiChannel|ReactCode|VideoVector|VideoVectorLabels|Cube|CubeLabels)$/

describe('the gallery', () => {
  it('is there', () => expect(templates.length).toBeGreaterThan(50))

  it.each(templates.sort())('%s: opens, and all its objects and controls are drawn', (name) => {
    const { config, problems } = checkConfig(readFileSync(join(GALLERY, name), 'utf8'), TAG_SPECS)
    expect(problems.filter((problem) => problem.severity === 'error')).toEqual([])
    if (!config) throw new Error('There is no config.')
    const { nodes, controls } = bindConfig(config, {})
    const missing = nodes.filter(({ tag, spec }) => {
      const isShown = isObjectSpec(spec) || isControlSpec(spec) || spec?.kind === 'visual'
      return isShown && !ELSEWHERE.test(tag) && !TAGS.get(tag)?.view
    })
    expect(missing.map(({ tag }) => tag)).toEqual([])
    expect(controls.size).toBeGreaterThan(0)
  })
})
