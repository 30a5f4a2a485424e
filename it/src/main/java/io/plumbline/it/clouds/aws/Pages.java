package io.plumbline.it.clouds.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.aws.Service.Trouble;
import java.util.List;
import java.util.function.Function;

/// Replies that come in pages. A marker is the number of what came before, disguised by a prefix.
final class Pages {
    private static final String PREFIX = "page-after-";

    private Pages() {}

    /// The names that an API has for page sizes and markers.
    ///
    /// @param size the field of a request that limits a page
    /// @param from the field of a request that continues
    /// @param next the field of a reply that says how to continue
    /// @param most the page size without a limit
    record Names(String size, String from, String next, int most) {
        static final Names ELASTIC_LOAD_BALANCING = new Names("PageSize", "Marker", "NextMarker", 400);
        static final Names EC2 = new Names("MaxResults", "NextToken", "NextToken", 1000);
        static final Names CERTIFICATES = new Names("MaxItems", "NextToken", "NextToken", 1000);
        static final Names TAGGING = new Names("ResourcesPerPage", "PaginationToken", "PaginationToken", 100);
    }

    /// Puts one page of the things into the reply's list.
    static <T> void put(
            ApiCall call, ObjectNode reply, String list, List<T> all, Names names, Function<T, ObjectNode> text) {
        String marker = call.text(names.from());
        call.service()
                .unless(
                        marker.isEmpty() || marker.matches(PREFIX + "\\d{1,7}"),
                        Trouble.INVALID,
                        "The marker '" + marker + "' is not valid");
        int first = marker.isEmpty() ? 0 : Integer.parseInt(marker.substring(PREFIX.length()));
        int last = Math.min(all.size(), first + call.body().path(names.size()).asInt(names.most()));
        all.subList(Math.min(first, last), last)
                .forEach(each -> reply.withArray(list).add(text.apply(each)));
        reply.withArray(list);
        if (last < all.size()) {
            reply.put(names.next(), PREFIX + last);
        }
    }
}
