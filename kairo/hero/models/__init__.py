from kairo.hero.models.opportunities_board import OpportunitiesBoard
from kairo.hero.models.opportunities_job import OpportunitiesJob
from kairo.hero.models.opportunities_job_event import OpportunitiesJobEvent

__all__ = ["OpportunitiesBoard", "OpportunitiesJob", "OpportunitiesJobEvent"]
