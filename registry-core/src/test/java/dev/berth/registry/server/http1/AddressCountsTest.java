package dev.berth.registry.server.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.internal.wire.ClientNetwork;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** Which addresses are one client. */
class AddressCountsTest {
    private static Object client(String address) throws Exception {
        return ClientNetwork.of(InetAddress.getByName(address));
    }

    @Test
    void takesANetworkOfSixtyFourBitsForOneClient() throws Exception {
        assertThat(client("2001:db8:1:2::1"))
                .isEqualTo(client("2001:db8:1:2:ffff::9"))
                .isNotEqualTo(client("2001:db8:1:3::1"));
        assertThat(client("192.0.2.1")).isEqualTo(client("::ffff:192.0.2.1")).isNotEqualTo(client("192.0.2.2"));
    }

    @Test
    void countsEachClient() throws Exception {
        AddressCounts counts = new AddressCounts();
        Object one = client("192.0.2.1");
        counts.add(one);
        counts.add(one);
        counts.add(client("192.0.2.2"));
        assertThat(counts.count(one)).isEqualTo(2);

        counts.remove(one);
        counts.remove(one);
        counts.remove(one);

        assertThat(counts.count(one)).isZero();
        assertThat(counts.count(client("192.0.2.2"))).isEqualTo(1);
    }
}
