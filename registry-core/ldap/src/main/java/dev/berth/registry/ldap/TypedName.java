package dev.berth.registry.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Locale;
import java.util.Optional;

/**
 * A name as somebody typed it to log in.
 *
 * @param filter what finds its entry
 * @param bindAs who the directory is asked to take the user for, without a search before; empty for the entry that is found
 * @param entry the entry that is then, if that is known
 */
record TypedName(Filter filter, Optional<String> bindAs, Optional<DN> entry) {
    private static final int LONGEST = 256;
    private static final String WINDOWS_USER = "(&(objectCategory=person)(objectClass=user)%s)";

    /** Returns whether a text may be a name at all. No directory is asked about others. */
    static boolean isPossible(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST
                && text.chars().noneMatch(Character::isISOControl)
                // The names of robots, whose secrets are nothing for a directory.
                && text.indexOf('+') < 0;
    }

    /** Returns a name, or empty if no user of the directory can have it. */
    static Optional<TypedName> of(String text, Users users) throws LDAPException {
        return users.windows().isPresent()
                ? ofWindows(text, users, users.windows().get())
                : Optional.of(ofOthers(text, users));
    }

    private static TypedName ofOthers(String text, Users users) throws LDAPException {
        Filter filter = users.filter().toFilter(text);
        if (users.bindAs().isEmpty()) {
            return new TypedName(filter, Optional.empty(), Optional.empty());
        }
        NameTemplate template = users.bindAs().get();
        if (template.isDn()) {
            DN entry = template.toDn(text);
            return new TypedName(filter, Optional.of(entry.toString()), Optional.of(entry));
        }
        return new TypedName(filter, Optional.of(template.toText(text)), Optional.empty());
    }

    private static Optional<TypedName> ofWindows(String text, Users users, WindowsNames windows) throws LDAPException {
        String name = text;
        int backslash = text.indexOf('\\');
        int at = text.lastIndexOf('@');
        String domain = windows.domain().toLowerCase(Locale.ROOT);
        Optional<String> principal = Optional.empty();
        if (backslash >= 0) {
            if (!text.substring(0, backslash).equalsIgnoreCase(windows.netbiosName())) {
                return Optional.empty();
            }
            name = text.substring(backslash + 1);
        } else if (at >= 0) {
            principal = Optional.of(text);
            name = text.substring(at + 1).equalsIgnoreCase(domain) ? text.substring(0, at) : "";
        }
        if (name.indexOf('\\') >= 0 || name.indexOf('@') >= 0 || name.isEmpty() && principal.isEmpty()) {
            return Optional.empty();
        }
        // Two accounts may have the same name in two ways. Then it finds both, and is refused.
        Filter byPrincipal = Filter.createEqualityFilter("userPrincipalName", principal.orElse(name + "@" + domain));
        Filter names = name.isEmpty()
                ? byPrincipal
                : Filter.createORFilter(Filter.createEqualityFilter("sAMAccountName", name), byPrincipal);
        Filter filter = Filter.create(String.format(WINDOWS_USER, names));
        String bare = name;
        return Optional.of(new TypedName(
                filter,
                users.bindAs().map(template -> bare.isEmpty() ? text : template.toText(bare)),
                Optional.empty()));
    }

    /** Returns what finds the entry of a user by the name that its caller has. */
    static Filter ofCaller(String name, Users users) throws LDAPException {
        Filter allowed = users.windows().isPresent()
                ? Filter.create(String.format(WINDOWS_USER, ""))
                : users.filter().toFilterForAny();
        return Filter.createANDFilter(Filter.createEqualityFilter(users.nameAttribute(), name), allowed);
    }
}
