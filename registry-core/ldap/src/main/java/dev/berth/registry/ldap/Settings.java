package dev.berth.registry.ldap;

import java.time.InstantSource;
import java.util.Optional;

/** What {@link LdapOptions} say. */
record Settings(
        Servers servers,
        Optional<SearchIdentity> searchIdentity,
        Users users,
        Optional<LdapGroups> groups,
        Limits limits,
        CacheAges ages,
        InstantSource clock) {}
