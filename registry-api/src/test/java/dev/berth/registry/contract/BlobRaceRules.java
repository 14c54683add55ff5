package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blobs that several push, read, delete or upload at the same time. */
abstract class BlobRaceRules extends UploadSteps {
    private final RegistryRaceContract races;

    BlobRaceRules(RegistryRaceContract contract) {
        super(contract);
        this.races = contract;
    }

    @Test
    void severalMayPushTheSameBlobAtTheSameTime() throws Exception {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(100_000);
        List<Descriptor> pushed = Racers.race(races.racers(), racer -> push(repository, bytes));
        assertThat(pushed).hasSize(races.racers()).containsOnly(pushed.get(0));
        assertHas(repository, Digest.sha256(bytes), bytes);
    }

    @Test
    void severalMayReadTheSameBlobAtTheSameTime() throws Exception {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(300_000);
        Digest digest = push(repository, bytes).digest();
        Racers.race(races.racers(), racer -> {
            assertThat(read(repository, digest, ByteRange.from(racer)))
                    .isEqualTo(Arrays.copyOfRange(bytes, racer, bytes.length));
            return racer;
        });
    }

    @Test
    void severalMayDeleteTheSameBlobAtTheSameTime() throws Exception {
        assumeTrue(contract.supportsDelete(), "The registry does not delete");
        Repository repository = freshRepository();
        Digest digest = pushFresh(repository, 100);
        List<Boolean> deleted =
                Racers.race(races.racers(), racer -> repository.blobs().delete(digest));
        assertThat(deleted).contains(true);
        assertLacks(repository, digest);
    }

    @Test
    void ofTwoAppendsAtTheSameOffsetOneWins() throws Exception {
        for (int round = 0; round < races.rounds(); round++) {
            Repository repository = freshRepository();
            BlobUpload upload = repository.blobs().startUpload();
            byte[] before = piece(upload, 1000);
            append(upload, before);
            List<BlobUpload> objects = List.of(upload, repository.blobs().resumeUpload(upload.id()));
            List<byte[]> pieces = List.of(piece(upload, 200_000), piece(upload, 200_000));
            List<Boolean> won = Racers.race(2, racer -> appended(objects.get(racer), before.length, pieces.get(racer)));
            assertThat(won).containsOnlyOnce(true);
            int winner = won.indexOf(true);
            byte[] whole = concat(before, pieces.get(winner));
            objects.get(winner).commit(Digest.sha256(whole));
            assertHas(repository, Digest.sha256(whole), whole);
        }
    }

    private static boolean appended(BlobUpload upload, long offset, byte[] bytes) {
        try {
            upload.append(offset, BlobSource.of(bytes));
            return true;
        } catch (RegistryException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.RANGE_INVALID);
            return false;
        }
    }

    @Test
    void anUploadCommittedTwiceAtTheSameTimeIsOneBlob() throws Exception {
        for (int round = 0; round < races.rounds(); round++) {
            Repository repository = freshRepository();
            BlobUpload upload = repository.blobs().startUpload();
            byte[] bytes = freshBytes(1000);
            append(upload, bytes);
            Digest digest = Digest.sha256(bytes);
            BlobUpload other = repository.blobs().resumeUpload(upload.id());
            List<String> outcomes = Racers.race(2, racer -> outcome(racer == 0 ? upload : other, digest));
            assertThat(outcomes)
                    .contains("committed")
                    .isSubsetOf(
                            "committed", ErrorCode.BLOB_UPLOAD_UNKNOWN.toString(), ErrorCode.RANGE_INVALID.toString());
            assertHas(repository, digest, bytes);
        }
    }

    private static String outcome(BlobUpload upload, Digest digest) {
        try {
            upload.commit(digest);
            return "committed";
        } catch (RegistryException e) {
            return e.code().toString();
        }
    }
}
