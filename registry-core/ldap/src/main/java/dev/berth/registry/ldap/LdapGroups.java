package dev.berth.registry.ldap;

/**
 * How the groups of a user of a directory are found. A caller has them as {@code ldap:name}. Immutable.
 *
 * @since 0.1
 */
public final class LdapGroups {
    private final String base;
    private final NameTemplate filter;
    private final boolean memberOf;
    private final String nameAttribute;
    private final boolean nested;
    private final boolean inChain;
    private final int most;

    private LdapGroups(Builder builder) {
        this.base = builder.base;
        this.filter = builder.filter;
        this.memberOf = builder.memberOf;
        this.nameAttribute = builder.nameAttribute;
        this.nested = builder.nested || builder.inChain;
        this.inChain = builder.inChain;
        this.most = builder.most;
    }

    /**
     * Returns a builder.
     *
     * @param base the entry below which groups count, such as {@code ou=groups,dc=example,dc=com}. Groups elsewhere do not,
     *     since somebody else may be able to make one with the same name there.
     * @throws IllegalArgumentException if that is no name of an entry
     */
    public static Builder builder(String base) {
        return new Builder(Required.dn("group base", base));
    }

    String base() {
        return base;
    }

    NameTemplate filter() {
        return filter;
    }

    boolean memberOf() {
        return memberOf;
    }

    String nameAttribute() {
        return nameAttribute;
    }

    boolean nested() {
        return nested;
    }

    boolean inChain() {
        return inChain;
    }

    int most() {
        return most;
    }

    /** Returns a text with the base. */
    @Override
    public String toString() {
        return "LdapGroups " + base;
    }

    /**
     * Builds how groups are found. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final String base;
        private NameTemplate filter = NameTemplate.filter("group filter", "(member={0})");
        private boolean memberOf;
        private String nameAttribute = "cn";
        private boolean nested;
        private boolean inChain;
        private int most = 2000;

        private Builder(String base) {
            this.base = base;
        }

        /**
         * Sets the filter (RFC 4515) that finds the groups of a member, <code>(member={0})</code> by default.
         * <code>{0}</code> is the name of the member's entry, <code>{1}</code> the name of the user, for groups such as
         * those of <code>(memberUid={1})</code>. Both are escaped.
         *
         * @throws IllegalArgumentException if that is no filter, or has none of these
         */
        public Builder filter(String newFilter) {
            this.filter = NameTemplate.filter("group filter", newFilter);
            return this;
        }

        /**
         * Sets whether the groups are taken from the attribute {@code memberOf} of a user instead of being searched; off
         * by default. The name of such a group must be the first part of the name of its entry.
         */
        public Builder memberOf(boolean newMemberOf) {
            this.memberOf = newMemberOf;
            return this;
        }

        /** Sets the attribute with the name of a group, {@code cn} by default. */
        public Builder nameAttribute(String attribute) {
            this.nameAttribute = Required.attribute(attribute);
            return this;
        }

        /**
         * Sets whether the groups of groups count too; off by default. Ten levels are looked at, with one search for each,
         * and one more for every 500 groups.
         */
        public Builder nested(boolean newNested) {
            this.nested = newNested;
            return this;
        }

        /**
         * Sets whether the directory itself finds the groups of groups, in one search, by a rule of Active Directory
         * ({@code 1.2.840.113556.1.4.1941}); off by default. Other directories do not know it and would find nothing. They
         * are searched as with {@link #nested}, and the log says so.
         */
        public Builder inChain(boolean newInChain) {
            this.inChain = newInChain;
            return this;
        }

        /** Sets how many groups of a user count, 2,000 by default. Those beyond are omitted, and the log says so. */
        public Builder most(int number) {
            this.most = Required.positive(number);
            return this;
        }

        /**
         * Returns how groups are found.
         *
         * @throws IllegalArgumentException if groups of groups are to count, but the filter does not find them
         */
        public LdapGroups build() {
            if (nested && !filter.hasPlace(0)) {
                throw new IllegalArgumentException(
                        "Groups of groups are found by their entries: the group filter needs {0}, not only {1}");
            }
            return new LdapGroups(this);
        }
    }
}
