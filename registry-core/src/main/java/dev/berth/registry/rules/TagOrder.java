package dev.berth.registry.rules;

/**
 * An order of tags, for {@link RuleCondition.Newest}.
 *
 * @since 0.1
 */
public enum TagOrder {
    /** By the time at which the tag was last set. */
    PUSH_TIME("pushes"),
    /**
     * By the precedence of semantic versions (semver.org, section 11): three numbers, with a {@code v} in front or
     * without, and then perhaps {@code -} and a pre-release. What follows a {@code _} is build metadata, since a tag cannot
     * have a {@code +}, and does not count; of equal versions the one that was set later is newer. Any other tag, such as
     * {@code latest}, {@code 1.2} or {@code 2026.01.02}, is no version: it takes no place among the newest, and a condition
     * on versions is neither true nor false for it, so that no rule deletes or releases it because of that.
     */
    VERSION("versions");

    private final String noun;

    TagOrder(String noun) {
        this.noun = noun;
    }

    String noun() {
        return noun;
    }
}
