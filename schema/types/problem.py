from __future__ import annotations

from enum import Enum

import strawberry

from kairo.core.errors import Invalid, NotFound
from schema.context import Info


@strawberry.enum(description="Why a mutation was not carried out. More values may come: keep a default branch.")
class ProblemCode(Enum):
    NOT_FOUND = strawberry.enum_value("NOT_FOUND", description="An id names nothing that this token may see.")
    INVALID_INPUT = strawberry.enum_value("INVALID_INPUT", description="A value of the input cannot be accepted.")


@strawberry.interface(
    description=(
        "An expected reason why a mutation was not carried out. Select `... on Problem { message code }` and problems "
        "that come later are handled too."
    )
)
class Problem:
    message: str = strawberry.field(description="The reason for a person; safe to show.")
    code: ProblemCode = strawberry.field(description="The reason for a program.")


@strawberry.type(description="An id in the input names nothing that this token may see.")
class NotFoundProblem(Problem):
    pass


@strawberry.type(description="A value of the input cannot be accepted.")
class InvalidInputProblem(Problem):
    path: list[str] = strawberry.field(description="Where the value is, from the argument's name down.")


class AnswerNotFound(strawberry.ExceptionHandler[NotFound, NotFoundProblem]):
    def handle(self, exception: NotFound, *, field: object, info: Info) -> NotFoundProblem:
        return NotFoundProblem(message=str(exception), code=ProblemCode.NOT_FOUND)


class AnswerInvalid(strawberry.ExceptionHandler[Invalid, InvalidInputProblem]):
    def handle(self, exception: Invalid, *, field: object, info: Info) -> InvalidInputProblem:
        path = ["input", exception.field] if exception.field else ["input"]
        return InvalidInputProblem(message=str(exception), code=ProblemCode.INVALID_INPUT, path=path)
