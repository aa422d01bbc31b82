import { describe, expect, it } from 'vitest'
import { inlineStyle, isUnsafe } from './inlineStyle'

describe('inlineStyle', () => {
  it('reads declarations as React wants them', () => {
    expect(
      inlineStyle('background-color: red !important; --my-Var: 1; -ms-flex: 1; -webkit-box-flex: 2; margin:0 auto;; x'),
    ).toEqual({
      backgroundColor: 'red',
      '--my-Var': '1',
      msFlex: '1',
      WebkitBoxFlex: '2',
      margin: '0 auto',
    })
    expect(inlineStyle(undefined)).toBeUndefined()
  })

  it('leaves out what could call a host, and keeps the rest', () => {
    expect(inlineStyle('color: red; background: url(https://example.org/x?a;b); width: 1px')).toEqual({
      color: 'red',
      width: '1px',
    })
  })
})

describe('isUnsafe', () => {
  it.each([
    'url(x)',
    'URL (x)',
    'u\\72l(x)',
    '\\75 rl(x)',
    'u\\rl(x)',
    'ur/**/l(x)',
    'image-set("x" 1x)',
    '-webkit-image-set("x" 1x)',
    'expression(alert(1))',
    'behavior: x',
    '-moz-binding: x',
    'javascript:x',
    '@import "x"',
  ])('%s', (css) => expect(isUnsafe(css)).toBe(true))

  it.each(['red', 'calc(100% - 2px)', 'linear-gradient(red, blue)', 'var(--url)', 'rgb(0 0 0)', '"a quoted text"'])(
    'but not %s',
    (css) => expect(isUnsafe(css)).toBe(false),
  )
})
