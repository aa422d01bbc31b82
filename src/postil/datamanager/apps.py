"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from postil.infra.expressions import add_functions


class DatamanagerConfig(AppConfig):
    name = "postil.datamanager"
    label = "datamanager"

    def ready(self) -> None:
        """Give database connections the functions that filters use; say how views leave the trash and choose tasks."""
        from postil.datamanager import (
            actions,
            bulk_runs,
            column_indexes,
            duplicating,
            handlers,
            listing,
            prediction_trash,
            search_index,
        )
        from postil.datamanager.jobs import CopyTasks, PrepareColumn, PrepareSearch, RunBulkAction, UndoBulkAction
        from postil.infra.events import subscribe, subscribe_inside
        from postil.infra.jobs import register, register_chore
        from postil.projects.trash import register_trash
        from postil.tasks.events import TaskDataChanged, TasksCreated
        from postil.tasks.ports import PORTS

        connection_created.connect(add_functions, dispatch_uid="postil.expressions")
        register_trash("view", restore=actions.bring_back, erase=actions.erase)
        some = prediction_trash.bring_back_some
        register_trash("prediction", restore=some, erase=prediction_trash.erase, restore_some=some)
        register(PrepareColumn, column_indexes.prepare_column)
        register(CopyTasks, duplicating.copy_tasks)
        register(PrepareSearch, search_index.read_as_job)
        register(RunBulkAction, handlers.run_bulk_action)
        register(UndoBulkAction, handlers.undo_bulk_action)
        register_chore(column_indexes.clear_indexes)
        register_chore(search_index.clear_searches)
        subscribe_inside(TaskDataChanged, search_index.data_changed)
        subscribe(TasksCreated, search_index.tasks_came)
        register_chore(bulk_runs.clear_old_runs)
        PORTS.view_tasks = listing.tasks_of_view
        PORTS.asked_tasks = listing.tasks_of_question
