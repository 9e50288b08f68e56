"""Adapters to vendors: the only package that knows a vendor's name.

An adapter implements a port (`kairo.evidence.ports`, `kairo.hero.ports`). A settings path names it, and no other
package imports it. It uses ports and DTOs, and imports no models, services, jobs or actors.
"""
