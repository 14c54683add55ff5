package dev.berth.registry.quota;

/**
 * The result of {@link Quotas#recount}.
 *
 * @param repositories the number of repositories that were counted
 * @param corrected the number of those whose use had been counted wrongly
 * @param bytes the sum of their use, in bytes
 * @since 0.1
 */
public record RecountReport(long repositories, long corrected, long bytes) {}
