package dev.berth.registry.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.client.fixtures.TestAuthority;
import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.Samples;
import dev.berth.registry.server.ServerExchange;
import dev.berth.registry.server.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 as clients of registries speak it: over TLS. */
class TomcatTlsTest {

    @TempDir
    Path directory;

    /** skopeo and Docker do not ask for it, ORAS and crane do. */
    @Test
    void orasPushesAndPullsByHttp2() throws Exception {
        Programs.require("oras");
        Queue<ServerExchange> observed = new ConcurrentLinkedQueue<>();
        RegistryServer server = RegistryServer.builder(TestServer.newRegistry())
                .observer(observed::add)
                .build();
        byte[] content = Samples.bytes(3_000_000, 1);
        Files.write(directory.resolve("content"), content);

        try (Container container = RunningTomcat.start("", new RegistryServlet(server.handler()), this::serveTls)) {
            String image = "127.0.0.1:" + container.port() + "/team/app:1.0";
            Programs programs = new Programs(directory);
            programs.run("oras", "push", "--insecure", image, "content:text/plain");
            programs.run("oras", "pull", "--insecure", "-o", "pulled", image);
        }

        assertThat(directory.resolve("pulled/content")).hasBinaryContent(content);
        assertThat(observed).extracting(ServerExchange::protocol).containsOnly("HTTP/2.0");
    }

    private void serveTls(Connector connector) throws Exception {
        TestAuthority.Identity identity = new TestAuthority("tests").issue(directory, "127.0.0.1");
        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateFile(identity.certificateFile().toString());
        certificate.setCertificateKeyFile(identity.keyFile().toString());
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        connector.setProperty("SSLEnabled", "true");
        connector.setScheme("https");
        connector.setSecure(true);
    }
}
