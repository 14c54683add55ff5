package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several requests for one upload, and several uploads, at the same time. */
abstract class UploadRaceRules extends UploadRulesBase {
    UploadRaceRules(ObjectStoreContract contract) {
        super(contract);
    }

    /** How one of several racing calls ended. */
    private enum Outcome {
        DONE,
        CONFLICT,
        GONE
    }

    private interface Action {
        void run() throws Exception;
    }

    private static Outcome outcome(Action action) throws Exception {
        try {
            action.run();
            return Outcome.DONE;
        } catch (UploadConflictException e) {
            return Outcome.CONFLICT;
        } catch (UploadGoneException e) {
            return Outcome.GONE;
        }
    }

    @Test
    void ofSeveralAppendsAtOneOffsetOneSucceeds() throws Exception {
        byte[] start = Contents.random(1, 70_000);
        for (int round = 0; round < contract.rounds(); round++) {
            ObjectKey staging = key("staging/" + round);
            try (ObjectUpload upload = store().startUpload(staging)) {
                upload.append(0, stream(start));
                List<Outcome> outcomes = Racers.race(4, racer -> {
                    try (ObjectUpload mine = resume(staging)) {
                        return outcome(() -> mine.append(start.length, stream(content(racer))));
                    }
                });
                assertThat(outcomes).containsOnlyOnce(Outcome.DONE).containsOnly(Outcome.DONE, Outcome.CONFLICT);
                byte[] won = content(outcomes.indexOf(Outcome.DONE));
                byte[] kept = kept(upload);
                assertThat(Arrays.copyOf(kept, start.length)).isEqualTo(start);
                assertThat(Arrays.copyOfRange(kept, start.length, kept.length)).isEqualTo(won);
                upload.commit(TARGET, kept.length);
                assertThat(readExisting(TARGET)).isEqualTo(kept);
            }
        }
        assertHoldsOnly(TARGET.value());
    }

    @Test
    void anAppendBesideOneUnderWayIsRefusedOrRefusesThatOne() throws Exception {
        byte[] slow = content(1);
        byte[] fast = content(2);
        UploadStreams.Gated gated = new UploadStreams.Gated(slow, slow.length / 2);
        try (ObjectUpload upload = store().startUpload(STAGING);
                ObjectUpload other = resume(STAGING)) {
            List<Outcome> outcomes = Racers.raceAll(List.of(() -> outcome(() -> upload.append(0, gated)), () -> {
                gated.awaitReached();
                try {
                    return outcome(() -> other.append(0, stream(fast)));
                } finally {
                    gated.open();
                }
            }));
            assertThat(outcomes).containsExactlyInAnyOrder(Outcome.DONE, Outcome.CONFLICT);
            assertThat(kept(upload)).isEqualTo(outcomes.get(0) == Outcome.DONE ? slow : fast);
            upload.abort();
        }
        assertHoldsOnly();
    }

    @Test
    void anAppendWhoseStreamFailsBesideAnotherOfTheSameLengthSaysWhoseBytesAreThere() throws Exception {
        byte[] cut = Contents.random(10, 100_000);
        byte[] whole = Contents.random(11, cut.length);
        IOException failure = new IOException("The client is gone");
        UploadStreams.Gated gated = new UploadStreams.Gated(cut, cut.length / 2);
        InputStream failing = new SequenceInputStream(gated, UploadStreams.failing(new byte[0], failure));
        try (ObjectUpload upload = store().startUpload(STAGING);
                ObjectUpload other = resume(STAGING)) {
            Racers.raceAll(List.of(
                    () -> {
                        assertThatThrownBy(() -> upload.append(0, failing))
                                .satisfiesAnyOf(
                                        thrown -> {
                                            assertThat(thrown).isSameAs(failure);
                                            assertThat(kept(upload)).isEqualTo(cut);
                                        },
                                        thrown -> {
                                            assertThat(thrown).isInstanceOf(UploadConflictException.class);
                                            assertThat(kept(upload)).isEqualTo(whole);
                                        });
                        return null;
                    },
                    () -> {
                        gated.awaitReached();
                        try {
                            return outcome(() -> other.append(0, stream(whole)));
                        } finally {
                            gated.open();
                        }
                    }));
            upload.abort();
        }
        assertHoldsOnly();
    }

    @Test
    void aCommitBesideAnAppendUnderWayIsRefusedOrEndsIt() throws Exception {
        byte[] start = Contents.random(3, 80_000);
        byte[] more = content(4);
        UploadStreams.Gated gated = new UploadStreams.Gated(more, more.length / 2);
        try (ObjectUpload upload = store().startUpload(STAGING);
                ObjectUpload other = resume(STAGING)) {
            upload.append(0, stream(start));
            List<Outcome> outcomes =
                    Racers.raceAll(List.of(() -> outcome(() -> upload.append(start.length, gated)), () -> {
                        gated.awaitReached();
                        try {
                            return outcome(() -> other.commit(TARGET, start.length));
                        } finally {
                            gated.open();
                        }
                    }));
            assertAppendOrCommit(outcomes, upload, start, more);
        }
    }

    @Test
    void anAppendAndACommitExcludeEachOther() throws Exception {
        byte[] start = Contents.random(5, 80_000);
        byte[] more = content(6);
        for (int round = 0; round < contract.rounds(); round++) {
            ObjectKey staging = key("staging/" + round);
            try (ObjectUpload upload = store().startUpload(staging);
                    ObjectUpload other = resume(staging)) {
                upload.append(0, stream(start));
                List<Outcome> outcomes = Racers.raceAll(List.of(
                        () -> outcome(() -> upload.append(start.length, stream(more))),
                        () -> outcome(() -> other.commit(TARGET, start.length))));
                assertAppendOrCommit(outcomes, upload, start, more);
            }
        }
    }

    private void assertAppendOrCommit(List<Outcome> outcomes, ObjectUpload upload, byte[] start, byte[] more)
            throws Exception {
        assertThat(outcomes).as("append, commit").containsOnlyOnce(Outcome.DONE);
        if (outcomes.get(1) == Outcome.DONE) {
            assertThat(readExisting(TARGET)).isEqualTo(start);
        } else {
            assertThat(outcomes.get(1)).isEqualTo(Outcome.CONFLICT);
            upload.commit(TARGET, start.length + more.length);
            byte[] whole = Arrays.copyOf(start, start.length + more.length);
            System.arraycopy(more, 0, whole, start.length, more.length);
            assertThat(readExisting(TARGET)).isEqualTo(whole);
        }
        assertHoldsOnly(TARGET.value());
        store().delete(TARGET);
    }

    @Test
    void ofSeveralCommitsOneSucceeds() throws Exception {
        byte[] content = content(7);
        for (int round = 0; round < contract.rounds(); round++) {
            ObjectKey staging = key("staging/" + round);
            try (ObjectUpload upload = store().startUpload(staging)) {
                upload.append(0, stream(content));
                List<Outcome> outcomes = Racers.race(4, racer -> {
                    try (ObjectUpload mine = resume(staging)) {
                        return outcome(() -> mine.commit(key("uploaded/" + racer), content.length));
                    } catch (AssertionError goneBeforeItWasResumed) {
                        return Outcome.GONE;
                    }
                });
                assertThat(outcomes).containsOnlyOnce(Outcome.DONE);
                ObjectKey winner = key("uploaded/" + outcomes.indexOf(Outcome.DONE));
                assertThat(readExisting(winner)).isEqualTo(content);
                assertHoldsOnly(winner.value());
                assertEnded(upload, staging);
                store().delete(winner);
            }
        }
    }

    @Test
    void anUploadIsEitherCommittedOrAborted() throws Exception {
        byte[] content = content(8);
        for (int round = 0; round < contract.rounds(); round++) {
            ObjectKey staging = key("staging/" + round);
            try (ObjectUpload upload = store().startUpload(staging);
                    ObjectUpload other = resume(staging)) {
                upload.append(0, stream(content));
                List<Outcome> outcomes =
                        Racers.raceAll(List.of(() -> outcome(() -> upload.commit(TARGET, content.length)), () -> {
                            other.abort();
                            return Outcome.DONE;
                        }));
                if (outcomes.get(0) == Outcome.DONE) {
                    assertThat(readExisting(TARGET)).isEqualTo(content);
                    assertHoldsOnly(TARGET.value());
                } else {
                    assertHoldsOnly();
                }
                assertEnded(upload, staging);
                store().delete(TARGET);
            }
        }
    }

    @Test
    void anAppendAndAnAbortLeaveNothing() throws Exception {
        byte[] content = content(9);
        for (int round = 0; round < contract.rounds(); round++) {
            ObjectKey staging = key("staging/" + round);
            try (ObjectUpload upload = store().startUpload(staging);
                    ObjectUpload other = resume(staging)) {
                List<Outcome> outcomes =
                        Racers.raceAll(List.of(() -> outcome(() -> upload.append(0, stream(content))), () -> {
                            other.abort();
                            return Outcome.DONE;
                        }));
                assertThat(outcomes.get(0)).isIn(Outcome.DONE, Outcome.GONE);
                assertEnded(upload, staging);
            }
            assertHoldsOnly();
        }
    }

    @Test
    void manyUploadsDoNotMeet() throws Exception {
        int each = 4;
        Racers.race(contract.racers(), racer -> {
            for (int i = 0; i < each; i++) {
                String name = racer + "-" + i;
                byte[] content = Contents.selfDescribing(racer * 100L + i, 90_000 + 1000 * racer + i);
                try (ObjectUpload upload = store().startUpload(key("staging/" + name))) {
                    int offset = 0;
                    for (int part : new int[] {1, 30_000, content.length}) {
                        int end = Math.min(content.length, offset + part);
                        upload.append(offset, stream(Arrays.copyOfRange(content, offset, end)));
                        offset = end;
                    }
                    if (i == each - 1) {
                        upload.abort();
                    } else {
                        upload.commit(key("uploaded/" + name), content.length);
                    }
                }
            }
            return null;
        });
        for (int racer = 0; racer < contract.racers(); racer++) {
            for (int i = 0; i < each - 1; i++) {
                assertThat(readExisting(key("uploaded/" + racer + "-" + i)))
                        .isEqualTo(Contents.selfDescribing(racer * 100L + i, 90_000 + 1000 * racer + i));
            }
        }
        assertThat(tree("")).hasSize(contract.racers() * (each - 1));
    }

    @Test
    void severalUploadsMayBecomeTheSameObject() throws Exception {
        for (int round = 0; round < contract.rounds(); round++) {
            int first = 10 * round;
            List<Callable<byte[]>> uploads = IntStream.range(0, 4)
                    .mapToObj(racer -> (Callable<byte[]>) () -> {
                        byte[] content = content(first + racer);
                        try (ObjectUpload upload = store().startUpload(key("staging/" + first + "/" + racer))) {
                            upload.append(0, stream(content));
                            upload.commit(TARGET, content.length);
                        }
                        return content;
                    })
                    .toList();
            List<byte[]> contents = Racers.raceAll(uploads);
            assertThat(contents).contains(readExisting(TARGET));
            assertHoldsOnly(TARGET.value());
        }
    }

    private static byte[] content(int seed) {
        return Contents.selfDescribing(seed, 100_000 + seed % 7 * 30_000);
    }
}
