package dev.breakwater.vault.blob.azure;

import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.ListBlobsOptions;
import dev.breakwater.vault.blob.ObjectInfo;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists a container in pages that start after a name.
///
/// Azure goes on only from a token that it gave with the page before. So the token of the last pages is
/// remembered with the name that it goes on after; a listing that starts elsewhere reads from the prefix's
/// beginning and skips.
final class AzureListing {

    private static final int PAGE = 5_000;

    /// Listings in progress that are remembered; more run at the same time only by chance, and then merely cost
    /// more.
    private static final int REMEMBERED = 64;

    private record Place(String prefix, String after) {}

    private final BlobContainerClient container;
    private final Map<Place, String> tokens = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    AzureListing(BlobContainerClient container) {
        this.container = container;
    }

    List<ObjectInfo> list(String prefix, String after, int limit) {
        String token = take(new Place(prefix, after));
        boolean skipping = token == null && after.compareTo(prefix) >= 0 && !after.isEmpty();
        List<ObjectInfo> found = new ArrayList<>();
        do {
            PagedResponse<BlobItem> page = page(prefix, token, skipping ? PAGE : limit - found.size());
            for (BlobItem item : page.getValue()) {
                if (item.getName().compareTo(after) > 0) {
                    found.add(
                            new ObjectInfo(item.getName(), item.getProperties().getContentLength()));
                }
            }
            token = page.getContinuationToken();
            skipping = skipping && found.isEmpty();
        } while (found.size() < limit && token != null && !token.isEmpty());
        if (found.size() > limit) {
            return List.copyOf(found.subList(0, limit));
        }
        if (token != null && !token.isEmpty() && !found.isEmpty()) {
            remember(new Place(prefix, found.getLast().name()), token);
        }
        return List.copyOf(found);
    }

    void forget() {
        synchronized (tokens) {
            tokens.clear();
        }
    }

    private PagedResponse<BlobItem> page(String prefix, @Nullable String token, int size) {
        ListBlobsOptions options = new ListBlobsOptions().setPrefix(prefix).setMaxResultsPerPage(size);
        Iterator<PagedResponse<BlobItem>> pages = token == null
                ? container.listBlobs(options, null).iterableByPage().iterator()
                : container.listBlobs(options, null).iterableByPage(token).iterator();
        return pages.next();
    }

    private @Nullable String take(Place place) {
        synchronized (tokens) {
            return tokens.remove(place);
        }
    }

    private void remember(Place place, String token) {
        synchronized (tokens) {
            tokens.put(place, token);
        }
    }
}
