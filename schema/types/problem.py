from enum import Enum

import strawberry
from strawberry.utils.str_converters import to_camel_case

from kairo.core.errors import Conflict, Invalid, NotFound
from schema.context import Info


@strawberry.enum(description="Why a mutation was not carried out. More values may come: keep a default branch.")
class ProblemCode(Enum):
    NOT_FOUND = strawberry.enum_value("NOT_FOUND", description="An id names nothing that this token may see.")
    INVALID_INPUT = strawberry.enum_value("INVALID_INPUT", description="A value of the input cannot be accepted.")
    SLUG_TAKEN = strawberry.enum_value("SLUG_TAKEN", description="Another brand of the tenant has this slug.")
    NAME_TAKEN = strawberry.enum_value("NAME_TAKEN", description="The brand has another one of this name.")
    LIMIT_REACHED = strawberry.enum_value("LIMIT_REACHED", description="There are as many as there may be.")
    QUOTA_EXCEEDED = strawberry.enum_value(
        "QUOTA_EXCEEDED", description="The tenant may have no more of it; the message says of what, and how many."
    )
    CONNECTION_TAKEN = strawberry.enum_value("CONNECTION_TAKEN", description="The brand reads this already.")
    NOTHING_TO_READ = strawberry.enum_value(
        "NOTHING_TO_READ", description="The brand has no source connection that is enabled."
    )
    BRAND_ARCHIVED = strawberry.enum_value(
        "BRAND_ARCHIVED", description="The brand is archived: it gets no new boards, and takes in no posts."
    )
    EVIDENCE_REJECTED = strawberry.enum_value(
        "EVIDENCE_REJECTED", description="An item was rejected, so none was stored."
    )


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


@strawberry.type(description="One value of the input that cannot be accepted.")
class InputIssue:
    path: list[str] = strawberry.field(
        description="Where the value is, from the argument's name down; a place in a list counts from 0."
    )
    message: str = strawberry.field(description="Why not, for a person; safe to show.")


@strawberry.type(
    description="Values of the input cannot be accepted. `message` and `path` are those of the first issue."
)
class InvalidInputProblem(Problem):
    path: list[str] = strawberry.field(description="Where the value is, from the argument's name down.")
    issues: list[InputIssue] = strawberry.field(
        description="Every value that cannot be accepted, at least one and at most 20."
    )


@strawberry.type(description="The input is fine, and does not fit what is there already.")
class ConflictProblem(Problem):
    path: list[str] = strawberry.field(
        description="Where the value is that does not fit, from the argument's name down."
    )


class NotFoundHandler(strawberry.ExceptionHandler[NotFound, NotFoundProblem]):
    def handle(self, exception: NotFound, *, field: object, info: Info) -> NotFoundProblem:
        return NotFoundProblem(message=str(exception), code=ProblemCode.NOT_FOUND)


class InvalidHandler(strawberry.ExceptionHandler[Invalid, InvalidInputProblem]):
    def handle(self, exception: Invalid, *, field: object, info: Info) -> InvalidInputProblem:
        issues = [InputIssue(path=_path(*issue.path), message=issue.message) for issue in exception.issues]
        return InvalidInputProblem(
            message=str(exception), code=ProblemCode.INVALID_INPUT, path=issues[0].path, issues=issues
        )


class ConflictHandler(strawberry.ExceptionHandler[Conflict, ConflictProblem]):
    def handle(self, exception: Conflict, *, field: object, info: Info) -> ConflictProblem:
        return conflict_problem(exception)


def conflict_problem(conflict: Conflict) -> ConflictProblem:
    path = _path(conflict.field) if conflict.field else _path()
    return ConflictProblem(message=str(conflict), code=ProblemCode(conflict.code), path=path)


def _path(*names: str) -> list[str]:
    return ["input", *(to_camel_case(name) for name in names)]
