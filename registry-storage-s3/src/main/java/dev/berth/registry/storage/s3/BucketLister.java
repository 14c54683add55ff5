package dev.berth.registry.storage.s3;

import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.Utf8Order;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Makes the pages of listings, each of one page of S3. */
final class BucketLister {
    private static final int LARGEST_PAGE = 1000;

    /** The last character in the order of names: no name in use sorts after it. */
    private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

    private final Bucket bucket;

    BucketLister(Bucket bucket) {
        this.bucket = bucket;
    }

    ListPage list(ListRequest request) throws IOException {
        String prefix = request.prefix().value();
        if (!request.after().startsWith(prefix) && Utf8Order.compare(request.after(), prefix) > 0) {
            return new ListPage(List.of(), true);
        }
        Optional<String> after = placeToGoOnFrom(request);
        while (true) {
            ListObjectsV2Response page =
                    bucket.list(prefix, after.orElse(null), request.grouped(), Math.min(request.limit(), LARGEST_PAGE));
            List<String> found = names(page);
            List<String> wanted = found.stream()
                    .filter(name -> Utf8Order.compare(name, request.after()) > 0 && name.length() > prefix.length())
                    .toList();
            boolean last = !Boolean.TRUE.equals(page.isTruncated()) || found.isEmpty();
            if (last || !wanted.isEmpty()) {
                return new ListPage(wanted, last);
            }
            // A page without listed names: only the object that some tools put in the place of a folder.
            after = Optional.of(found.get(found.size() - 1));
        }
    }

    /** Where S3 has to start. It would repeat a group as long as one of its keys follows that place. */
    private static Optional<String> placeToGoOnFrom(ListRequest request) {
        String after = request.after();
        String prefix = request.prefix().value();
        if (!after.startsWith(prefix) || after.isEmpty()) {
            return Optional.empty();
        }
        int slash = request.grouped() ? after.indexOf('/', prefix.length()) : -1;
        return Optional.of(slash < 0 ? beforeNoCharacters(after) : after.substring(0, slash + 1) + LAST_CHARACTER);
    }

    /** Some services repeat the start in their XML response, which cannot contain two of the characters. */
    private static String beforeNoCharacters(String after) {
        for (int i = 0; i < after.length(); i++) {
            if (after.charAt(i) >= '\uFFFE') {
                return after.substring(0, i) + '\uFFFD' + LAST_CHARACTER;
            }
        }
        return after;
    }

    /** Objects and groups in one order; S3 returns them in two lists. */
    private List<String> names(ListObjectsV2Response page) {
        int hidden = bucket.key("").length();
        List<String> names = new ArrayList<>();
        for (S3Object object : page.contents()) {
            names.add(object.key().substring(hidden));
        }
        for (CommonPrefix group : page.commonPrefixes()) {
            names.add(group.prefix().substring(hidden));
        }
        names.sort(Utf8Order::compare);
        return names;
    }
}
