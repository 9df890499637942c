// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.indexing.DocumentHasher.ClusterTextHasher;
import org.semantichash.trainer.indexing.SourceDocument.DocumentId;

/**
 * What would be done; only reads.
 *
 * @param fields the target field in every index
 * @param documents how many there are
 * @param selected how many of them would be looked at
 * @param codes codes of the first few of them, by id
 */
public record DryRun(
    List<TargetField.FieldState> fields, long documents, long selected, Map<String, String> codes) {

  private static final int SAMPLE = 3;

  /**
   * Looks.
   *
   * @param copied whether a new index is made, in which every document is written
   * @throws IllegalArgumentException when the index has a field that cannot hold the codes
   */
  public static DryRun of(Rest rest, HashPlan plan, HashModel model, boolean copied) {
    TargetField target = new TargetField(rest, plan.target(), model);
    List<TargetField.FieldState> states =
        copied ? target.states(plan.index()) : target.check(plan.index());
    JsonNode query = copied ? HashPlan.ALL : plan.query();
    return new DryRun(
        states,
        HashPlan.count(rest, plan.index(), HashPlan.ALL),
        HashPlan.count(rest, plan.index(), query),
        sample(rest, plan, model, query));
  }

  private static Map<String, String> sample(
      Rest rest, HashPlan plan, HashModel model, JsonNode query) {
    ObjectNode search = Json.object().put("size", SAMPLE);
    search.set("query", query);
    search.set("_source", plan.source());
    List<SourceDocument> documents = new ArrayList<>();
    rest.ask("POST", plan.index() + "/_search", search)
        .path("hits")
        .path("hits")
        .forEach(hit -> documents.add(SourceDocument.of(hit)));
    Map<DocumentId, ClusterTextHasher.TextCode> hashed =
        new DocumentHasher(plan, new ClusterTextHasher(rest, model), new HashTally())
            .codes(documents);
    Map<String, String> codes = new LinkedHashMap<>();
    hashed.forEach(
        (id, text) -> {
          if (text.code() != null) {
            codes.put(id.id(), text.code());
          }
        });
    return codes;
  }
}
