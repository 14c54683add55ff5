package dev.berth.registry.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests that answer one question: searches on a connection of the search identity, and the user's password on a
 * connection of its own. Not thread-safe.
 */
final class Session implements AutoCloseable {
    private static final int PAGE = 500;

    /** What says that a password is not good, or that the entry cannot log in. */
    private static final Set<ResultCode> REFUSALS = Set.of(
            ResultCode.INVALID_CREDENTIALS,
            ResultCode.NO_SUCH_OBJECT,
            ResultCode.INVALID_DN_SYNTAX,
            ResultCode.INAPPROPRIATE_AUTHENTICATION,
            ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
            ResultCode.CONSTRAINT_VIOLATION,
            ResultCode.UNWILLING_TO_PERFORM);

    private final Connector connector;
    private final IdleConnections idle;
    private final Optional<SearchIdentity> identity;
    private final Limits limits;
    private final Deadline deadline;
    private @Nullable LDAPConnection searching;
    private @Nullable LDAPConnection personal;
    private boolean reused;

    /**
     * Entries that were found.
     *
     * @param complete whether that is all
     */
    record Found(List<SearchResultEntry> entries, boolean complete) {}

    Session(
            Connector connector,
            IdleConnections idle,
            Optional<SearchIdentity> identity,
            Limits limits,
            Deadline deadline) {
        this.connector = connector;
        this.idle = idle;
        this.identity = identity;
        this.limits = limits;
        this.deadline = deadline;
    }

    /** Returns whether a connection was used that may have died before. */
    boolean reused() {
        return reused;
    }

    /**
     * Asks the directory whether a password is right. It is sent on a connection of its own.
     *
     * @param name the name of an entry, or another name that the directory takes
     */
    boolean bind(String name, String password) throws DirectoryException {
        LDAPConnection connection = connector.connect(deadline);
        personal = connection;
        SimpleBindRequest request = new SimpleBindRequest(name, password);
        request.setResponseTimeoutMillis(deadline.wait(limits.response()));
        try {
            connection.bind(request);
            return true;
        } catch (LDAPException e) {
            if (REFUSALS.contains(e.getResultCode())) {
                return false;
            }
            throw DirectoryException.of("A login", e);
        }
    }

    /** Returns who the directory took the user for ({@code dn:…} or {@code u:…}), if it says so (RFC 4532). */
    Optional<String> whoAmI() throws DirectoryException {
        LDAPConnection connection = personal;
        if (connection == null) {
            return Optional.empty();
        }
        WhoAmIExtendedRequest request = new WhoAmIExtendedRequest();
        request.setResponseTimeoutMillis(deadline.wait(limits.response()));
        try {
            WhoAmIExtendedResult result = (WhoAmIExtendedResult) connection.processExtendedOperation(request);
            return Optional.ofNullable(result.getAuthorizationID()).filter(id -> !id.isEmpty());
        } catch (LDAPException e) {
            throw DirectoryException.of("The question who a user is", e);
        }
    }

    /** Has the user search, since nobody else can. */
    void searchAsUser() {
        if (identity.isEmpty() && personal != null) {
            release();
            searching = personal;
        }
    }

    /**
     * Searches below an entry.
     *
     * @param most how many entries are wanted at most
     */
    Found search(String base, SearchScope scope, Filter filter, int most, String... attributes)
            throws DirectoryException {
        List<SearchResultEntry> entries = new ArrayList<>();
        ASN1OctetString cookie = null;
        do {
            // One more than wanted shows that there are more.
            int rest = most - entries.size() + 1;
            SearchRequest request =
                    new SearchRequest(base, scope, DereferencePolicy.NEVER, rest, 0, false, filter, attributes);
            if (most > PAGE) {
                request.addControl(new SimplePagedResultsControl(Math.min(PAGE, rest), cookie, false));
            }
            SearchResult result = search(request);
            entries.addAll(result.getSearchEntries());
            if (entries.size() > most) {
                return new Found(List.copyOf(entries.subList(0, most)), false);
            }
            if (result.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                return new Found(entries, false);
            }
            cookie = nextPage(result);
        } while (cookie != null);
        return new Found(entries, true);
    }

    private SearchResult search(SearchRequest request) throws DirectoryException {
        LDAPConnection connection = searching == null ? open() : searching;
        request.setResponseTimeoutMillis(deadline.wait(limits.response()));
        try {
            return connection.search(request);
        } catch (LDAPSearchException e) {
            if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                return e.getSearchResult();
            }
            if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)
                    && !request.getScope().equals(SearchScope.BASE)) {
                throw DirectoryException.settings(
                        "The entry " + request.getBaseDN() + " does not exist, or the search identity may not see it",
                        e);
            }
            throw DirectoryException.of("A search below " + request.getBaseDN(), e);
        }
    }

    private static @Nullable ASN1OctetString nextPage(SearchResult result) throws DirectoryException {
        try {
            SimplePagedResultsControl page = SimplePagedResultsControl.get(result);
            return page == null || !page.moreResultsToReturn() ? null : page.getCookie();
        } catch (LDAPException e) {
            throw DirectoryException.of("Reading a page", e);
        }
    }

    private LDAPConnection open() throws DirectoryException {
        Optional<LDAPConnection> known = idle.take();
        reused = known.isPresent();
        LDAPConnection connection = known.isPresent() ? known.get() : connector.connect(deadline);
        searching = connection;
        if (identity.isPresent() && !reused) {
            identify(connection, identity.get());
        }
        return connection;
    }

    private void identify(LDAPConnection connection, SearchIdentity who) throws DirectoryException {
        SimpleBindRequest request = new SimpleBindRequest(who.dn(), who.password(), new Control[0]);
        request.setResponseTimeoutMillis(deadline.wait(limits.response()));
        try {
            connection.bind(request);
        } catch (LDAPException e) {
            if (REFUSALS.contains(e.getResultCode())) {
                throw DirectoryException.settings(
                        "The directory refuses the search identity " + who + ": " + DirectoryException.reason(e), e);
            }
            throw DirectoryException.of("The login of the search identity", e);
        }
    }

    /** Closes what was used, after it failed. */
    void discard() {
        connector.avoid(searching == null ? personal : searching);
        idle.clear();
        if (searching != null) {
            searching.close();
            searching = null;
        }
    }

    private void release() {
        if (searching != null && searching != personal) {
            idle.giveBack(searching);
        }
        searching = null;
    }

    /** Keeps the connection of the search identity for the next question, and closes the user's. */
    @Override
    public void close() {
        release();
        if (personal != null) {
            personal.close();
            personal = null;
        }
    }
}
