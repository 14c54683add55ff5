package dev.berth.registry.console.finding;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.Action;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.console.view.Names;
import dev.berth.registry.scan.api.ScanApi;
import java.util.Map;
import java.util.Optional;

/** Begins a scan. */
record ScanPage(Addresses addresses) implements Pages {

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        Optional<RepositoryName> name = Names.repository(rest).filter(one -> visit.may(Action.PUSH, one));
        Optional<Digest> image = visit.form().find(FindingsSection.REFERENCE).flatMap(Names::digest);
        if (!visit.isPost()
                || name.isEmpty()
                || image.isEmpty()
                || !visit.management().has(ScanApi.PATH)) {
            return Optional.empty();
        }
        visit.management()
                .post(
                        ScanApi.PATH + "start",
                        Map.of(
                                "repository",
                                name.get().value(),
                                FindingsSection.REFERENCE,
                                image.get().toString()));
        Optional<Tag> tag = visit.form().find(Links.TAG).flatMap(Names::tag);
        return Optional.of(PageAnswer.seeOther(tag.map(one -> addresses.image(name.get(), one))
                .orElseGet(() -> addresses.image(name.get(), image.get()))));
    }
}
