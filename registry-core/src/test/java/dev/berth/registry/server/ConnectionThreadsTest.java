package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The threads that serve connections. */
class ConnectionThreadsTest {

    private static Thread servingThread(UnaryOperator<RegistryServer.Builder> settings) throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        try (TestServer server =
                TestServer.start(builder -> settings.apply(builder).observer(exchange -> {
                    thread.complete(Thread.currentThread());
                }))) {
            assertThat(server.get("/v2/").status()).isEqualTo(200);
            return thread.get(30, TimeUnit.SECONDS);
        }
    }

    private static boolean isVirtual(Thread thread) throws Exception {
        return Runtime.version().feature() >= 21
                && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    }

    @Test
    void arePlatformDaemonThreadsByDefault() throws Exception {
        Thread thread = servingThread(builder -> builder);

        assertThat(isVirtual(thread)).isFalse();
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).startsWith("berth-connection-");
    }

    @Test
    void areVirtualIfRequestedAndAvailable() throws Exception {
        Thread thread = servingThread(builder -> builder.threads(ConnectionThreads.VIRTUAL_IF_AVAILABLE));

        assertThat(isVirtual(thread)).isEqualTo(Runtime.version().feature() >= 21);
    }

    @Test
    void areThoseOfAGivenExecutorWhichIsNotShutDown() throws Exception {
        ExecutorService executor = Executors.newCachedThreadPool(task -> new Thread(task, "mine"));
        try {
            assertThat(servingThread(builder -> builder.executor(executor)).getName())
                    .isEqualTo("mine");
            assertThat(executor.isShutdown()).isFalse();
        } finally {
            executor.shutdown();
        }
    }
}
