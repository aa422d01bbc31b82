// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react'
import { useRef } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { useFitHeight } from './useFitHeight'

const PANE = { top: 100, height: 800 }

function Picture({ above }: { above: number }) {
  const row = useRef<HTMLDivElement>(null)
  const height = useFitHeight(row)
  return (
    <section className="pe-main" style={{ overflowY: 'auto' }}>
      <div>
        <div ref={row} data-top={PANE.top + above}>
          {height ?? 'free'}
        </div>
      </div>
    </section>
  )
}

let resize = () => {}

const show = (above: number, pane = PANE.height) => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(measure: () => void) {
        resize = measure
      }
      observe() {}
      disconnect() {}
    },
  )
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(pane)
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (this: HTMLElement) {
    return new DOMRect(0, Number(this.dataset.top ?? PANE.top), 100, 20)
  })
  return render(<Picture above={above} />).container.textContent
}

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('the height of a picture', () => {
  it('leaves what stands above it in sight', () => {
    expect(show(84)).toBe('700')
  })

  it('takes the whole pane where too little would be left', () => {
    expect(show(500)).toBe('784')
  })

  it('follows the pane', () => {
    show(84)
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
    act(resize)
    expect(document.body.textContent).toBe('500')
  })

  it('is free where the pane has no height of its own', () => {
    expect(show(84, 0)).toBe('free')
  })
})
