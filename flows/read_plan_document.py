"""A document that was handed in becomes a plan in draft beside it."""

from __future__ import annotations

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Failed

from flows.owning import done
from workflow.bootstrap import build_application
from workflow.domain.errors import DoithoaiError
from workflow.domain.zone import instant
from workflow.services.drafting import draft_kept, kept_documents


@flow(name="read_plan_document", description="Đọc một văn bản kế hoạch thành tệp kế hoạch nháp, đặt cạnh văn bản.")
def read_plan_document(document: str, on: str | None = None) -> State[str]:
    """Read a document by its name in the data folder's `documents`, as seen on a day (ISO; None: today).

    Writes `<document>.yaml` and `<document>.json` beside it; repeating it writes them anew. A document that cannot be
    read makes the run fail, in red, with the one sentence that says why.
    """
    application = build_application()
    at = instant(date.fromisoformat(on)) if on else application.clock.now()
    settings = application.settings
    try:
        drafted = draft_kept(kept_documents(settings.data), document, at=at, language=settings.language)
    except DoithoaiError as error:
        return Failed(message=str(error))
    draft = drafted.draft
    return done(f"{len(draft.steps)} việc, {len(draft.findings)} phát hiện: {document}.yaml")
