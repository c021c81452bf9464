// Cold starts: a fresh browser with an empty profile each time.
import welcome from '../../scenes/01-welcome/text/en.json';
import { fresh, waitReady } from './opening';

const adult = (text: string | { adult: string }) => (typeof text === 'string' ? text : text.adult);
/** What the lobby's button and its finished picture say. */
const button = adult(welcome.controls.dream.label);
const done = adult(welcome.said.dreamtPicture);

/** Seconds from navigation to `app-ready`, and from there to the first whole digit, the button being pressed as soon as it stands. */
export async function starts(address: string, times: number): Promise<{ ready: number[]; dream: number[]; room: number[] }> {
  const found = { ready: [] as number[], dream: [] as number[], room: [] as number[] };
  for (let i = 0; i < times; i++) {
    // Presses in the page itself, so that no message between two programs is counted.
    const { browser, page } = await fresh();
    await page.addInitScript(
      ([label, end]) => {
        const look = () => {
          const press = [...document.querySelectorAll('main button')].find((one) => one.textContent?.trim() === label);
          if (press instanceof HTMLElement && !performance.getEntriesByName('pressed').length) {
            performance.mark('pressed');
            press.click();
          }
          if (document.querySelector(`main [role=img][aria-label*="${end}"]`)) return performance.mark('first-dream');
          setTimeout(look, 10);
          return undefined;
        };
        addEventListener('DOMContentLoaded', look);
      },
      [button, done] as const,
    );
    await page.goto(address);
    await page.waitForFunction(() => performance.getEntriesByName('first-dream').length > 0);
    await waitReady(page);
    const [app, dreamed, room] = await page.evaluate(() =>
      ['app-ready', 'first-dream', 'room-ready'].map((name) => (performance.getEntriesByName(name)[0]?.startTime ?? NaN) / 1000),
    );
    found.ready.push(app!);
    found.dream.push(dreamed! - app!);
    found.room.push(room!);
    await browser.close();
  }
  return found;
}
