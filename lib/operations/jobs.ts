import type { TaskList } from "graphile-worker";

/** What the worker can do, by name. A task gets its payload and must be safe to run twice. */
export const tasks: TaskList = {};

/** When tasks start by themselves, a line each in cron's own form, in UTC. */
export const crontab: string[] = [];
