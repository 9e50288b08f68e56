"""The built-in deterministic engine, one step a module. Its entry is `kairo.hero.engine.built_in`."""
