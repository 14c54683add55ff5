package dev.berth.registry.ldap;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How users are found.
 *
 * @param base the entry below which they are
 * @param filter what finds one by the name that was typed
 * @param bindAs who the directory is asked to take a user for, without a search before; empty for the entry that was found
 * @param windows the names of an Active Directory
 * @param nameAttribute what has the name of a user
 * @param namePrefix what the name of its caller begins with
 */
record Users(
        String base,
        NameTemplate filter,
        Optional<NameTemplate> bindAs,
        Optional<WindowsNames> windows,
        String nameAttribute,
        String namePrefix) {

    static Users of(
            @Nullable String base,
            NameTemplate filter,
            @Nullable NameTemplate bindAs,
            @Nullable WindowsNames windows,
            @Nullable String nameAttribute,
            String namePrefix,
            boolean searchable) {
        if (base == null) {
            throw new IllegalArgumentException("A directory needs a user base, the entry below which users are");
        }
        if (windows != null && bindAs != null && bindAs.isDn()) {
            throw new IllegalArgumentException(
                    "In an Active Directory, users are taken for a name such as {0}@domain, not for an entry");
        }
        NameTemplate bind =
                bindAs == null && windows != null && !searchable ? new NameTemplate("{0}@" + windows.domain()) : bindAs;
        String name = nameAttribute == null ? (windows == null ? "uid" : "sAMAccountName") : nameAttribute;
        return new Users(base, filter, Optional.ofNullable(bind), Optional.ofNullable(windows), name, namePrefix);
    }
}
