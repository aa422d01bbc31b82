import { describe, expect, it } from 'vitest'
import { TAG_SPECS } from '../tags/specs.gen'
import { configFixtures } from '../testing/fixtures'
import { checkConfig, isSavable, MAX_PROBLEMS } from './checkConfig'

const check = (source: string) => checkConfig(source, TAG_SPECS)
const briefly = (source: string) => check(source).problems.map(({ severity, code }) => `${severity} ${code}`)

describe('configs that both checkers know', () => {
  const fixtures = configFixtures()

  it('are found', () => expect(fixtures.length).toBeGreaterThanOrEqual(55))

  it.each(fixtures)('%s', (name, fixture) => {
    const result = check(fixture.config)
    if (fixture.parsed_label_config === null) {
      const [problem, ...more] = result.problems
      const [expected] = fixture.problems
      expect(result.config).toBeNull()
      expect(more).toEqual([])
      // Parsers disagree on columns and on words where a text is not well-formed.
      const { code, severity, line, tag, attribute } = expected ?? {}
      expect(problem).toMatchObject({ code, severity, line, tag, attribute })
    } else {
      expect(result.problems).toEqual(fixture.problems)
      expect([...(result.config?.controls.keys() ?? [])]).toEqual(Object.keys(fixture.parsed_label_config))
    }
    expect(isSavable(result)).toBe(!name.startsWith('error-'))
  })
})

describe('checkConfig', () => {
  it('tells where tags stand, counting characters outside the basic plane once', () => {
    const [problem] = check('<View>\n  <Header value="😀"/><Nothing/>\n</View>').problems.filter(
      (found) => found.code === 'unknown_tag',
    )
    expect(problem).toMatchObject({ line: 2, column: 22, tag: 'Nothing' })
  })

  it('suggests what was meant', () => {
    const text = '<Text name="t" value="$text"/>'
    const messages = check(`<View>${text}<Choises name="c" toName="t"/></View>`).problems.map((p) => p.message)
    expect(messages).toContain('There is no tag Choises. Did you mean Choices?')
    const [attribute] = check(`<View>${text}<Rating name="r" toName="t" maxRatin="3"/></View>`).problems
    expect(attribute?.message).toBe('Rating has no attribute maxRatin; it is ignored. Did you mean maxRating?')
  })

  it('writes names as the server does', () => {
    const source = `<View><Text name="it's" value="$a"/><Text name="Z" value="$b"/><Rating name="a" toName="x"/></View>`
    expect(check(source).problems[0]?.message).toBe(`toName="x" not found in names: ['Z', 'a', "it's"]`)
  })

  it('shortens long lists of names', () => {
    const texts = Array.from({ length: 120 }, (_, n) => `<Text name="t${String(n).padStart(3, '0')}" value="$t"/>`)
    const [problem] = check(`<View>${texts.join('')}<Rating name="z" toName="none"/></View>`).problems
    expect(problem?.message).toMatch(/'t098', 't099', …\]$/)
  })

  it('tells at most 200 problems of a kind, but always the first error', () => {
    const odd = '<Header value="x" nonsense="1"/>'.repeat(MAX_PROBLEMS + 10)
    expect(briefly(`<View>${odd}</View>`).filter((line) => line === 'warning unknown_attribute')).toHaveLength(200)
    const lacks = '<Panel><Rating/></Panel>'.repeat(MAX_PROBLEMS + 10)
    const found = briefly(`<View>${lacks}<Choices name="c"><Choice value="a"/></Choices></View>`)
    expect(found.filter((line) => line === 'error missing_attribute')).toHaveLength(1)
    expect(found.filter((line) => line === 'warning missing_attribute')).toHaveLength(200)
  })

  it.each([
    ['1_0', []],
    ['1e1', []],
    [' 2 ', []],
    ['2_', ['error video_speed']],
    ['0x2', ['error video_speed']],
    ['inf', ['error video_speed']],
    ['$speed', []],
  ])('reads the playback speed %o', (speed, expected) => {
    const video = `<Video name="v" value="$v" defaultPlaybackSpeed="${speed}"/>`
    expect(briefly(`<View>${video}<Rating name="r" toName="v"/></View>`)).toEqual(expected)
  })

  it('leaves attributes alone that are for models', () => {
    const source = '<View><Text name="t" value="$t"/><Rating name="r" toName="t" model_score="0.3" x:y="1"/></View>'
    expect(check(source).problems).toEqual([])
  })

  it('takes attributes named like methods of objects for unknown ones', () => {
    const source = '<View><Text name="t" value="$t"/><Rating name="r" toName="t" toString="a" constructor="b"/></View>'
    expect(check(source).problems.map(({ code, attribute }) => [code, attribute])).toEqual([
      ['unknown_attribute', 'toString'],
      ['unknown_attribute', 'constructor'],
    ])
  })
})
