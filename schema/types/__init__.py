from schema.types.enums import expose_enums

# Before any type is declared: Strawberry registers an enum, bare, at the first type that uses it.
expose_enums()
