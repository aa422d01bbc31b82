"""Background work: `enqueue` a spec, `wait` for it, `cancel` it; handlers see a `Run`."""

from postil.infra.jobs.chores import do_chores, register_chore
from postil.infra.jobs.loops import register_loop
from postil.infra.jobs.queue import ENDED, cancel, enqueue, job_json, runs_at_once, wait
from postil.infra.jobs.run import Interrupted, JobRun, NullRun, Run
from postil.infra.jobs.specs import register

__all__ = [
    "ENDED",
    "Interrupted",
    "JobRun",
    "NullRun",
    "Run",
    "cancel",
    "do_chores",
    "enqueue",
    "job_json",
    "register",
    "register_chore",
    "register_loop",
    "runs_at_once",
    "wait",
]
