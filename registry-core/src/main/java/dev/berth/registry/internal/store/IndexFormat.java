package dev.berth.registry.internal.store;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the format key says: the version of the index, whether it is complete, and how far building it has come. Kept as
 * lines of text.
 *
 * @param state whether listings may rely on it
 * @param builtUpTo where a build that was interrupted goes on: behind this repository in the order of the layout's walk
 */
record IndexFormat(State state, Optional<String> builtUpTo) {
    private static final String VERSION = "berth-index 1";

    enum State {
        /** There is no index: listings read the layout. Writers keep it up all the same. */
        ABSENT,
        /** It is being built. Listings read the layout. */
        BUILDING,
        /** It is complete, and stays so as long as only Berth writes. */
        COMPLETE
    }

    static IndexFormat of(State state) {
        return new IndexFormat(state, Optional.empty());
    }

    static IndexFormat building(String builtUpTo) {
        return new IndexFormat(State.BUILDING, Optional.of(builtUpTo));
    }

    byte[] bytes() {
        return (VERSION + "\n" + state + "\n" + builtUpTo.orElse("") + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static IndexFormat parse(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        Optional<State> state = lines.length < 3 || !lines[0].equals(VERSION)
                ? Optional.empty()
                : Arrays.stream(State.values())
                        .filter(known -> known.name().equals(lines[1]))
                        .findFirst();
        return new IndexFormat(
                state.orElseThrow(IndexFormat::unknown), lines[2].isEmpty() ? Optional.empty() : Optional.of(lines[2]));
    }

    private static RegistryException unknown() {
        return RegistryException.of(
                ErrorCode.UNAVAILABLE,
                "The index of this store has a format that this version of Berth does not know; use the version that"
                        + " wrote it, or a newer one");
    }
}
