package dev.berth.registry.host;

import dev.berth.registry.Registry;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.mirror.PullThrough;
import dev.berth.registry.server.ServerFilter;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;

/**
 * What a {@link HostLayer} finds in the {@link HostedRegistry} that it becomes a part of. To be used only while the layer is
 * made; for one thread.
 *
 * @since 0.1
 */
public interface HostContext {

    /** Returns the store of the registry, which stays open. */
    ObjectStore store();

    /** Returns the engine over the store, behind all layers. */
    StorageRegistry engine();

    /** Returns whether nothing may be written to the store. */
    boolean readOnly();

    /**
     * Returns a view of a registry that publishes what is done through it, as the events of the process itself. It is the
     * registry itself if nobody wants events.
     *
     * @param actor the actor of the events, such as {@code berth mirror}
     */
    Registry publishing(Registry registry, String actor);

    /**
     * Repeats work from the start of the registry to its end, one run after the other, in a thread other than those of
     * requests. A run that fails is logged, and the next one comes all the same. If nothing may be written to the store, it
     * never runs.
     *
     * @param name a word for the work, for threads and logs
     * @param interval the time until the first run, and from the end of a run to the next one
     * @param work is interrupted if it takes longer than seconds at the end
     */
    void repeat(String name, Duration interval, Runnable work);

    /**
     * As {@link #repeat}, also if nothing may be written to the store, which the work then has to heed.
     *
     * @see #readOnly
     */
    void repeatAlways(String name, Duration interval, Runnable work);

    /**
     * Adds a mirror that the layer has made. It is kept to its budget, {@linkplain HostedRegistryBuilder#metrics metrics} show
     * what it holds, and it is closed with the registry. What is below its name was not pushed here, so that
     * {@linkplain HostedRegistryBuilder#replication replication} leaves it out.
     */
    void mirror(PullThrough mirror);

    /** Adds work that is started and ended with the registry. */
    void background(BackgroundWork work);

    /** Adds something that is closed with the registry, after its work in the background, what was added last first. */
    void onClose(AutoCloseable part);

    /** Adds a filter to every server of the registry, inside of those that were added before. */
    void filter(ServerFilter filter);
}
