package dev.berth.registry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.fixtures.ChildJvm;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URL;
import org.junit.jupiter.api.Test;

/** What the test kit needs of the JVM: memory, threads, ports. */
@org.junit.jupiter.api.Tag("any-jdk")
class SurroundingsTest {

    private static int status(TestRegistry registry, String path) throws Exception {
        URL url = registry.uri().resolve(path).toURL();
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    /** Starts and stops a thousand registries, each with content and a request. */
    static final class AThousandTimes {
        private static final byte[] MEGABYTE = new byte[1 << 20];

        public static void main(String[] args) throws Exception {
            int threads = 0;
            long files = 0;
            for (int i = 0; i < 1000; i++) {
                try (TestRegistry registry = TestRegistry.start()) {
                    registry.push("app:1.0", SurroundingsTest::megabyte);
                    if (status(registry, "v2/app/manifests/1.0") != 200) {
                        throw new IllegalStateException("The registry does not serve what is in it");
                    }
                }
                if (i == 10) {
                    threads = Thread.activeCount();
                    files = openFiles();
                }
            }
            System.out.println("threads " + (Thread.activeCount() <= threads + 3 ? "gone" : Thread.activeCount()));
            System.out.println("sockets " + (openFiles() <= files + 20 ? "closed" : openFiles()));
        }

        private static long openFiles() {
            return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                    ? system.getOpenFileDescriptorCount()
                    : 0;
        }
    }

    private static Descriptor megabyte(Registry registry, RepositoryName name, Tag... tags) {
        byte[] content = AThousandTimes.MEGABYTE;
        registry.repository(name).blobs().push(Digest.sha256(content), BlobSource.of(content));
        return TestImages.empty().pushTo(registry, name, tags);
    }

    @Test
    void aThousandStartsAndStopsLeaveNothingBehind() throws Exception {
        assertThat(ChildJvm.run(":", "-Xmx64m", AThousandTimes.class)).isEqualTo("threads gone\nsockets closed\n");
    }
}
