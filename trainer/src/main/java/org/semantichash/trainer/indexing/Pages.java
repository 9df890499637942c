// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.Rest;

/**
 * The pages of a search in a point in time. While one is worked on, the next one is read, never
 * more. For one thread.
 */
final class Pages {

  private final Rest rest;
  private final ObjectNode request;
  private final ExecutorService readers;
  private Future<List<SourceDocument>> coming;

  /**
   * Begins to read the first page.
   *
   * @param request the search; it is moved on from page to page
   * @param readers reads
   */
  Pages(Rest rest, ObjectNode request, ExecutorService readers) {
    this.rest = rest;
    this.request = request;
    this.readers = readers;
    this.coming = readers.submit(this::read);
  }

  /**
   * The next page; empty at the end.
   *
   * @throws LostPointInTimeException when the cluster has forgotten the point in time
   */
  List<SourceDocument> next() {
    List<SourceDocument> page = Finished.of(coming);
    if (page.isEmpty() == false) {
      coming = readers.submit(this::read);
    }
    return page;
  }

  private List<SourceDocument> read() {
    List<SourceDocument> documents = new ArrayList<>();
    for (JsonNode hit : search().path("hits").path("hits")) {
      documents.add(SourceDocument.of(hit));
      request.set("search_after", hit.path("sort"));
    }
    return documents;
  }

  private JsonNode search() {
    try {
      return rest.ask("POST", "_search?allow_partial_search_results=false", request);
    } catch (ClusterException e) {
      if (e.status() == 404 || e.status() == 503) {
        throw new LostPointInTimeException(e);
      }
      throw e;
    }
  }
}
