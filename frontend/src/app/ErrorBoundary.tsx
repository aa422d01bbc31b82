import { Component, type ReactNode } from 'react'
import { BrokenPage } from './BrokenPage'

interface State {
  error: Error | null
}

/** Shows a page that says so when drawing a page failed, instead of an empty one. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: Error): State {
    return { error }
  }

  override render() {
    return this.state.error ? <BrokenPage error={this.state.error} /> : this.props.children
  }
}
