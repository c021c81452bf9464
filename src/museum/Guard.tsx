// Keeps a failure in its place: what broke is left out, and the rest of the museum goes on.
import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  readonly onBreak?: (error: unknown) => void;
}

export class Guard extends Component<Props, { isBroken: boolean }> {
  override state = { isBroken: false };
  static getDerivedStateFromError = () => ({ isBroken: true });
  override componentDidCatch(error: unknown) {
    console.error('A part of the museum failed', error);
    this.props.onBreak?.(error);
  }
  override render() {
    return this.state.isBroken ? null : this.props.children;
  }
}
