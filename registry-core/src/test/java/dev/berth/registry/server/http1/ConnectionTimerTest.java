package dev.berth.registry.server.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a connection may take, by a clock that the test sets. */
class ConnectionTimerTest {
    private final AtomicLong nanos = new AtomicLong(-Duration.ofSeconds(3).toNanos());
    private ConnectionTimer timer;

    @BeforeEach
    void connect() {
        Http1Limits limits = new Http1Limits(
                1024, 100, Duration.ofSeconds(20), Duration.ofSeconds(60), 1000, Duration.ofSeconds(10), 10, 10);
        timer = new ConnectionTimer(limits, nanos::get);
    }

    private void pass(double seconds) {
        nanos.addAndGet((long) (seconds * 1e9));
    }

    private void transfer(double seconds, int bytes) {
        timer.beginTransfer();
        pass(seconds);
        timer.endTransfer(bytes);
    }

    @Test
    void limitsTheTimeForTheFirstHeaders() throws Exception {
        pass(15);
        timer.requestBytesArrived();
        pass(4);
        timer.requestBytesArrived();
        assertThat(timer.expired()).isFalse();
        pass(2);
        assertThat(timer.expired()).isTrue();
    }

    @Test
    void limitsTheTimeForLaterHeadersFromTheirFirstByteOn() throws Exception {
        timer.requestBytesArrived();
        timer.beginExchange();
        timer.awaitRequest(false);
        pass(59);
        assertThat(timer.expired()).isFalse();
        timer.requestBytesArrived();
        pass(19);
        assertThat(timer.expired()).isFalse();
        pass(2);
        assertThat(timer.expired()).isTrue();
    }

    @Test
    void limitsTheTimeBetweenRequests() throws Exception {
        timer.beginExchange();
        timer.awaitRequest(false);
        pass(61);
        assertThat(timer.expired()).isTrue();
    }

    @Test
    void doesNotLimitTheTimeThatTheServerTakes() throws Exception {
        timer.beginExchange();
        pass(10_000);
        transfer(0.1, 10);
        pass(10_000);
        assertThat(timer.expired()).isFalse();
    }

    @Test
    void limitsHowLongATransferStandsStill() throws Exception {
        timer.beginExchange();
        timer.beginTransfer();
        pass(9);
        assertThat(timer.expired()).isFalse();
        pass(2);
        assertThat(timer.expired()).isTrue();
    }

    @Test
    void limitsHowSlowATransferIsThoughItNeverStandsStill() throws Exception {
        timer.beginExchange();
        for (int i = 0; i < 10; i++) {
            assertThat(timer.expired()).isFalse();
            transfer(2, 1000);
        }
        assertThat(timer.expired()).isFalse();
        transfer(2, 1000);
        assertThat(timer.expired()).isTrue();
    }

    @Test
    void letsATransferGoOnThatIsQuickEnough() throws Exception {
        timer.beginExchange();
        for (int i = 0; i < 1000; i++) {
            transfer(2, 2000);
            assertThat(timer.expired()).isFalse();
        }
    }

    @Test
    void letsATransferPauseAfterItWasQuick() throws Exception {
        timer.beginExchange();
        transfer(1, 100_000_000);
        transfer(9, 1);
        assertThat(timer.expired()).isFalse();
        transfer(0.1, 1_000_000);
        transfer(9, 1);
        assertThat(timer.expired()).isFalse();
        // However quick it was, it has not earned more than the grace.
        transfer(2, 1);
        assertThat(timer.expired()).isTrue();
    }

    @Test
    void startsAnewWithEachExchange() throws Exception {
        timer.beginExchange();
        transfer(9, 0);
        timer.awaitRequest(false);
        timer.beginExchange();
        transfer(9, 0);
        assertThat(timer.expired()).isFalse();
    }

    @Test
    void endsOnlyConnectionsThatDoNothing() throws Exception {
        timer.requestBytesArrived();
        assertThat(timer.closeIfIdle()).isFalse();
        timer.beginExchange();
        assertThat(timer.closeIfIdle()).isFalse();
        timer.awaitRequest(false);
        assertThat(timer.closeIfIdle()).isTrue();

        assertThatThrownBy(timer::beginExchange).isInstanceOf(SocketException.class);
    }
}
