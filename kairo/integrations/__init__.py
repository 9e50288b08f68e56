"""The garage: the only room that knows a vendor's name.

What lives here fills a port (`kairo.hero.ports`, later one for evidence) and is found by a settings path; no
other room imports it. It speaks ports and DTOs, and knows no models, services, jobs or actors.
"""
