from typing import Annotated

import strawberry

from kairo.core.services import api_tokens
from schema.context import Info
from schema.types.api_token import ApiToken, ApiTokenConnection
from schema.types.tenant import Tenant

_PAGE = 20


@strawberry.type(description="Who is asking.")
class Viewer:
    tenant: Tenant = strawberry.field(description="The tenant whose token this is.")
    token: ApiToken = strawberry.field(description="The token of this request.")


@strawberry.type
class ViewerQuery:
    @strawberry.field(description="Who is asking, by which token.")
    def viewer(self, info: Info) -> Viewer:
        row = api_tokens.own_token(caller=info.context.caller)
        return Viewer(tenant=Tenant.from_row(row.tenant), token=ApiToken.from_row(row))

    @strawberry.field(
        description=(
            "The tenant's API tokens, newest first, expired and revoked ones included. Needs a token with the scope "
            "`admin`."
        )
    )
    def api_tokens(
        self,
        info: Info,
        first: Annotated[int, strawberry.argument(description="How many at most, 1 to 100.")] = _PAGE,
        after: Annotated[
            str | None, strawberry.argument(description="The cursor after which to go on; null for the newest.")
        ] = None,
    ) -> ApiTokenConnection | None:
        page = api_tokens.list_tokens(caller=info.context.caller, first=first, after=after)
        return ApiTokenConnection.of(page.map(lambda rows: map(ApiToken.from_row, rows)), after=after)
