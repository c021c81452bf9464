// A way through the museum for the time that the visitor has.
import { useVisit } from '../../src/visit';
import { welcome } from './controls';

const { set } = welcome;

function say(route: number): void {
  set('routeSays', { key: route === 0 ? 'route.none' : `route.${route}` });
}

export function openRoute(): () => void {
  say(useVisit.getState().route);
  return useVisit.subscribe((now, before) => {
    if (now.route !== before.route) say(now.route);
  });
}
