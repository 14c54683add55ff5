package dev.berth.registry.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.server.RegistryHandler;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Prints the rates of pulls through containers, as parts of the own server's, on a machine that does nothing else. */
@EnabledIfSystemProperty(named = "berth.it.timing", matches = "true")
class RatesTest {
    private static final int WARMING = 3;
    private static final int SECONDS = 4;
    private static final int ROUNDS = 5;
    private static final Pattern REQUESTS = Pattern.compile("Requests/sec: +([0-9.]+)");

    @TempDir
    Path directory;

    @Test
    void comparedWithTheOwnServer() throws Exception {
        Programs.require("wrk");
        Registry registry = TestServer.newRegistry();
        Repository repository = registry.repository(RepositoryName.parse("team/app"));
        repository.manifests().put(Samples.image(repository, "one"), Tag.parse("1.0"));
        Digest large = Samples.pushBlob(repository, Samples.bytes(64 << 20, 1));
        RegistryHandler handler = RegistryServer.builder(registry).build().handler();
        try (RegistryServer own = RegistryServer.builder(registry).build().start();
                Container tomcat = RunningTomcat.start("", new RegistryServlet(handler));
                Container jetty = RunningJetty.start("", new RegistryServlet(handler))) {
            Map<String, Integer> ports = new LinkedHashMap<>();
            ports.put("own", own.address().getPort());
            ports.put("tomcat", tomcat.port());
            ports.put("jetty", jetty.port());
            compare("manifest", ports, "/v2/team/app/manifests/1.0", "16");
            compare("64 MiB blob", ports, "/v2/team/app/blobs/" + large, "2");
        }
    }

    private void compare(String name, Map<String, Integer> ports, String path, String clients) throws Exception {
        Map<String, List<Double>> ratios = new LinkedHashMap<>();
        for (int round = -WARMING; round < ROUNDS; round++) {
            double first = 0;
            StringBuilder rates = new StringBuilder();
            for (Map.Entry<String, Integer> each : ports.entrySet()) {
                long before = processNanos();
                double rate = rate("http://127.0.0.1:" + each.getValue() + path, clients);
                first = each.getKey().equals("own") ? rate : first;
                rates.append(each.getKey()).append(' ').append(rate);
                rates.append(" (")
                        .append((long) ((processNanos() - before) / (rate * SECONDS) / 1000))
                        .append(" µs)  ");
                if (round >= 0) {
                    ratios.computeIfAbsent(each.getKey(), key -> new ArrayList<>())
                            .add(rate / first);
                }
            }
            System.out.println(name + ", requests per second (processor time of each): " + rates);
        }
        ratios.forEach((server, all) -> {
            all.sort(null);
            System.out.printf("%s: %s has %.2f of the own rate%n", name, server, all.get(ROUNDS / 2));
        });
    }

    private static long processNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private double rate(String address, String clients) throws Exception {
        String report = new Programs(directory)
                .run("wrk", "-t", "1", "-c", clients, "-d", SECONDS + "s", "--timeout", "60s", address);
        assertThat(report).doesNotContain("Non-2xx").doesNotContain("Socket errors");
        Matcher requests = REQUESTS.matcher(report);
        assertThat(requests.find()).as(report).isTrue();
        return Double.parseDouble(requests.group(1));
    }
}
