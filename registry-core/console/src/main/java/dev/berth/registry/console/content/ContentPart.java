package dev.berth.registry.console.content;

import dev.berth.registry.console.api.ApiResource;
import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.page.ComparisonSection;
import dev.berth.registry.console.page.ConsolePart;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.RepositorySection;
import dev.berth.registry.console.view.ImageLookup;
import dev.berth.registry.internal.thread.DaemonThreads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The pages about what is in images, beside that of an image itself. */
public final class ContentPart implements ConsolePart {
    private static final int THREADS = 2;
    private static final int MOST_WAITING = 16;
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private final Catalog catalog;
    private final ImageLookup images;
    private final Optional<LayerFiles> layers;
    private final Optional<FilesLookup> files;
    private final List<ConsolePart> others;

    /**
     * Makes the part.
     *
     * @param catalog what is known of repositories
     * @param background reads layers beside requests; if there is none, at most two threads do that end when nothing is to be
     *     read
     * @param clock tells for how long a layer is read
     * @param others the other parts, some of which have something to say about two images
     */
    public ContentPart(
            Catalog catalog, Optional<Executor> background, InstantSource clock, List<ConsolePart> others) {
        this.catalog = catalog;
        this.others = List.copyOf(others);
        this.images = new ImageLookup(catalog.registry());
        this.layers = LayerFiles.find(clock);
        Executor executor = background.orElseGet(ContentPart::threads);
        this.files = layers.map(found ->
                new FilesLookup(images, new LayerBrowser(found, catalog.layers(), executor, PATIENCE)));
    }

    private static Executor threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                DaemonThreads.numbered("berth-console-layers-"));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Returns whether there are pages of the files of layers: those who read layers are there. */
    public boolean hasFiles() {
        return files.isPresent();
    }

    @Override
    public Map<String, Pages> pages(Frame frame) {
        Map<String, Pages> pages = new HashMap<>();
        List<ComparisonSection> sections = others.stream()
                .flatMap(part -> part.comparisonSections(frame).stream())
                .toList();
        pages.put("compare/", new ComparePage(frame, images, sections));
        pages.put("document/", new DocumentPage(frame, images));
        files.ifPresent(found -> pages.put("files/", new FilesPage(frame, found, layers.orElseThrow())));
        return pages;
    }

    @Override
    public List<RepositorySection> repositorySections(Frame frame) {
        return List.of(new CompareForm(frame), new ReadmeSection(frame, catalog));
    }

    @Override
    public List<ApiResource> api() {
        List<ApiResource> resources = new ArrayList<>();
        resources.add(new ImageResource(images, catalog.sharedLayers()));
        resources.add(new CompareResource(images));
        files.ifPresent(found -> resources.add(new FilesResource(found)));
        return resources;
    }
}
