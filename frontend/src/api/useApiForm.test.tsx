// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { errorFrom } from './errors'
import { useApiForm } from './useApiForm'

const start = { title: '', note: '' }

describe('useApiForm', () => {
  it('saves what was typed', async () => {
    const saved: unknown[] = []
    const { result } = renderHook(() => useApiForm(start, async (values) => saved.push(values)))
    act(() => result.current.set('title', 'Birds'))
    await act(() => result.current.submit())
    expect(saved).toEqual([{ title: 'Birds', note: '' }])
    expect(result.current).toMatchObject({ errors: {}, message: null, isSending: false })
  })

  it('shows a refusal at its field', async () => {
    const refusal = errorFrom(400, { detail: 'Validation error', validation_errors: { title: ['Too short.'] } })
    const { result } = renderHook(() => useApiForm(start, () => Promise.reject(refusal)))
    await act(() => result.current.submit())
    expect(result.current.errors.title).toBe('Too short.')
    expect(result.current.message).toBeNull()
  })

  it('shows above the form what is about no field of it', async () => {
    const refusal = errorFrom(400, { detail: 'Validation error', validation_errors: { color: ['Not a color.'] } })
    const { result } = renderHook(() => useApiForm(start, () => Promise.reject(refusal)))
    await act(() => result.current.submit())
    expect(result.current.message).toBe('color: Not a color.')
  })

  it('sends once when submitted twice', async () => {
    const finish: (() => void)[] = []
    const { result } = renderHook(() => useApiForm(start, () => new Promise<void>((done) => finish.push(done))))
    let sending: Promise<void> = Promise.resolve()
    act(() => {
      sending = result.current.submit()
    })
    expect(result.current.isSending).toBe(true)
    await act(() => result.current.submit())
    expect(finish).toHaveLength(1)
    await act(async () => {
      finish[0]?.()
      await sending
    })
    expect(result.current.isSending).toBe(false)
  })
})
