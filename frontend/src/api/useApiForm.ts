import { type FormEvent, useState } from 'react'
import { ApiError, messageOf } from './errors'

export interface ApiForm<V> {
  values: V
  errors: Partial<Record<string, string>>
  message: string | null
  isSending: boolean
  set: <K extends keyof V>(field: K, value: V[K]) => void
  fail: (errors: Partial<Record<string, string>>) => void
  submit: (event?: FormEvent) => Promise<void>
}

/** Holds a form's values and shows the server's refusals at the fields they are about. */
export function useApiForm<V extends object>(initial: V, save: (values: V) => Promise<unknown>): ApiForm<V> {
  const [values, setValues] = useState(initial)
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({})
  const [message, setMessage] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)

  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault()
    if (isSending) return
    setSending(true)
    setErrors({})
    setMessage(null)
    try {
      await save(values)
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : {}
      const shown = Object.keys(fields).filter((field) => field in values)
      setErrors(fields)
      setMessage(shown.length > 0 ? null : messageOf(error))
    } finally {
      setSending(false)
    }
  }
  return {
    values,
    errors,
    message,
    isSending,
    set: (field, value) => setValues((old) => ({ ...old, [field]: value })),
    fail: setErrors,
    submit,
  }
}
