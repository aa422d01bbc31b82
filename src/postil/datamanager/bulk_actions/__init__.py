"""Bulk actions by id. The contract is `datamanager/bulk_action.py`."""

from postil.core.registry import Registry
from postil.datamanager.bulk_action import BulkAction, is_bulk_action

ACTIONS: Registry[BulkAction] = Registry(
    "postil.bulk_actions",
    {
        "add_data_field": "postil.datamanager.bulk_actions.experimental:ADD_DATA_FIELD",
        "annotate_tasks": "postil.datamanager.bulk_actions.annotations:ANNOTATE_TASKS",
        "cache_labels": "postil.datamanager.bulk_actions.experimental:CACHE_LABELS",
        "delete_tasks": "postil.datamanager.bulk_actions.tasks:DELETE_TASKS",
        "delete_tasks_annotations": "postil.datamanager.bulk_actions.annotations:DELETE_ANNOTATIONS",
        "delete_tasks_predictions": "postil.datamanager.bulk_actions.predictions:DELETE_PREDICTIONS",
        "fix_lint": "postil.datamanager.bulk_actions.lint:FIX_LINT",
        "migrate_config": "postil.datamanager.bulk_actions.migrate:MIGRATE_CONFIG",
        "next_task": "postil.datamanager.bulk_actions.tasks:NEXT_TASK",
        "predictions_to_annotations": "postil.datamanager.bulk_actions.predictions:PREDICTIONS_TO_ANNOTATIONS",
        "propagate_annotations": "postil.datamanager.bulk_actions.propagate:PROPAGATE_ANNOTATIONS",
        "relabel": "postil.datamanager.bulk_actions.relabel:RELABEL",
        "remove_duplicates": "postil.datamanager.bulk_actions.tasks:REMOVE_DUPLICATES",
        "rename_labels": "postil.datamanager.bulk_actions.relabel:RENAME_LABELS",
        "retrieve_tasks_predictions": "postil.datamanager.bulk_actions.predictions:RETRIEVE_PREDICTIONS",
        "sample_tasks": "postil.datamanager.bulk_actions.sample:SAMPLE_TASKS",
        "set_ground_truth": "postil.datamanager.bulk_actions.annotations:SET_GROUND_TRUTH",
    },
    check=is_bulk_action,
)
