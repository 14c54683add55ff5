package dev.berth.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.ServerExchange;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {
    private final Metrics metrics = new Metrics();
    private final ServerMetrics observer = ServerMetrics.of(metrics);
    private final List<ServerExchange> exchanges = new ArrayList<>();
    private final List<String> during = new ArrayList<>();
    private final RegistryHandler handler = RegistryServer.builder(StorageRegistry.over(MemoryObjectStore.create()))
            .observer(observer)
            .observer(exchanges::add)
            .route("/healthz", request -> RegistryResponse.builder(204).build())
            .filter((request, next) -> {
                during.add(metrics.toText());
                return next.handle(request);
            })
            .build()
            .handler();

    private void exchange(String method, String target, byte... body) throws Exception {
        RegistryRequest request = RegistryRequest.builder(method, target)
                .body(new ByteArrayInputStream(body), OptionalLong.of(body.length))
                .build();
        try (RegistryResponse response = handler.handle(request)) {
            response.body().writeTo(OutputStream.nullOutputStream());
        }
    }

    @Test
    void requestsAreCountedByHandlerMethodAndStatus() throws Exception {
        exchange("GET", "/v2/");
        exchange("GET", "/v2/");
        exchange("GET", "/v2/a/tags/list");
        exchange("POST", "/v2/a/blobs/uploads/");
        exchange("GET", "/healthz");
        exchange("GET", "/nothing");
        exchange("BREW", "/v2/a/b/manifests/1");

        assertThat(metrics.toText())
                .contains(
                        "registry_http_requests_total{code=\"200\",handler=\"base\",method=\"get\"} 2\n",
                        "registry_http_requests_total{code=\"404\",handler=\"tags\",method=\"get\"} 1\n",
                        "registry_http_requests_total{code=\"202\",handler=\"blob_upload\",method=\"post\"} 1\n",
                        "registry_http_requests_total{code=\"204\",handler=\"other\",method=\"get\"} 1\n",
                        "registry_http_requests_total{code=\"404\",handler=\"other\",method=\"get\"} 1\n",
                        "registry_http_requests_total{code=\"405\",handler=\"manifest\",method=\"unknown\"} 1\n",
                        "registry_http_request_duration_seconds_count{handler=\"base\",method=\"get\"} 2\n",
                        "registry_http_request_duration_seconds_bucket{handler=\"base\",method=\"get\",le=\"60\"} 2\n");
    }

    @Test
    void sizesAreThoseOfBodies() throws Exception {
        exchange("PUT", "/v2/a/manifests/1", new byte[1500]);
        exchange("GET", "/v2/_catalog");

        assertThat(metrics.toText())
                .contains(
                        "registry_http_request_size_bytes_sum{handler=\"manifest\"} "
                                + exchanges.get(0).bytesIn() + "\n",
                        "registry_http_response_size_bytes_sum{handler=\"manifest\"} "
                                + exchanges.get(0).bytesOut() + "\n",
                        "registry_http_response_size_bytes_sum{handler=\"catalog\"} "
                                + exchanges.get(1).bytesOut() + "\n");
        assertThat(exchanges.get(1).bytesOut()).isPositive();
    }

    @Test
    void requestsThatAreServedAreInFlight() throws Exception {
        exchange("GET", "/v2/a/manifests/1");
        assertThat(during.get(0))
                .contains("registry_http_in_flight_requests{handler=\"manifest\"} 1\n")
                .contains("registry_http_in_flight_requests{handler=\"blob\"} 0\n");
        assertThat(metrics.toText()).contains("registry_http_in_flight_requests{handler=\"manifest\"} 0\n");
    }

    @Test
    void aRequestWhoseTargetAFilterChangesLeavesNothingInFlight() throws Exception {
        RegistryHandler rewriting = RegistryServer.builder(StorageRegistry.over(MemoryObjectStore.create()))
                .observer(observer)
                .filter((request, next) ->
                        next.handle(request.toBuilder().target("/v2/_catalog").build()))
                .build()
                .handler();
        rewriting
                .handle(RegistryRequest.builder("GET", "/v2/a/manifests/1").build())
                .close();
        assertThat(metrics.series().stream().filter(series -> series.name().equals("registry_http_in_flight_requests")))
                .allMatch(series -> series.value() == 0);
        assertThat(metrics.toText())
                .contains("registry_http_requests_total{code=\"200\",handler=\"catalog\",method=\"get\"} 1\n");
    }

    @Test
    void connectionsAreCounted() {
        InetSocketAddress client = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        observer.onConnectionOpened(client);
        observer.onConnectionOpened(client);
        observer.onConnectionClosed(client);
        observer.onConnectionRefused(client);
        assertThat(metrics.toText())
                .contains(
                        "registry_http_connections 1\n",
                        "registry_http_connections_opened_total 2\n",
                        "registry_http_connections_refused_total 1\n");
    }

    @Test
    void countingAllocatesNothing() throws Exception {
        exchange("GET", "/v2/a/blobs/sha256:00");
        ServerExchange exchange = exchanges.get(0);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 20_000; i++) {
            observer.onExchangeStarted(exchange);
            observer.onExchange(exchange);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100_000; i++) {
            observer.onExchangeStarted(exchange);
            observer.onExchange(exchange);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }
}
