package dev.berth.registry.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/** Finds the groups of users, with a number of searches that does not grow with each group. Thread-safe. */
final class GroupLookup {
    private static final int MOST_LEVELS = 10;

    /** How many members are asked about in one search. */
    private static final int BATCH = 500;

    private static final String MEMBER_OF = "memberOf";

    /** The rule that follows members of members in Active Directory, and what says that a server has it. */
    private static final String IN_CHAIN = "1.2.840.113556.1.4.1941";

    private static final String ACTIVE_DIRECTORY = "1.2.840.113556.1.4.800";

    private final LdapGroups options;
    private final Complaints complaints;
    private final AtomicReference<Optional<Boolean>> hasInChain = new AtomicReference<>(Optional.empty());

    GroupLookup(LdapGroups options, Complaints complaints) {
        this.options = options;
        this.complaints = complaints;
    }

    /** Returns the names of the groups of a user. */
    Set<String> of(Session session, SearchResultEntry user, String name) throws DirectoryException {
        try {
            Groups all = new Groups();
            if (options.inChain() && hasInChain(session)) {
                search(session, inChain(user.getDN()), all);
                return all.names();
            }
            List<DN> level = options.memberOf()
                    ? memberOf(user, all)
                    : search(session, options.filter().toFilter(user.getDN(), name), all);
            if (options.nested()) {
                addNested(session, level, all);
            }
            return all.names();
        } catch (LDAPException e) {
            throw DirectoryException.of("Reading groups", e);
        }
    }

    /** The groups that were found, by the names of their entries; a group without a name of its own only leads to others. */
    private final class Groups {
        private final Map<DN, Optional<String>> found = new LinkedHashMap<>();
        private boolean full;

        /** Returns whether the group is a new one. */
        boolean add(DN group, Optional<String> name) {
            if (found.size() >= options.most() && !found.containsKey(group)) {
                overflow();
                return false;
            }
            return found.putIfAbsent(group, name) == null;
        }

        void overflow() {
            if (!full) {
                full = true;
                complaints.warn("A user is in too many groups; those beyond a number are omitted: {}", options.most());
            }
        }

        int left() {
            return options.most() - found.size();
        }

        Set<String> names() {
            Set<String> names = new TreeSet<>();
            found.values().forEach(name -> name.ifPresent(names::add));
            return names;
        }
    }

    private List<DN> memberOf(Entry user, Groups all) throws LDAPException, DirectoryException {
        List<DN> direct = new ArrayList<>();
        String[] values = user.getAttributeValues(MEMBER_OF);
        for (String value : values == null ? new String[0] : values) {
            DN group = new DN(value);
            if (!group.isDescendantOf(options.base(), false)) {
                continue;
            }
            Optional<String> name = Entries.firstName(value, options.nameAttribute());
            if (name.isEmpty()) {
                complaints.warn("The name of a group is not at the beginning of the name of its entry: {}", value);
            }
            if (all.add(group, name)) {
                direct.add(group);
            }
        }
        return direct;
    }

    private void addNested(Session session, List<DN> direct, Groups all) throws LDAPException, DirectoryException {
        List<DN> level = direct;
        for (int depth = 1; !level.isEmpty() && all.left() > 0; depth++) {
            if (depth > MOST_LEVELS) {
                complaints.warn("Groups are nested too deeply; those beyond a level are omitted: {}", MOST_LEVELS);
                return;
            }
            List<DN> next = new ArrayList<>();
            for (int from = 0; from < level.size(); from += BATCH) {
                List<DN> members = level.subList(from, Math.min(level.size(), from + BATCH));
                next.addAll(search(session, anyOf(members), all));
            }
            level = next;
        }
    }

    private Filter anyOf(Collection<DN> members) throws LDAPException {
        List<Filter> filters = new ArrayList<>();
        for (DN member : members) {
            // A group is no user, whose name could be anybody's.
            filters.add(options.filter().toFilter(member.toString(), ""));
        }
        return Filter.createORFilter(filters);
    }

    /** Adds the groups that a filter finds, and returns the new ones. */
    private List<DN> search(Session session, Filter filter, Groups all) throws LDAPException, DirectoryException {
        // What is known already may be found again.
        Session.Found found =
                session.search(options.base(), SearchScope.SUB, filter, options.most(), options.nameAttribute());
        if (!found.complete()) {
            all.overflow();
        }
        List<DN> added = new ArrayList<>();
        for (SearchResultEntry entry : found.entries()) {
            DN group = entry.getParsedDN();
            if (all.add(group, Entries.name(entry, options.nameAttribute()))) {
                added.add(group);
            }
        }
        return added;
    }

    private static Filter inChain(String user) {
        return Filter.createExtensibleMatchFilter("member", IN_CHAIN, false, user);
    }

    private boolean hasInChain(Session session) throws DirectoryException {
        Optional<Boolean> known = hasInChain.get();
        if (known.isPresent()) {
            return known.get();
        }
        boolean has = session
                .search("", SearchScope.BASE, Filter.createPresenceFilter("objectClass"), 1, "supportedCapabilities")
                .entries()
                .stream()
                .anyMatch(root -> root.hasAttributeValue("supportedCapabilities", ACTIVE_DIRECTORY));
        if (!has) {
            complaints.warn(
                    "The directory does not find groups of groups itself, by the rule {}; they are searched by levels",
                    IN_CHAIN);
        }
        hasInChain.set(Optional.of(has));
        return has;
    }
}
