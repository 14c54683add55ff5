package dev.berth.registry.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.console.HostedConsole;
import dev.berth.registry.console.Visitors;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.host.HostedRegistryBuilder;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RawConnection;
import dev.berth.registry.server.RawResponse;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.Samples;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The pages of a registry are served by a container as the registry itself is. */
class PagesTest {
    private static String get(Container container, String path) throws Exception {
        try (RawConnection connection = RawConnection.to(container.address())) {
            RawResponse response =
                    connection.send("GET " + path + " HTTP/1.1\nHost: x\n\n").read();
            assertThat(response.status()).as(path).isEqualTo(200);
            return new String(response.body(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void areBelowTheContextAndThePath() throws Exception {
        HostedRegistryBuilder builder = HostedRegistry.builder(MemoryObjectStore.create());
        HostedConsole console = HostedConsole.addTo(builder);
        try (HostedRegistry hosted = builder.build()) {
            var app = hosted.registry("test").repository(RepositoryName.parse("team/app"));
            Samples.pushBlob(app, new byte[1]);
            app.manifests().put(Samples.image(app, "1"), Tag.parse("1"));
            console.lists().refresh();
            RegistryHandler handler = console.mount(
                            hosted.server(),
                            hosted,
                            console.pages(Visitors.ofOpen(hosted.views())).publishedAt("/context/images"))
                    .build()
                    .handler();
            try (Container container = RunningTomcat.start("/context", new RegistryServlet(handler, "/images"))) {
                assertThat(get(container, "/context/images/"))
                        .contains("/context/images/repository/team/app", "href=\"/context/images/assets/");
                assertThat(get(container, "/context/images/repository/team/app"))
                        .contains("team/app");
                assertThat(get(container, "/context/images/v1/search?q=app")).contains("\"name\":\"team/app\"");
                assertThat(get(container, "/context/images/v2/team/app/tags/list"))
                        .contains("\"1\"");
            }
        }
    }
}
