"""Chat: a conversation to read and to continue."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import NAME

CHAT = TagSpec(
    name="Chat",
    kind="object+control",
    family="chat",
    doc="Shows a conversation and lets people add messages.",
    attrs={
        "name": NAME,
        "value": Attr("field", required=True, doc="Task field with a list of messages."),
        "toName": Attr("targets", doc="Its own name; needed when the config has no other control."),
        "messageRoles": Attr("list", doc="Roles a person may write in (comma list)."),
        "editable": Attr("string", doc="true, or the roles whose messages may be edited (comma list)."),
        "minMessages": Attr("integer", doc="Smallest number of messages.", or_field=True, minimum=0),
        "maxMessages": Attr("integer", doc="Largest number of messages.", or_field=True, minimum=0),
        "llm": Attr("string", doc="provider/model that answers."),
    },
    targets=("Chat",),
    result_type="chatmessage",
    value={
        "chatmessage": Value(
            "object",
            fields={
                "role": Value("string"),
                "content": Value("any"),
                "createdAt": Value("any", required=False),
            },
        ),
    },
)
