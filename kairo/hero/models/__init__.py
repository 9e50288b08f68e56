from kairo.hero.models.board_revision import BoardRevision
from kairo.hero.models.board_snapshot import BoardSnapshot
from kairo.hero.models.opportunities_board import OpportunitiesBoard
from kairo.hero.models.opportunities_job import OpportunitiesJob
from kairo.hero.models.opportunities_job_event import OpportunitiesJobEvent
from kairo.hero.models.opportunities_job_key import OpportunitiesJobKey
from kairo.hero.models.refresh_schedule import RefreshSchedule

__all__ = [
    "BoardRevision",
    "BoardSnapshot",
    "OpportunitiesBoard",
    "OpportunitiesJob",
    "OpportunitiesJobEvent",
    "OpportunitiesJobKey",
    "RefreshSchedule",
]
