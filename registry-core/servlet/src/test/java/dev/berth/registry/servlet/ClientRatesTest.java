package dev.berth.registry.servlet;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.fixtures.TestAuthority;
import dev.berth.registry.fixtures.DockerEngine;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.TestServer;
import dev.berth.registry.server.TlsOptions;
import dev.berth.registry.servlet.clients.ImageClient;
import dev.berth.registry.servlet.clients.ImageProgram;
import dev.berth.registry.servlet.clients.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how long clients need for an image over TLS through containers and through haproxy, as parts of what they need
 * with the own server: 12 small layers, and one of 64 MiB.
 */
@EnabledIfSystemProperty(named = "berth.it.timing", matches = "true")
@Tag("any-jdk")
class ClientRatesTest {
    private static final int WARMING = 1;
    private static final int ROUNDS = 6;

    @TempDir
    Path directory;

    private final Registry registry = TestServer.newRegistry();
    private final Map<String, Integer> ports = new LinkedHashMap<>();

    @Test
    void comparedWithTheOwnServer() throws Exception {
        List<Integer> layers = new ArrayList<>(Collections.nCopies(12, 10_000));
        layers.add(64 << 20);
        new SampleImages(1)
                .image(
                        registry.repository(RepositoryName.parse("team/source")),
                        layers,
                        dev.berth.registry.Tag.parse("1.0"));
        TestAuthority authority = new TestAuthority("tests");
        TestAuthority.Identity identity = authority.issue(directory, "127.0.0.1", "localhost");
        List<Path> pem = List.of(identity.certificateFile(), identity.keyFile());
        RegistryServlet servlet =
                new RegistryServlet(RegistryServer.builder(registry).build().handler());
        try (RegistryServer own = RegistryServer.builder(registry)
                        .tls(TlsOptions.pem(identity.certificateFile(), identity.keyFile()))
                        .build()
                        .start();
                RegistryServer plain = RegistryServer.builder(registry).build().start();
                Container tomcatTls = Kind.TOMCAT.startTls(servlet, authority, identity);
                Container jettyTls = Kind.JETTY.startTls(servlet, authority, identity);
                Container tomcat = Kind.TOMCAT.start(servlet);
                Container jetty = Kind.JETTY.start(servlet);
                Proxy ownBehind = haproxy(pem, plain.address().getPort(), "h1");
                Proxy tomcatBehind = haproxy(pem, tomcat.port(), "h2");
                Proxy jettyBehind = haproxy(pem, jetty.port(), "h2");
                DockerEngine engine = DockerEngine.start(directory)) {
            ports.put("own", own.address().getPort());
            ports.put("tomcat", tomcatTls.port());
            ports.put("jetty", jettyTls.port());
            ports.put("haproxy, own by HTTP/1.1", ownBehind.port());
            ports.put("haproxy, tomcat by h2c", tomcatBehind.port());
            ports.put("haproxy, jetty by h2c", jettyBehind.port());
            for (ImageProgram program : List.of(ImageProgram.DOCKER, ImageProgram.CONTAINERD, ImageProgram.CRANE)) {
                Path home = Files.createDirectory(directory.resolve(program.name()));
                compare(program, program.in(home, Optional.of(authority.certificateFile(directory)), () -> engine));
            }
        }
    }

    private Proxy haproxy(List<Path> pem, int port, String protocol) throws Exception {
        return Proxy.haproxy(Files.createTempDirectory(directory, "haproxy"), pem, port, protocol);
    }

    private void compare(ImageProgram program, ImageClient client) throws Exception {
        Map<String, List<Double>> pulls = new LinkedHashMap<>();
        Map<String, List<Double>> pushes = new LinkedHashMap<>();
        int pushed = 0;
        for (int round = -WARMING; round < ROUNDS; round++) {
            // Nobody is always the first, or the one after a slow one.
            List<String> order = new ArrayList<>(ports.keySet());
            Collections.rotate(order, round);
            Map<String, Double> pull = new HashMap<>();
            Map<String, Double> push = new HashMap<>();
            for (String server : order) {
                int port = ports.get(server);
                String source = "127.0.0.1:" + port + "/team/source:1.0";
                // Where nothing of it is yet.
                String target =
                        "localhost:" + port + "/team/" + program.name().toLowerCase(Locale.ROOT) + pushed++ + ":1.0";
                pull.put(server, seconds(() -> client.pull(source)));
                push.put(server, seconds(() -> client.push(source, target)));
                client.forget(source);
            }
            if (round >= 0) {
                order.forEach(server -> {
                    pulls.computeIfAbsent(server, key -> new ArrayList<>()).add(pull.get(server) / pull.get("own"));
                    pushes.computeIfAbsent(server, key -> new ArrayList<>()).add(push.get(server) / push.get("own"));
                });
            }
            System.out.printf(
                    "%s: the own server needs %.2f s for a pull, %.2f s for a push%n",
                    program, pull.get("own"), push.get("own"));
        }
        ports.keySet()
                .forEach(server -> System.out.printf(
                        "%s, %s: %.2f of the own time for a pull, %.2f for a push%n",
                        program, server, median(pulls.get(server)), median(pushes.get(server))));
    }

    private interface Step {
        void run() throws Exception;
    }

    private static double seconds(Step step) throws Exception {
        long before = System.nanoTime();
        step.run();
        return (System.nanoTime() - before) / 1e9;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
