package dev.berth.registry.internal.transport;

import dev.berth.registry.internal.transport.GuardedNames.LocalNameException;
import dev.berth.registry.internal.transport.ResponseParser.NotHttpException;
import dev.berth.registry.internal.transport.TransportException.Kind;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ProtocolException;
import org.jspecify.annotations.Nullable;

/** Translates the failures of one exchange into messages for users, and determines which of them are transient. */
final class Failures {
    private final Origin origin;
    private final @Nullable ProxyAddress proxy;
    private final TransportOptions options;

    Failures(Origin origin, @Nullable ProxyAddress proxy, TransportOptions options) {
        this.origin = origin;
        this.proxy = proxy;
        this.options = options;
    }

    /** Returns the failure of a request to this machine that a server elsewhere has led to. */
    TransportException isLocal(Exception cause) {
        return new TransportException(
                Kind.UNREACHABLE,
                origin + " is on this machine, or its link: only a server that is there too may lead there; if it is"
                        + " meant, name " + origin.authority()
                        + " as a host for plain HTTP, with its certificates, or as a"
                        + " trusted token service",
                cause);
    }

    /** Returns the failure of an exchange before the first byte of its response. */
    TransportException beforeResponse(Exception e) {
        if (Thread.currentThread().isInterrupted()) {
            return interrupted(e);
        }
        if (e instanceof StalledException) {
            return stalled(e);
        }
        if (e instanceof SlowResponseException) {
            return new TransportException(Kind.TOO_SLOW, origin + " " + e.getMessage(), e);
        }
        boolean wrapper = e instanceof ClientProtocolException && e.getCause() != null;
        return connecting(wrapper ? e.getCause() : e, e);
    }

    private TransportException connecting(@Nullable Throwable e, Exception cause) {
        if (e instanceof LocalNameException) {
            return isLocal(cause);
        }
        if (e instanceof UnknownHostException) {
            return new TransportException(
                    Kind.UNREACHABLE,
                    "The name " + peerName() + " does not resolve: check its spelling, and the name server",
                    cause);
        }
        if (e instanceof ConnectTimeoutException) {
            return new TransportException(
                    Kind.NOT_CONNECTED,
                    "Connecting to " + peer() + " timed out after " + seconds(options.connectTimeout()),
                    cause);
        }
        if (e instanceof ConnectionRequestTimeoutException) {
            return new TransportException(
                    Kind.NOT_CONNECTED,
                    "All " + options.maxConnections() + " connections to " + origin + " were in use for "
                            + seconds(options.leaseTimeout())
                            + ": close responses that are not read, or allow more connections",
                    cause);
        }
        if (e instanceof SurplusBytesException) {
            return new TransportException(
                    Kind.NOT_CONNECTED, origin + " has sent bytes that belong to no response", cause);
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return new TransportException(
                    Kind.NOT_CONNECTED,
                    "Nothing accepts connections at " + peer() + ": check the address, and whether the server runs",
                    cause);
        }
        if (e instanceof SSLException tls && !isBrokenConnection(tls)) {
            return ofTls(tls);
        }
        if (e instanceof SocketTimeoutException) {
            return new TransportException(
                    Kind.BROKEN,
                    origin + " did not start to respond within " + seconds(options.firstByteTimeout()),
                    cause);
        }
        if (e instanceof NotHttpException || e instanceof MessageConstraintException) {
            return new TransportException(
                    Kind.NOT_HTTP,
                    origin + " does not respond in HTTP: is it the address of a registry?"
                            + (origin.isSecure()
                                    ? ""
                                    : " If it demands TLS, write https:// in front of its address (https://"
                                            + origin.authority() + ")"),
                    cause);
        }
        if (e instanceof ProtocolException) {
            return new TransportException(
                    Kind.NOT_HTTP,
                    origin + " sent a response that violates HTTP/1.1: is it the address of a registry?",
                    cause);
        }
        return brokenBeforeResponse(cause);
    }

    /** Returns the failure of an exchange that a proxy rejected. */
    TransportException byProxy(ProxyAddress by, int status) {
        HttpException cause = new HttpException(Integer.toString(status));
        return switch (status) {
            case 407 ->
                new TransportException(
                        Kind.UNREACHABLE,
                        "The proxy " + by.authority() + " requires authentication"
                                + (by.hasCredentials() ? " and rejected the user name and password" : "")
                                + ": set them in the address of the proxy",
                        cause);
            case 429, 502, 503, 504 ->
                new TransportException(
                        Kind.NOT_CONNECTED,
                        "The proxy " + by.authority() + " cannot reach " + origin + " at present (" + status + ")",
                        cause);
            default ->
                new TransportException(
                        Kind.UNREACHABLE,
                        "The proxy " + by.authority() + " refused to connect to " + origin + " (" + status
                                + "): ask its operator, or exempt the host with NO_PROXY",
                        cause);
        };
    }

    /** A server that requires a client certificate says so after the handshake and closes; the close may be first. */
    private TransportException brokenBeforeResponse(Exception e) {
        String hint = origin.isSecure() ? "; if it always does, the server may require a client certificate" : "";
        return new TransportException(
                Kind.BROKEN, "The connection to " + origin + " broke before the response" + hint, e);
    }

    /** Returns the failure of reading a response's body. */
    TransportException whileReading(Exception e, boolean closed) {
        if (Thread.currentThread().isInterrupted()) {
            return interrupted(e);
        }
        if (closed) {
            return new TransportException(
                    Kind.CANCELLED, "The response of " + origin + " was closed while it was read", e);
        }
        if (e instanceof SocketTimeoutException) {
            return stalled(e);
        }
        return broken(e);
    }

    /** Returns the failure of a short body that did not arrive in time. */
    TransportException tooSlow(Exception e) {
        return new TransportException(
                Kind.TOO_SLOW,
                origin + " sends its response too slowly: less than " + options.minimumRate()
                        + " bytes per second after " + seconds(options.stallTimeout()),
                e);
    }

    private TransportException broken(Exception e) {
        return new TransportException(Kind.BROKEN, "The connection to " + origin + " broke", e);
    }

    private TransportException stalled(Exception e) {
        return new TransportException(
                Kind.BROKEN, "The transfer with " + origin + " stalled for " + seconds(options.stallTimeout()), e);
    }

    private TransportException interrupted(Exception e) {
        return new TransportException(Kind.CANCELLED, "The request to " + origin + " was interrupted", e);
    }

    /** Returns the failure of an exchange whose whole time is over. */
    static TransportException late(Origin origin, Duration whole, Exception e) {
        return new TransportException(Kind.TOO_SLOW, origin + " did not respond within " + seconds(whole), e);
    }

    static TransportException closed(Origin origin, Exception e) {
        return new TransportException(Kind.CANCELLED, "The client of " + origin + " is closed", e);
    }

    private TransportException ofTls(SSLException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof UntrustedCertificateException untrusted) {
                return new TransportException(Kind.UNREACHABLE, untrusted.sentence(origin), e);
            }
        }
        if (String.valueOf(e.getMessage()).contains("Unsupported or unrecognized SSL message")) {
            return new TransportException(
                    Kind.UNREACHABLE,
                    origin + " does not speak TLS: if it is to be used over plain HTTP, allow that with"
                            + " RemoteOptions.builder().plainHttp(\"" + origin.authority() + "\")",
                    e);
        }
        return new TransportException(
                Kind.UNREACHABLE,
                "The TLS handshake with " + origin + " failed (" + e.getMessage()
                        + "): the server may require a client certificate",
                e);
    }

    /** A broken TLS connection also fails with an {@code SSLException}. */
    private static boolean isBrokenConnection(SSLException e) {
        for (Throwable t = e.getCause(); t != null; t = t.getCause()) {
            if (t instanceof CertificateException) {
                return false;
            }
            if (t instanceof SocketException || t instanceof EOFException) {
                return true;
            }
        }
        return false;
    }

    private String peer() {
        return proxy == null ? origin.toString() : "the proxy " + proxy.authority();
    }

    private String peerName() {
        return proxy == null ? origin.host() + " of " + origin : proxy.host() + " of the proxy " + proxy.authority();
    }

    static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
