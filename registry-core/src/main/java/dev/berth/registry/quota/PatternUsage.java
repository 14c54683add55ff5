package dev.berth.registry.quota;

/**
 * What the repositories of a pattern use.
 *
 * @param limit the pattern and its limits
 * @param bytes the sum of the use of the repositories, in bytes
 * @param repositories the number of repositories with a manifest
 * @param reservedBytes what nodes have set aside of the rest for pushes, in bytes
 * @param reservedRepositories what nodes have set aside of the rest for new repositories
 * @since 0.1
 */
public record PatternUsage(
        QuotaLimit limit, long bytes, long repositories, long reservedBytes, long reservedRepositories) {}
