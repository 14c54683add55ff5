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
 * <p>Version 2 has what a collection needs: an entry for each manifest and each alias, and references that deletions leave
 * alone. For listings, an index of version 1 is as good.
 *
 * @param version 1 or 2
 * @param state whether listings may rely on the index
 * @param builtUpTo the last repository that an interrupted build completed, in the order of the layout scan
 */
record IndexFormat(int version, State state, Optional<String> builtUpTo) {
    private static final String NAME = "berth-index ";
    private static final int FORMER = 1;
    private static final int CURRENT = 2;

    enum State {
        /** There is no complete index: listings read the layout. Writers update the index nevertheless. */
        ABSENT,
        /** The index is being built: listings read the layout. */
        BUILDING,
        /** The index is complete, and remains so as long as only Berth writes. */
        COMPLETE
    }

    static IndexFormat of(State state) {
        return new IndexFormat(CURRENT, state, Optional.empty());
    }

    /** Returns this format when a build has come to a repository. An index that was complete remains so for listings. */
    IndexFormat builtUpTo(String repository) {
        return state == State.COMPLETE
                ? new IndexFormat(version, state, Optional.of(repository))
                : new IndexFormat(CURRENT, State.BUILDING, Optional.of(repository));
    }

    /** Returns this format when nothing of it is known to have been built, but what listings need if it was complete. */
    IndexFormat fromTheBeginning() {
        return state == State.COMPLETE ? new IndexFormat(version, state, Optional.empty()) : of(State.ABSENT);
    }

    /** Returns whether listings may rely on the index. */
    boolean complete() {
        return state == State.COMPLETE;
    }

    /** Returns whether collections may rely on the index. */
    boolean collectable() {
        return complete() && version >= CURRENT;
    }

    byte[] bytes() {
        return (NAME + version + "\n" + state + "\n" + builtUpTo.orElse("") + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static IndexFormat parse(String text) {
        String[] lines = text.split("\n", -1);
        int version = lines[0].equals(NAME + FORMER) ? FORMER : CURRENT;
        Optional<State> state = lines.length < 3 || !lines[0].equals(NAME + version)
                ? Optional.empty()
                : Arrays.stream(State.values())
                        .filter(known -> known.name().equals(lines[1]))
                        .findFirst();
        // What version 1 has built is not all that is needed.
        Optional<String> builtUpTo = lines.length < 3
                        || lines[2].isEmpty()
                        || (version == FORMER && state.equals(Optional.of(State.BUILDING)))
                ? Optional.empty()
                : Optional.of(lines[2]);
        return new IndexFormat(version, state.orElseThrow(IndexFormat::unknown), builtUpTo);
    }

    private static RegistryException unknown() {
        return RegistryException.of(
                ErrorCode.UNAVAILABLE,
                "The index of this store has a format that this version of Berth does not know; use the version that"
                        + " wrote it, or a newer one; or stop all that use the store, delete the object "
                        + Keys.INDEX_FORMAT + ", and rebuild the index with this version");
    }
}
