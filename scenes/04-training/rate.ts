// The learning rate by hand: taken on by the course at once, and said with the rate of the last step.
import { about } from './amounts';
import { training } from './controls';
import { paced } from './paced';
import { digitsRecipe, rateAt, type RateSchedule } from './recipe';
import { shelf } from './shelf';

const { useValues, set } = training;

export function openRate(): () => void {
  function say() {
    const { rate, schedule } = useValues.getState();
    const { course } = shelf;
    if (course) {
      course.rate = 10 ** rate;
      course.schedule = schedule as RateSchedule;
    }
    const now = course?.training.latest?.rate ?? rateAt(schedule as RateSchedule, 10 ** rate, 0, digitsRecipe.goal);
    set('rateSays', { key: course ? 'rateNow' : 'rateWill', with: { chosen: about(10 ** rate), now: about(now) } });
  }
  const saying = paced(say, 500);
  say();
  const stopShelf = shelf.watch(saying);
  const stopListening = useValues.subscribe((now, before) => {
    if (now.rate !== before.rate || now.schedule !== before.schedule) say();
  });
  return () => {
    saying.close();
    stopShelf();
    stopListening();
  };
}
