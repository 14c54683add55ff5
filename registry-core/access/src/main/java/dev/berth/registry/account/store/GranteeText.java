package dev.berth.registry.account.store;

import dev.berth.registry.access.Grantee;

/** Reads grantees from the texts that they are. */
final class GranteeText {
    private static final String USER = "user:";
    private static final String GROUP = "group:";

    private GranteeText() {}

    static Grantee parse(String text) {
        if (text.startsWith(USER)) {
            return Grantee.user(text.substring(USER.length()));
        }
        if (text.startsWith(GROUP)) {
            return Grantee.group(text.substring(GROUP.length()));
        }
        return switch (text) {
            case "everyone" -> Grantee.everyone();
            case "authenticated" -> Grantee.authenticated();
            default -> throw new IllegalArgumentException("This is nobody who can have a grant: " + text);
        };
    }
}
