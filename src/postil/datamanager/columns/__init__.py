"""The columns that every project has, by their id. Columns of the task's data are made per project (`data_column`)."""

from postil.core.registry import Registry
from postil.datamanager.column import Column, is_column

COLUMNS: Registry[Column] = Registry(
    "postil.columns",
    {
        "annotations__completed_by": "postil.datamanager.columns.annotations:COMPLETED_BY",
        "annotations_ids": "postil.datamanager.columns.annotations:IDS",
        "annotations_results": "postil.datamanager.columns.annotations:RESULTS",
        "annotators": "postil.datamanager.columns.annotations:ANNOTATORS",
        "avg_lead_time": "postil.datamanager.columns.annotations:LEAD_TIME",
        "cancelled_annotations": "postil.datamanager.columns.task:CANCELLED_ANNOTATIONS",
        "completed_at": "postil.datamanager.columns.task:COMPLETED_AT",
        "created_at": "postil.datamanager.columns.task:CREATED_AT",
        "data": "postil.datamanager.columns.task:DATA",
        "draft_exists": "postil.datamanager.columns.annotations:DRAFT_EXISTS",
        "file_upload": "postil.datamanager.columns.files:FILE_UPLOAD",
        "ground_truth": "postil.datamanager.columns.annotations:GROUND_TRUTH",
        "id": "postil.datamanager.columns.task:ID",
        "inner_id": "postil.datamanager.columns.task:INNER_ID",
        "is_labeled": "postil.datamanager.columns.task:IS_LABELED",
        "overlap": "postil.datamanager.columns.task:OVERLAP",
        "predictions_model_versions": "postil.datamanager.columns.predictions:MODEL_VERSIONS",
        "predictions_results": "postil.datamanager.columns.predictions:RESULTS",
        "predictions_score": "postil.datamanager.columns.predictions:SCORE",
        "storage_filename": "postil.datamanager.columns.files:STORAGE_FILENAME",
        "total_annotations": "postil.datamanager.columns.task:TOTAL_ANNOTATIONS",
        "total_predictions": "postil.datamanager.columns.task:TOTAL_PREDICTIONS",
        "updated_at": "postil.datamanager.columns.task:UPDATED_AT",
        "updated_by": "postil.datamanager.columns.task:UPDATED_BY",
        "updated_by__active_organization": "postil.datamanager.columns.task:UPDATED_BY_ORGANIZATION",
    },
    check=is_column,
)
