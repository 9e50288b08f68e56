from datetime import datetime
from typing import Annotated

import strawberry

from kairo.core.enums import TokenScope
from kairo.core.services import api_tokens
from schema.context import Info
from schema.ids import key_of
from schema.types.api_token import ApiToken
from schema.types.problem import ConflictProblem, InvalidInputProblem, NotFoundProblem


@strawberry.input(description="What the new token is for, and what it may do.")
class CreateApiTokenInput:
    name: str = strawberry.field(description="What it is for, in 1 to 200 characters.")
    scopes: list[TokenScope] = strawberry.field(
        description="What it may do: at least one, and none that the token of this request does not have."
    )
    expires_at: datetime | None = strawberry.field(
        default=None,
        description=(
            "When it ends by itself, in the future; null for never. Never later than the token of this request does."
        ),
    )


@strawberry.input(description="Which token to void.")
class RevokeApiTokenInput:
    token_id: strawberry.ID = strawberry.field(description="The token's id.")


@strawberry.type(description="The token was made.")
class ApiTokenCreated:
    token: ApiToken = strawberry.field(description="The token.")
    secret: str = strawberry.field(
        description="What to send as `Authorization: Bearer …`. It is shown here and never again."
    )


@strawberry.type(description="The token is void from the next request on.")
class ApiTokenRevoked:
    token: ApiToken = strawberry.field(description="The token as it is now.")


CreateApiTokenResult = Annotated[
    ApiTokenCreated | InvalidInputProblem | ConflictProblem,
    strawberry.union("CreateApiTokenResult", description="The token and its secret, or a problem (`... on Problem`)."),
]
RevokeApiTokenResult = Annotated[
    ApiTokenRevoked | NotFoundProblem | InvalidInputProblem,
    strawberry.union("RevokeApiTokenResult", description="The token, or a problem (`... on Problem`)."),
]


@strawberry.type
class ApiTokensMutation:
    @strawberry.mutation(
        description="Makes an API token for the tenant. Needs a token with the scope `admin` (else FORBIDDEN)."
    )
    def create_api_token(
        self,
        info: Info,
        data: Annotated[CreateApiTokenInput, strawberry.argument(name="input", description="Which token.")],
    ) -> CreateApiTokenResult:
        row, secret = api_tokens.add_token(
            caller=info.context.caller, name=data.name, scopes=data.scopes, expires_at=data.expires_at
        )
        return ApiTokenCreated(token=ApiToken.from_row(row), secret=secret)

    @strawberry.mutation(
        description=(
            "Voids an API token of the tenant; one that was revoked before stays as it is. Needs a token with the "
            "scope `admin` (else FORBIDDEN)."
        )
    )
    def revoke_api_token(
        self,
        info: Info,
        data: Annotated[RevokeApiTokenInput, strawberry.argument(name="input", description="Which token.")],
    ) -> RevokeApiTokenResult:
        key = key_of(data.token_id, "ApiToken")
        row = api_tokens.revoke_by_id(caller=info.context.caller, token_id=key)
        return ApiTokenRevoked(token=ApiToken.from_row(row))
