package dev.berth.registry.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A flood of refusals is counted and not told one by one; everything else is told. */
class RefusalFloodTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<AuditEvent> events = new ArrayList<>();
    private final AuditListener limited = RefusalFlood.limiting(events::add, now::get);

    private void tell(AuditEvent.Type type, AuditEvent.Outcome outcome, String caller, String address) {
        try {
            AuditOrigin origin = new AuditOrigin(caller, Optional.of(InetAddress.getByName(address)), "", "");
            limited.on(new AuditEvent(now.get(), type, origin, "", "push a blob", outcome, "no room"));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private void refuse(String caller, String address) {
        tell(AuditEvent.Type.POLICY, AuditEvent.Outcome.REFUSED, caller, address);
    }

    @Test
    void whatIsTooMuchIsCountedInTheNextOne() {
        for (int i = 0; i < 1_000; i++) {
            refuse("alice", "192.0.2.1");
        }
        assertThat(events).hasSize(RefusalFlood.MOST_OF_A_CLIENT);

        now.set(now.get().plus(RefusalFlood.WINDOW));
        refuse("alice", "192.0.2.1");

        assertThat(events.get(events.size() - 1).reason()).isEqualTo("no room; 980 more before this were not told");
    }

    @Test
    void aFloodOfOneCallerHidesNoOtherAtTheSameAddress() {
        for (int i = 0; i < 100; i++) {
            refuse("alice", "192.0.2.1");
        }
        refuse("bob", "192.0.2.1");

        assertThat(events.get(events.size() - 1).caller()).isEqualTo("bob");
    }

    @Test
    void addressesOfOneNetworkOfIpV6AreOneClient() {
        for (int i = 0; i < 100; i++) {
            refuse("", "2001:db8::" + Integer.toHexString(i + 1));
        }

        assertThat(events).hasSize(RefusalFlood.MOST_OF_A_CLIENT);
    }

    @Test
    void allClientsTogetherAreLimited() {
        for (int i = 0; i < 2_000; i++) {
            refuse("", "10.0." + i / 200 + "." + i % 200);
        }

        assertThat(events).hasSize(RefusalFlood.MOST);
    }

    @Test
    void whatIsDoneIsAlwaysTold() {
        for (int i = 0; i < 1_000; i++) {
            tell(AuditEvent.Type.DELETION, AuditEvent.Outcome.DONE, "alice", "192.0.2.1");
            tell(AuditEvent.Type.CHANGE, AuditEvent.Outcome.DONE, "alice", "192.0.2.1");
        }

        assertThat(events).hasSize(2_000);
    }

    @Test
    void nobodyToTellIsNotCounted() {
        assertThat(RefusalFlood.limiting(AuditListener.none(), now::get)).isSameAs(AuditListener.none());
        assertThat(RefusalFlood.limiting(limited, now::get)).isSameAs(limited);
    }
}
