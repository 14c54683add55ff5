package dev.berth.registry.console.rights;

import dev.berth.registry.console.page.ConsolePart;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.ImageSection;
import dev.berth.registry.console.page.RepositorySection;
import java.util.List;

/** Shows who may do what. Thread-safe. */
public final class RightsPart implements ConsolePart {

    @Override
    public List<ImageSection> imageSections(Frame frame) {
        WhoMay whoMay = new WhoMay(frame);
        return List.of((visit, image) -> whoMay.show(visit, image.repository().name()));
    }

    @Override
    public List<RepositorySection> repositorySections(Frame frame) {
        WhoMay whoMay = new WhoMay(frame);
        return List.of((visit, repository) -> whoMay.show(visit, repository.name()));
    }
}
