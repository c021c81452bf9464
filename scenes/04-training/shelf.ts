// The course under way, kept for the whole visit: it goes on while the visitor is elsewhere, stands still while the page is hidden or after
// the museum was started anew, and is found again.
import type { Engine } from '../../src/engine';
import { useVisit } from '../../src/visit';
import { Course, type CourseOptions } from './course';

let course: Course | undefined;
/** The museum was started anew: the course stands aside until somebody takes it up. */
let isAside = false;
let isHidden = false;
let stopListening: (() => void) | undefined;
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

function listen(): () => void {
  const hide = () => {
    if (!document.hidden || !course || (course.isPaused && !course.isHeld)) return;
    isHidden = true;
    course.pause();
  };
  const page = typeof document === 'undefined' ? undefined : document;
  page?.addEventListener('visibilitychange', hide);
  const stopVisit = useVisit.subscribe((now, before) => {
    if (now.visit === before.visit) return;
    isAside = true;
    course?.pause();
    tell();
  });
  return () => {
    page?.removeEventListener('visibilitychange', hide);
    stopVisit();
  };
}

export const shelf = {
  /** The course that the room shows. */
  get course(): Course | undefined {
    return isAside ? undefined : course;
  },
  /** One from before the museum was started anew. */
  get waiting(): Course | undefined {
    return isAside ? course : undefined;
  },
  /** It was paused since the page was hidden, and has not gone on since. */
  get wasHidden(): boolean {
    return isHidden && course?.isPaused === true;
  },
  open(engine: Engine, options: CourseOptions): Course {
    shelf.drop();
    course = new Course(engine, options);
    course.onChange(() => {
      if (course && !course.isPaused) isHidden = false;
      tell();
    });
    stopListening = listen();
    tell();
    return course;
  },
  /** The visitor comes into the room, or leaves it. */
  seen(isSeen: boolean): void {
    if (course) course.isSeen = isSeen;
  },
  takeUp(): void {
    isAside = false;
    tell();
  },
  /** Ends the course and forgets it. */
  drop(): void {
    stopListening?.();
    stopListening = undefined;
    course?.close();
    course = undefined;
    isAside = isHidden = false;
    tell();
  },
  /** Calls back after every change; returns what stops it. */
  watch(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
