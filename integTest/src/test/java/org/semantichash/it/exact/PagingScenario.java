// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.semantichash.hash.BinaryCode;
import org.semantichash.it.http.Hamming;
import org.semantichash.it.oracle.CodeTable;
import org.semantichash.it.oracle.HitCheck;
import org.semantichash.it.oracle.Hits;

/** A radius set page by page, in an index that changes meanwhile. */
abstract class PagingScenario {

  private static final int COUNT = 7300;
  private static final int FIRST = 6500; // the others come later
  private static final int RADIUS = 62;
  private static final int PAGE = 350;
  private static final int CHANGED = 90; // with each page, as many added as deleted

  private final Documents documents = new Documents(COUNT, 3);
  private final Set<String> present = new HashSet<>();

  abstract Fixture fixture();

  @Test
  void pagesOfAPointInTimeHaveEveryDocumentOnceWhateverChanges() throws IOException {
    for (String field : List.of("chunked", "bytes")) {
      present.clear();
      CodeIndex index = CodeIndex.create(fixture().http(), "exact-paged", 3, "lazy");
      add(index, 0, FIRST);
      for (BinaryCode query : documents.queries(1)) {
        CodeTable before = documents.table(document -> present.contains(document.id()));
        int expected = before.within(query, RADIUS).size();
        assertTrue(expected > 5 * PAGE, () -> "too few to page through: " + expected);
        Hits hits = pages(index, Hamming.code(query.toHex()).with("field", field).within(RADIUS));
        HitCheck.check(hits, before, query, RADIUS, COUNT);
        CodeTable after = documents.table(document -> present.contains(document.id()));
        Hits now =
            index.search(Hamming.code(query.toHex()).with("field", field).within(RADIUS), COUNT);
        HitCheck.check(now, after, query, RADIUS, COUNT);
      }
      index.drop();
    }
  }

  private Hits pages(CodeIndex index, Hamming query) throws IOException {
    Map<String, Object> body = query.search(PAGE);
    String open = "/" + index.name() + "/_pit?keep_alive=2m";
    String id = fixture().http().post(open).ok().body().path("id").asText();
    body.put("sort", List.of("_score", "_shard_doc"));
    body.put("_source", false);
    List<Hits.Hit> all = new ArrayList<>();
    long total = -1;
    int step = 0;
    while (true) {
      body.put("pit", Map.of("id", id, "keep_alive", "2m"));
      var reply = fixture().http().post("/_search", body).ok();
      Hits page = Hits.of(reply);
      id = reply.body().path("pit_id").asText();
      if (page.hits().isEmpty()) {
        break;
      }
      assertTrue(total < 0 || total == page.total(), "the total must stay the same");
      total = page.total();
      all.addAll(page.hits());
      body.put("search_after", page.hits().get(page.hits().size() - 1).body().path("sort"));
      change(index, step++);
    }
    fixture().http().delete("/_pit", Map.of("id", id)).ok();
    assertEquals(total, all.size());
    return new Hits(total, true, all);
  }

  private void change(CodeIndex index, int step) throws IOException {
    int last = Math.min(COUNT, FIRST + (step + 1) * CHANGED);
    add(index, Math.min(COUNT, FIRST + step * CHANGED), last);
    List<String> deleted =
        documents.list().subList(step * CHANGED, (step + 1) * CHANGED).stream()
            .map(Documents.Document::id)
            .toList();
    index.delete(deleted);
    deleted.forEach(present::remove);
    if (step == 2) {
      index.http().post("/" + index.name() + "/_forcemerge?max_num_segments=1").ok();
    }
  }

  private void add(CodeIndex index, int from, int to) throws IOException {
    List<Documents.Document> added = documents.list().subList(from, to);
    index.add(added);
    added.forEach(document -> present.add(document.id()));
  }
}
