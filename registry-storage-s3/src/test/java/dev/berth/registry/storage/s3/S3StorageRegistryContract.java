package dev.berth.registry.storage.s3;

import dev.berth.registry.Registry;
import dev.berth.registry.contract.RegistryContract;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract of registries, kept by two engines over one bucket, which all tests share. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class S3StorageRegistryContract extends RegistryContract {
    private ObjectStore here;
    private ObjectStore there;
    private Registry registry;

    abstract Gateway gateway() throws IOException;

    @BeforeAll
    void open() throws IOException {
        String prefix = Gateway.newPrefix();
        here = gateway().store(prefix);
        there = gateway().store(prefix);
        registry = StorageRegistry.over(here);
    }

    @AfterAll
    void close() throws IOException {
        registry.close();
        here.close();
        there.close();
    }

    @Override
    protected Registry registry() {
        return registry;
    }

    @Override
    protected Optional<Registry> elsewhere() {
        return Optional.of(StorageRegistry.over(there));
    }

    /** Each tag takes several requests. That the store lists in pages is a matter of its own contract. */
    @Override
    protected int manyTags() {
        return 20;
    }
}
