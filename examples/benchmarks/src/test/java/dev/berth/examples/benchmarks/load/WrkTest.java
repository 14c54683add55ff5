package dev.berth.examples.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WrkTest {
    @Test
    void itsLastLineIsRead() throws IOException {
        Load load = Wrk.read("Running 2s test\nresult 8000 4000000 2000000 3 1.5 7.25\n");

        assertThat(load).isEqualTo(new Load(8000, 4_000_000, 2, 1.5, 7.25, 3));
        assertThat(load.rate()).isEqualTo(4000);
        assertThat(load.megabytes()).isEqualTo(2);
    }

    @Test
    void anythingElseIsShown() {
        assertThatThrownBy(() -> Wrk.read("unable to connect"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unable to connect");
    }
}
