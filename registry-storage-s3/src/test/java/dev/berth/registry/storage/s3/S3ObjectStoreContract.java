package dev.berth.registry.storage.s3;

import dev.berth.registry.contract.ObjectStoreContract;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of stores, over a gateway. Each store is a part of one bucket. */
abstract class S3ObjectStoreContract extends ObjectStoreContract {
    /** What a store was opened with. */
    private record Place(Gateway gateway, String prefix) {}

    private final Map<ObjectStore, Place> places = new ConcurrentHashMap<>();

    /** The longest keys fill the longest names, so they want a bucket without a prefix. */
    @RegisterExtension
    final BeforeEachCallback longestKeys =
            test -> wantsOwnBucket = test.getRequiredTestMethod().getName().equals("takesTheLongestKeys");

    private boolean wantsOwnBucket;

    abstract Gateway gateway() throws IOException;

    @Override
    protected ObjectStore create() throws IOException {
        Gateway gateway = gateway();
        return wantsOwnBucket
                ? open(new Place(
                        Gateway.withNewBucket(gateway.endpoint(), gateway.accessKey(), gateway.secretKey()), ""))
                : open(new Place(gateway, Gateway.newPrefix()));
    }

    @Override
    protected ObjectStore reopen(ObjectStore open) throws IOException {
        return open(places.get(open));
    }

    private ObjectStore open(Place place) throws IOException {
        ObjectStore store = place.gateway().store(place.prefix());
        places.put(store, place);
        return store;
    }

    @Override
    protected boolean sharedBetweenProcesses() {
        return true;
    }

    @Override
    protected boolean writesStreams() {
        return true;
    }

    @Override
    protected boolean readsAhead() {
        return true;
    }

    @Override
    protected int manyKeys() {
        return 1_100;
    }

    @Override
    protected int racers() {
        return 8;
    }

    @Override
    protected int rounds() {
        return 4;
    }
}
