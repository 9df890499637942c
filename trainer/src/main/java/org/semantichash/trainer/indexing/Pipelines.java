// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.semantichash.trainer.cluster.Body;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.Rest;

/** Ingest pipelines that write codes. */
public record Pipelines(Rest rest) {

  /** Those that write this model's codes into this field; none when one may not look. */
  public List<String> writing(HashModel model, FieldPath field) {
    List<String> names = new ArrayList<>();
    for (var pipeline : all().properties()) {
      if (anyProcessor(pipeline.getValue(), model, field)) {
        names.add(pipeline.getKey());
      }
    }
    return names;
  }

  private JsonNode all() {
    try {
      return rest.ask("GET", "_ingest/pipeline");
    } catch (ClusterException e) {
      if (e.status() == 403 || e.status() == 404) {
        return Body.empty();
      }
      throw e;
    }
  }

  private static boolean anyProcessor(JsonNode pipeline, HashModel model, FieldPath field) {
    Stream<JsonNode> processors = pipeline.findValues("semantic_hash").stream();
    return processors.anyMatch(
        processor ->
            processor.path("model").asText().equals(model.name().value())
                && processor.path("target_field").asText().equals(field.name()));
  }
}
