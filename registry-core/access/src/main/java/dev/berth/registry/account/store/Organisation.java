package dev.berth.registry.account.store;

import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Role;
import java.util.Map;

/**
 * The owner of all repositories whose name has its name as the first part.
 *
 * @param name the name, one part of the name of a repository
 * @param members the roles of its members in all of its repositories
 * @since 0.1
 */
public record Organisation(String name, Map<Grantee, Role> members) {}
