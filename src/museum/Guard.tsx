// Keeps a broken room from taking the building with it.
import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  /** Shown instead of what broke. */
  readonly instead?: ReactNode;
}

export class Guard extends Component<Props, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override componentDidCatch(why: unknown) {
    console.error(why);
  }

  override render() {
    return this.state.isBroken ? (this.props.instead ?? null) : this.props.children;
  }
}
