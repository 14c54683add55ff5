package dev.berth.registry.ldap;

import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import dev.berth.registry.internal.pem.PemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Opens connections to a directory, to the server that answered last. Thread-safe. */
final class Connector {
    private static final int LARGEST_MESSAGE = 4 << 20;

    private final Servers servers;
    private final Limits limits;
    private final SSLSocketFactory tls;

    /** The index of the server that is asked first. */
    private final AtomicInteger preferred = new AtomicInteger();

    /**
     * @throws IOException if the certificates cannot be read
     * @throws IllegalArgumentException if they are not valid
     */
    Connector(Servers servers, Limits limits) throws IOException {
        this.servers = servers;
        this.limits = limits;
        try {
            this.tls = tls(servers.certificates());
        } catch (GeneralSecurityException e) {
            throw new IOException("The trusted certificates cannot be used", e);
        }
    }

    private static SSLSocketFactory tls(Optional<Path> authorities) throws GeneralSecurityException, IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore ofJvm = null;
        trust.init(authorities.isPresent() ? store(PemFiles.certificates(authorities.get())) : ofJvm);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return new VerifyingSocketFactory(context.getSocketFactory());
    }

    private static KeyStore store(List<Certificate> certificates) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("authority" + i, certificates.get(i));
        }
        return store;
    }

    int servers() {
        return servers.servers().size();
    }

    /** Opens a connection that is secured as the options want it, to the first server that takes one. */
    LDAPConnection connect(Deadline deadline) throws DirectoryException {
        int first = preferred.get();
        DirectoryException failed = null;
        for (int i = 0; i < servers(); i++) {
            int index = (first + i) % servers();
            try {
                LDAPConnection connection = connect(servers.servers().get(index), deadline);
                preferred.compareAndSet(first, index);
                return connection;
            } catch (DirectoryException e) {
                if (failed != null) {
                    e.addSuppressed(failed);
                }
                failed = e;
            }
        }
        throw failed == null ? DirectoryException.connection("There is no server", null) : failed;
    }

    /** Has another server asked first, since this one did not answer. */
    void avoid(@Nullable LDAPConnection connection) {
        int first = preferred.get();
        Servers.Server server = servers.servers().get(first);
        if (connection == null
                || server.port() == connection.getConnectedPort()
                        && server.host().equals(connection.getConnectedAddress())) {
            preferred.compareAndSet(first, (first + 1) % servers());
        }
    }

    private LDAPConnection connect(Servers.Server server, Deadline deadline) throws DirectoryException {
        String what = "The connection to " + server;
        int timeout = deadline.wait(limits.connect());
        SocketFactory sockets = server.tls() ? tls : SocketFactory.getDefault();
        LDAPConnection connection = new LDAPConnection(sockets, options());
        try {
            connection.connect(server.host(), server.port(), timeout);
            if (servers.startTls()) {
                startTls(connection, deadline);
            }
            return connection;
        } catch (LDAPException e) {
            connection.close();
            throw DirectoryException.connection(what + " failed: " + DirectoryException.reason(e), e);
        } catch (DirectoryException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void startTls(LDAPConnection connection, Deadline deadline) throws LDAPException, DirectoryException {
        StartTLSExtendedRequest request = new StartTLSExtendedRequest(tls);
        request.setResponseTimeoutMillis(deadline.wait(limits.response()));
        ExtendedResult result = connection.processExtendedOperation(request);
        if (!result.getResultCode().equals(ResultCode.SUCCESS) || connection.getSSLSession() == null) {
            throw new LDAPException(result);
        }
    }

    private LDAPConnectionOptions options() {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        // No thread for each connection: who asks reads the answer.
        options.setUseSynchronousMode(true);
        options.setResponseTimeoutMillis(limits.response().toMillis());
        options.setAbandonOnTimeout(false);
        options.setFollowReferrals(false);
        options.setBindWithDNRequiresPassword(true);
        options.setUseSchema(false);
        options.setUseLinger(false, 0);
        options.setMaxMessageSize(LARGEST_MESSAGE);
        return options;
    }
}
