package dev.berth.registry.internal.store;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The content of the format key: the version of the index, whether it is complete, and how far a build has come. Stored
 * as lines of text.
 *
 * @param state whether listings may rely on the index
 * @param builtUpTo the last repository that an interrupted build completed, in the order of the layout scan
 */
record IndexFormat(State state, Optional<String> builtUpTo) {
    private static final String VERSION = "berth-index 1";

    enum State {
        /** There is no complete index: listings read the layout. Writers update the index nevertheless. */
        ABSENT,
        /** The index is being built: listings read the layout. */
        BUILDING,
        /** The index is complete, and remains so as long as only Berth writes. */
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
