// Loads the page again once its server answers: a browser would put its own error page in the museum's place.

/** Time until a server that did not answer is asked again, and until it counts as not answering, ms. */
const pause = 3000;
const patience = 5000;

const answers = () =>
  fetch(location.href, { cache: 'no-store', signal: AbortSignal.timeout(patience) }).then(
    ({ ok }) => ok,
    () => false,
  );

let isAsking = false;

/** `onAway` hears each time that the server did not answer. */
export async function loadAgain(onAway: () => void): Promise<void> {
  if (isAsking) return;
  isAsking = true;
  while (!(await answers())) {
    onAway();
    await new Promise((wake) => setTimeout(wake, pause));
  }
  location.reload();
}
