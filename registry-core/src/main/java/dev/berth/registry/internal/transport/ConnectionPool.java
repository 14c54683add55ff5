package dev.berth.registry.internal.transport;

import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Creates the connection pool. Its sockets belong to channels: only these end a blocked read when the thread is
 * interrupted.
 */
final class ConnectionPool extends PoolingHttpClientConnectionManagerBuilder {
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

    /** Shorter than the idle timeout, which is part of the validation. */
    private static final TimeValue VALIDATE_AFTER = TimeValue.ofSeconds(1);

    private final NewSockets sockets;

    private ConnectionPool(NewSockets sockets) {
        this.sockets = sockets;
    }

    static PoolingHttpClientConnectionManager create(TransportOptions options, DnsResolver names, NewSockets sockets) {
        Timeout connect = Timeout.of(options.connectTimeout());
        ConnectionPool builder = new ConnectionPool(sockets);
        builder.setConnectionFactory(RegistryConnection.factory(options, IDLE_TIMEOUT))
                .setDnsResolver(names)
                .setTlsSocketStrategy(new TrustedTls(options.trust(), options.connectTimeout()))
                .setMaxConnPerRoute(options.maxConnections())
                // A registry's token service and its storage are further servers.
                .setMaxConnTotal(options.maxConnections() * 4)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
                .setConnPoolPolicy(PoolReusePolicy.LIFO)
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(connect).build())
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setSoTimeout(Timeout.of(options.firstByteTimeout()))
                        .setTcpNoDelay(true)
                        .setSoKeepAlive(true)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(Timeout.of(options.firstByteTimeout()))
                        .setValidateAfterInactivity(VALIDATE_AFTER)
                        .build());
        return builder.build();
    }

    @Override
    protected HttpClientConnectionOperator createConnectionOperator(
            SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
        return new DefaultHttpClientConnectionOperator(
                socksProxy -> sockets.open(),
                ports,
                names,
                RegistryBuilder.<TlsSocketStrategy>create()
                        .register("https", tls)
                        .build());
    }
}
