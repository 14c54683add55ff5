package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a connection may take, by a clock that the test sets. */
class ConnectionWatchTest {
    private final AtomicLong nanos = new AtomicLong(-Duration.ofSeconds(3).toNanos());
    private ConnectionWatch watch;

    @BeforeEach
    void connect() {
        ServerLimits limits = ServerLimits.builder()
                .headerTimeout(Duration.ofSeconds(20))
                .idleTimeout(Duration.ofSeconds(60))
                .minBytesPerSecond(1000)
                .slowTransferGrace(Duration.ofSeconds(10))
                .build();
        watch = new ConnectionWatch(limits, nanos::get);
    }

    private void pass(double seconds) {
        nanos.addAndGet((long) (seconds * 1e9));
    }

    private void transfer(double seconds, int bytes) {
        watch.beginTransfer();
        pass(seconds);
        watch.endTransfer(bytes);
    }

    @Test
    void limitsTheTimeForTheFirstHeaders() throws Exception {
        pass(15);
        watch.requestBytesArrived();
        pass(4);
        watch.requestBytesArrived();
        assertThat(watch.expired()).isFalse();
        pass(2);
        assertThat(watch.expired()).isTrue();
    }

    @Test
    void limitsTheTimeForLaterHeadersFromTheirFirstByteOn() throws Exception {
        watch.requestBytesArrived();
        watch.beginExchange();
        watch.awaitRequest();
        pass(59);
        assertThat(watch.expired()).isFalse();
        watch.requestBytesArrived();
        pass(19);
        assertThat(watch.expired()).isFalse();
        pass(2);
        assertThat(watch.expired()).isTrue();
    }

    @Test
    void limitsTheTimeBetweenRequests() throws Exception {
        watch.beginExchange();
        watch.awaitRequest();
        pass(61);
        assertThat(watch.expired()).isTrue();
    }

    @Test
    void doesNotLimitTheTimeThatTheServerTakes() throws Exception {
        watch.beginExchange();
        pass(10_000);
        transfer(0.1, 10);
        pass(10_000);
        assertThat(watch.expired()).isFalse();
    }

    @Test
    void limitsHowLongATransferStandsStill() throws Exception {
        watch.beginExchange();
        watch.beginTransfer();
        pass(9);
        assertThat(watch.expired()).isFalse();
        pass(2);
        assertThat(watch.expired()).isTrue();
    }

    @Test
    void limitsHowSlowATransferIsThoughItNeverStandsStill() throws Exception {
        watch.beginExchange();
        for (int i = 0; i < 10; i++) {
            assertThat(watch.expired()).isFalse();
            transfer(2, 1000);
        }
        assertThat(watch.expired()).isFalse();
        transfer(2, 1000);
        assertThat(watch.expired()).isTrue();
    }

    @Test
    void letsATransferGoOnThatIsQuickEnough() throws Exception {
        watch.beginExchange();
        for (int i = 0; i < 1000; i++) {
            transfer(2, 2000);
            assertThat(watch.expired()).isFalse();
        }
    }

    @Test
    void letsATransferPauseAfterItWasQuick() throws Exception {
        watch.beginExchange();
        transfer(1, 100_000_000);
        transfer(9, 1);
        assertThat(watch.expired()).isFalse();
        transfer(0.1, 1_000_000);
        transfer(9, 1);
        assertThat(watch.expired()).isFalse();
        // However quick it was, it has not earned more than the grace.
        transfer(2, 1);
        assertThat(watch.expired()).isTrue();
    }

    @Test
    void startsAnewWithEachExchange() throws Exception {
        watch.beginExchange();
        transfer(9, 0);
        watch.awaitRequest();
        watch.beginExchange();
        transfer(9, 0);
        assertThat(watch.expired()).isFalse();
    }

    @Test
    void endsOnlyConnectionsThatDoNothing() throws Exception {
        watch.requestBytesArrived();
        assertThat(watch.closeIfIdle()).isFalse();
        watch.beginExchange();
        assertThat(watch.closeIfIdle()).isFalse();
        watch.awaitRequest();
        assertThat(watch.closeIfIdle()).isTrue();

        assertThatThrownBy(watch::beginExchange).isInstanceOf(SocketException.class);
    }
}
