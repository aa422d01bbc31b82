"""Helper threads: several at once, in order, with errors where they are asked for, and no hindrance at the end."""

import subprocess
import sys
import threading

import pytest

from postil.infra.helpers import Helpers


def test_results_come_in_the_order_of_the_items_although_all_run_at_once() -> None:
    together = threading.Barrier(4, timeout=10)

    def act(number: int) -> int:
        together.wait()
        return number * number

    with Helpers(4, "test") as helpers:
        assert list(helpers.map(act, range(8))) == [number * number for number in range(8)]


def test_there_are_never_more_threads_than_allowed() -> None:
    names: set[str] = set()
    with Helpers(2, "few") as helpers:
        list(helpers.map(lambda _: names.add(threading.current_thread().name), range(50)))
    assert names <= {"few-1", "few-2"}


def test_an_error_comes_out_where_the_result_is_asked_for() -> None:
    with Helpers(1, "test") as helpers:
        failed = helpers.submit(lambda: 1 // 0)
        good = helpers.submit(lambda: 7)
        with pytest.raises(ZeroDivisionError):
            failed.result(timeout=10)
        assert good.result(timeout=10) == 7


def test_what_was_cancelled_is_not_done() -> None:
    gate, seen = threading.Event(), []
    with Helpers(1, "test") as helpers:
        first = helpers.submit(gate.wait, 10)
        second = helpers.submit(seen.append, "second")
        assert second.cancel()
        gate.set()
        assert first.result(timeout=10)
    assert seen == []


def test_a_call_that_hangs_does_not_hold_up_the_end_of_the_process() -> None:
    program = (
        "import threading\nfrom postil.infra.helpers import Helpers\n"
        "started = threading.Event()\n"
        "def hang():\n    started.set()\n    threading.Event().wait()\n"
        "Helpers(1, 'hung').submit(hang)\nstarted.wait()\nprint('end')"
    )
    done = subprocess.run([sys.executable, "-c", program], timeout=60, capture_output=True, text=True, check=True)
    assert done.stdout == "end\n"
