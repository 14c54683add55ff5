package dev.berth.registry.ldap;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A directory in this process, without a schema, that records what it is asked. */
final class FakeDirectory implements AutoCloseable {
    static final String SUFFIX = "dc=corp,dc=example,dc=com";
    static final String USERS = "cn=Users," + SUFFIX;
    static final String GROUPS = "ou=Groups," + SUFFIX;
    static final String SEARCHER = "cn=searcher";
    static final String SEARCHER_PASSWORD = "searching";

    private final InMemoryDirectoryServer server;
    private final List<String> searches = new CopyOnWriteArrayList<>();
    private final List<String> binds = new CopyOnWriteArrayList<>();

    /** What is done when a search arrives, before it is answered. */
    private volatile Consumer<String> onSearch = filter -> {};

    private volatile boolean activeDirectory;

    FakeDirectory() throws LDAPException, LDIFException {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(SUFFIX);
        config.setSchema(null);
        config.addAdditionalBindCredentials(SEARCHER, SEARCHER_PASSWORD);
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("plain", InetAddress.getLoopbackAddress(), 0, null));
        config.addInMemoryOperationInterceptor(new Recorder());
        server = new InMemoryDirectoryServer(config);
        server.startListening();
        server.add("dn: " + SUFFIX, "objectClass: domain", "dc: corp");
        server.add("dn: " + USERS, "objectClass: container", "cn: Users");
        server.add("dn: " + GROUPS, "objectClass: organizationalUnit", "ou: Groups");
    }

    private final class Recorder extends InMemoryOperationInterceptor {
        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest request) {
            String filter = request.getRequest().getFilter().toString();
            searches.add(filter);
            onSearch.accept(filter);
            if (activeDirectory && filter.contains(":1.2.840.113556.1.4.1941:=")) {
                // This directory does not know the rule; all its groups stand for what it would find.
                var all = request.getRequest().duplicate();
                all.setFilter(com.unboundid.ldap.sdk.Filter.createEqualityFilter("objectClass", "group"));
                request.setRequest(all);
            }
        }

        @Override
        public void processSearchEntry(InMemoryInterceptedSearchEntry entry) {
            if (activeDirectory && entry.getSearchEntry().getDN().isEmpty()) {
                Entry root = entry.getSearchEntry().duplicate();
                root.addAttribute("supportedCapabilities", "1.2.840.113556.1.4.800");
                entry.setSearchEntry(root);
            }
        }

        @Override
        public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) throws LDAPException {
            String name = request.getRequest().getBindDN();
            binds.add(name);
            String entry = activeDirectory ? entryOf(name) : null;
            if (entry != null) {
                var other = new com.unboundid.ldap.sdk.SimpleBindRequest(
                        entry, request.getRequest().getPassword().stringValue());
                request.setRequest(other);
            }
        }
    }

    /** Returns the entry of a name that only an Active Directory takes. */
    private @Nullable String entryOf(String name) throws LDAPException {
        if (name.contains("=")) {
            return null;
        }
        String bare = name.replaceAll("@corp\\.example\\.com$", "").replaceAll("^CORP\\\\", "");
        for (Entry entry : server.search(USERS, com.unboundid.ldap.sdk.SearchScope.SUB, "(objectClass=user)")
                .getSearchEntries()) {
            if (name.equalsIgnoreCase(entry.getAttributeValue("userPrincipalName"))
                    || bare.equalsIgnoreCase(entry.getAttributeValue("sAMAccountName"))) {
                return entry.getDN();
            }
        }
        return "cn=nobody," + USERS;
    }

    /** Pretends to be an Active Directory: takes its names, and has its rule for groups of groups. */
    void activeDirectory() {
        activeDirectory = true;
    }

    void onSearch(Consumer<String> action) {
        onSearch = action;
    }

    void add(String... lines) throws LDAPException, LDIFException {
        server.add(lines);
    }

    void user(String cn, String name, String... more) throws LDAPException, LDIFException {
        List<String> lines = new java.util.ArrayList<>(List.of(
                "dn: cn=" + cn + "," + USERS,
                "objectClass: user",
                "objectCategory: person",
                "cn: " + cn,
                "sAMAccountName: " + name,
                "userPassword: " + password(name)));
        lines.addAll(List.of(more));
        server.add(lines.toArray(new String[0]));
    }

    static String password(String name) {
        return name + "'s password";
    }

    InMemoryDirectoryServer server() {
        return server;
    }

    URI url() {
        return URI.create("ldap://127.0.0.1:" + server.getListenPort());
    }

    LdapOptions.Builder options() {
        return LdapOptions.builder(url())
                .searchIdentity(SEARCHER, SEARCHER_PASSWORD)
                .userBase(USERS)
                .userFilter("(sAMAccountName={0})")
                .nameAttribute("sAMAccountName")
                .groups(LdapGroups.builder(GROUPS).build());
    }

    /** Returns the filters of all searches. */
    List<String> searches() {
        return searches;
    }

    /** Returns the names of all binds. */
    List<String> binds() {
        return binds;
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
