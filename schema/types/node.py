import strawberry


@strawberry.interface(description="An object with an id that is unique in the whole API.")
class Node:
    # Strawberry's own Node resolves an id through three calls and accepts ids of any type; a board has hundreds.
    id: strawberry.ID = strawberry.field(
        description="The object's global id: opaque, unique in the whole API, and the same every time."
    )
