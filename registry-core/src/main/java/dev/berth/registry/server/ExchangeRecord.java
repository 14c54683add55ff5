package dev.berth.registry.server;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of an exchange in addition to the request: its connection, and what is determined while it is served.
 * Shared by all copies of a request; used by one thread.
 */
final class ExchangeRecord {
    private @Nullable InetSocketAddress peerAddress;
    /** Finds it out when somebody asks, where the transport does not have it at hand. */
    private @Nullable Supplier<Optional<InetSocketAddress>> unaskedPeer;

    private @Nullable InetSocketAddress forwardedFor;
    private boolean secure;
    private @Nullable String forwardedHost;
    private String protocol = "HTTP/1.1";
    private List<X509Certificate> certificates = List.of();
    private @Nullable String requestId;
    private BooleanSupplier clientGone = () -> false;
    private Caller caller = Caller.anonymous();
    private String route = "";
    private String repository = "";

    ExchangeRecord() {}

    ExchangeRecord(InetSocketAddress peerAddress, boolean secure, String protocol, List<X509Certificate> certificates) {
        this.peerAddress = peerAddress;
        this.secure = secure;
        this.protocol = protocol;
        this.certificates = certificates;
    }

    Optional<InetSocketAddress> peerAddress() {
        Supplier<Optional<InetSocketAddress>> unasked = unaskedPeer;
        if (unasked != null) {
            unaskedPeer = null;
            peerAddress = unasked.get().orElse(null);
        }
        return Optional.ofNullable(peerAddress);
    }

    /** Sets the peer of the connection, which is the client unless a trusted proxy states another one. */
    void peerAddress(InetSocketAddress address) {
        this.peerAddress = address;
        this.unaskedPeer = null;
        this.forwardedFor = null;
    }

    /** Sets how to find out the peer of the connection. */
    void peerAddress(Supplier<Optional<InetSocketAddress>> address) {
        this.unaskedPeer = address;
        this.forwardedFor = null;
    }

    Optional<InetSocketAddress> remoteAddress() {
        InetSocketAddress client = forwardedFor;
        return client == null ? peerAddress() : Optional.of(client);
    }

    /** Sets the address of the client behind proxies. */
    void forwardedFor(InetSocketAddress address) {
        this.forwardedFor = address;
    }

    boolean secure() {
        return secure;
    }

    void secure(boolean newSecure) {
        this.secure = newSecure;
    }

    @Nullable String forwardedHost() {
        return forwardedHost;
    }

    void forwardedHost(String host) {
        this.forwardedHost = host;
    }

    String protocol() {
        return protocol;
    }

    void protocol(String newProtocol) {
        this.protocol = newProtocol;
    }

    List<X509Certificate> certificates() {
        return certificates;
    }

    void certificates(List<X509Certificate> newCertificates) {
        this.certificates = List.copyOf(newCertificates);
    }

    /** Returns the identifier, which is made when it is first asked for. */
    String requestId() {
        String id = requestId;
        if (id == null) {
            id = RequestIds.next();
            requestId = id;
        }
        return id;
    }

    BooleanSupplier clientGone() {
        return clientGone;
    }

    void clientGone(BooleanSupplier newClientGone) {
        this.clientGone = newClientGone;
    }

    Caller caller() {
        return caller;
    }

    void caller(Caller newCaller) {
        this.caller = newCaller;
    }

    String route() {
        return route;
    }

    void route(String newRoute) {
        this.route = newRoute;
    }

    String repository() {
        return repository;
    }

    void repository(String newRepository) {
        this.repository = newRepository;
    }
}
