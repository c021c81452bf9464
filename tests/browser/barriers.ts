// What axe-core finds wrong on the page as it stands: barriers for those who do not see, hear or point as others do.
import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Finding {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly string[];
}

/** What axe finds on the page as it stands. */
export async function barriers(page: Page): Promise<Finding[]> {
  await page.waitForSelector('#poster', { state: 'hidden' });
  // Colours in the middle of a transition are nobody's choice.
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'));
  // Given to the page by the browser, not by a script element: the CSP stays as it is.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html }) => html.slice(0, 160)).slice(0, 5) }));
  });
}
