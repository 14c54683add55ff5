package dev.berth.registry.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.berth.registry.account.Account;
import dev.berth.registry.server.Caller;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Finds users of a directory. Thread-safe. */
final class UserLookup {
    /** What a subject of a directory begins with. */
    static final String PREFIX = "ldap:";

    private static final String MEMBER_OF = "memberOf";

    private final Users users;
    private final Optional<GroupLookup> groups;
    private final boolean searchable;
    private final String[] attributes;
    private final Complaints complaints;
    private final InstantSource clock;

    UserLookup(Settings options, Complaints complaints) {
        this.users = options.users();
        this.groups = options.groups().map(search -> new GroupLookup(search, complaints));
        this.searchable = options.searchIdentity().isPresent();
        this.complaints = complaints;
        this.clock = options.clock();
        List<String> wanted = new ArrayList<>(Entries.attributes());
        wanted.add(users.nameAttribute());
        if (options.groups().filter(LdapGroups::memberOf).isPresent()) {
            wanted.add(MEMBER_OF);
        }
        this.attributes = wanted.toArray(new String[0]);
    }

    /** Returns the account of a name, if the password is right. */
    Optional<Account> login(Session session, String typed, String password) throws DirectoryException {
        try {
            Optional<TypedName> name = TypedName.of(typed, users);
            if (name.isEmpty()) {
                refuse(session, password);
                return Optional.empty();
            }
            return name.get().bindAs().isPresent()
                    ? bindAndRead(session, name.get(), name.get().bindAs().get(), password)
                    : searchAndBind(session, name.get(), password);
        } catch (LDAPException e) {
            throw DirectoryException.of("A login", e);
        }
    }

    private Optional<Account> searchAndBind(Session session, TypedName name, String password)
            throws DirectoryException {
        Optional<SearchResultEntry> entry = one(session, name.filter());
        if (entry.isEmpty()) {
            refuse(session, password);
            return Optional.empty();
        }
        return session.bind(entry.get().getDN(), password) ? account(session, entry.get()) : Optional.empty();
    }

    private Optional<Account> bindAndRead(Session session, TypedName name, String bindAs, String password)
            throws DirectoryException {
        if (!session.bind(bindAs, password)) {
            return Optional.empty();
        }
        Optional<String> identity = name.entry().isPresent() ? Optional.empty() : session.whoAmI();
        if (!searchable) {
            session.searchAsUser();
        }
        Optional<SearchResultEntry> entry = name.entry().isPresent()
                ? read(session, name.entry().get(), name.filter())
                : one(session, name.filter());
        if (entry.isEmpty() || !isSame(entry.get(), name.entry(), identity)) {
            return Optional.empty();
        }
        return account(session, entry.get());
    }

    /** Returns whether an entry is the one that the directory verified the password of. */
    private boolean isSame(SearchResultEntry entry, Optional<DN> expected, Optional<String> identity)
            throws DirectoryException {
        try {
            if (expected.isPresent()) {
                return expected.get().equals(entry.getParsedDN());
            }
            if (identity.isEmpty()) {
                // In an Active Directory the filter finds all whom the name may stand for. Elsewhere nobody knows.
                return users.windows().isPresent();
            }
            String who = identity.get();
            if (who.startsWith("dn:")) {
                return new DN(who.substring("dn:".length())).equals(entry.getParsedDN());
            }
            String name = who.substring(Math.max(who.indexOf(':'), who.indexOf('\\')) + 1);
            return name.equalsIgnoreCase(entry.getAttributeValue(users.nameAttribute()));
        } catch (LDAPException e) {
            throw DirectoryException.of("Reading who a user is", e);
        }
    }

    /** Takes the steps of a login that fails by its password. */
    private void refuse(Session session, String password) throws DirectoryException {
        RDN nobody = new RDN("cn", UUID.randomUUID().toString());
        session.bind(nobody + "," + users.base(), password);
    }

    /** Returns the account with a name that a caller has. */
    Optional<Account> find(Session session, String name) throws DirectoryException {
        Filter filter;
        try {
            filter = TypedName.ofCaller(name, users);
        } catch (LDAPException e) {
            throw DirectoryException.of("A search", e);
        }
        Optional<SearchResultEntry> entry = one(session, filter);
        return entry.isEmpty()
                ? Optional.empty()
                : account(session, entry.get())
                        // An entry may have other names, which are not that of the caller.
                        .filter(account -> account.subject().equalsIgnoreCase(PREFIX + name));
    }

    private Optional<SearchResultEntry> read(Session session, DN entry, Filter filter) throws DirectoryException {
        return session.search(entry.toString(), SearchScope.BASE, filter, 1, attributes).entries().stream()
                .findFirst();
    }

    private Optional<SearchResultEntry> one(Session session, Filter filter) throws DirectoryException {
        Session.Found found = session.search(users.base(), SearchScope.SUB, filter, 1, attributes);
        if (!found.complete()) {
            complaints.warn("Several entries below {} have the same name; none of them can log in", users.base());
            return Optional.empty();
        }
        return found.entries().stream().findFirst();
    }

    private Optional<Account> account(Session session, SearchResultEntry entry) throws DirectoryException {
        if (Entries.isDisabled(entry, clock.instant())) {
            return Optional.empty();
        }
        Optional<String> name = Entries.name(entry, users.nameAttribute()).filter(UserLookup::isName);
        if (name.isEmpty()) {
            complaints.warn(
                    "An entry cannot log in, since it has no single name for a caller in an attribute: {}",
                    entry.getDN() + ", " + users.nameAttribute());
            return Optional.empty();
        }
        Set<String> groupNames = groups.isPresent() ? groups.get().of(session, entry, name.get()) : Set.of();
        Caller.Builder caller = Caller.builder(users.namePrefix() + name.get());
        groupNames.forEach(group -> caller.group(PREFIX + group));
        return Optional.of(new Account(caller.build(), PREFIX + name.get(), Entries.version(entry)));
    }

    private static boolean isName(String name) {
        return TypedName.isPossible(name) && name.indexOf(':') < 0 && name.equals(name.strip());
    }
}
