package dev.berth.registry.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.Samples;
import dev.berth.registry.server.TestServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints the rates of pulls through containers, as parts of the own server's, on a machine that does nothing else. A
 * servlet that writes the same bytes shows what of the difference is the container's.
 */
@EnabledIfSystemProperty(named = "berth.it.timing", matches = "true")
@org.junit.jupiter.api.Tag("any-jdk")
class RatesTest {
    /** Until everything is compiled. */
    private static final int WARMING_SECONDS = 15;

    private static final int SECONDS = 3;
    private static final int ROUNDS = 5;
    private static final int VIRTUAL_THREADS = 24;
    private static final Pattern REQUESTS = Pattern.compile("Requests/sec: +([0-9.]+)");

    @TempDir
    Path directory;

    private final Map<String, Integer> ports = new LinkedHashMap<>();

    @Test
    void comparedWithTheOwnServer() throws Exception {
        Programs.require("wrk");
        Registry registry = TestServer.newRegistry();
        Repository repository = registry.repository(RepositoryName.parse("team/app"));
        Manifest manifest = Samples.image(repository, "one");
        repository.manifests().put(manifest, Tag.parse("1.0"));
        Digest large = Samples.pushBlob(repository, Samples.bytes(64 << 20, 1));
        RegistryServlet servlet =
                new RegistryServlet(RegistryServer.builder(registry).build().handler());
        ConstantServlet constant = new ConstantServlet(
                Map.of(
                        "Content-Type",
                        manifest.mediaType(),
                        "Docker-Content-Digest",
                        manifest.digest().toString()),
                manifest.bytes());
        try (RegistryServer own = RegistryServer.builder(registry).build().start();
                Container tomcat = RunningTomcat.start("", servlet);
                Container sameBytes = RunningTomcat.start("", constant);
                Container platform = RunningTomcat.start("", servlet, RatesTest::platformThreads);
                Container jetty = RunningJetty.start("", servlet);
                Container sameBytesOfJetty = RunningJetty.start("", constant)) {
            ports.put("own", own.address().getPort());
            ports.put("tomcat", tomcat.port());
            if (Runtime.version().feature() >= VIRTUAL_THREADS) {
                ports.put("tomcat with platform threads", platform.port());
            }
            ports.put("jetty", jetty.port());
            compare("64 MiB blob", "/v2/team/app/blobs/" + large, "2");
            ports.put("tomcat, the same bytes", sameBytes.port());
            ports.put("jetty, the same bytes", sameBytesOfJetty.port());
            compare("manifest", "/v2/team/app/manifests/1.0", "16");
        }
    }

    private static void platformThreads(Connector connector) {
        connector.setProperty("useVirtualThreads", "false");
    }

    private void compare(String name, String path, String clients) throws Exception {
        for (int port : ports.values()) {
            rate(port, path, clients, WARMING_SECONDS);
        }
        Map<String, List<Double>> ratios = new LinkedHashMap<>();
        Map<String, List<Double>> micros = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            double first = 0;
            for (Map.Entry<String, Integer> each : ports.entrySet()) {
                long before = processNanos();
                double rate = rate(each.getValue(), path, clients, SECONDS);
                double cost = (processNanos() - before) / (rate * SECONDS) / 1000;
                first = each.getKey().equals("own") ? rate : first;
                ratios.computeIfAbsent(each.getKey(), key -> new ArrayList<>()).add(rate / first);
                micros.computeIfAbsent(each.getKey(), key -> new ArrayList<>()).add(cost);
            }
        }
        ports.keySet()
                .forEach(server -> System.out.printf(
                        "%s: %s has %.2f of the own rate, and needs %.0f µs of processor time for each%n",
                        name, server, median(ratios.get(server)), median(micros.get(server))));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static long processNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private double rate(int port, String path, String clients, int seconds) throws Exception {
        String report = new Programs(directory)
                .run(
                        "wrk",
                        "-t",
                        "1",
                        "-c",
                        clients,
                        "-d",
                        seconds + "s",
                        "--timeout",
                        "60s",
                        "http://127.0.0.1:" + port + path);
        assertThat(report).doesNotContain("Non-2xx").doesNotContain("Socket errors");
        Matcher requests = REQUESTS.matcher(report);
        assertThat(requests.find()).as(report).isTrue();
        return Double.parseDouble(requests.group(1));
    }
}
