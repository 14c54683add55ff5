package com.example.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Registry;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.testing.TestRegistry;
import dev.berth.spring.test.WithRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@WithRegistry("app.upstream")
class AppTest {
    @Value("${local.server.port}")
    private int port;

    @Value("${app.upstream}")
    private String upstream;

    @Autowired
    private Registry hosted;

    @Autowired
    private TestRegistry test;

    @Test
    void theApplicationHasARegistry() {
        try (RemoteRegistry client = RemoteRegistry.at("127.0.0.1:" + port)) {
            var blob = client.repository("team/app").blobs().push(BlobSource.of(new byte[] {1, 2, 3}));

            assertTrue(hosted.repository("team/app").blobs().find(blob.digest()).isPresent());
        }
    }

    @Test
    void itsTestHasAnother() {
        assertEquals(test.uri().toString(), upstream);
    }
}
