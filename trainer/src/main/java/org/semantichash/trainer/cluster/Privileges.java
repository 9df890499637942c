// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a user must be allowed to do, asked before the work instead of found out in its midst.
 *
 * @param cluster privileges or actions on the cluster
 * @param indices privileges or actions by the name of an index or alias
 */
public record Privileges(List<String> cluster, Map<String, List<String>> indices) {

  private static final String PATH = "_security/user/_has_privileges";

  /** Copies. */
  public Privileges {
    cluster = List.copyOf(cluster);
    indices = Map.copyOf(indices);
  }

  /**
   * Asks the cluster. A cluster without security refuses nothing, so neither does this; nor where a
   * pattern or a list of indices is given, of which a user may see a part.
   *
   * @throws ClusterException naming what is missing
   */
  public void require(Rest rest) {
    JsonNode answer;
    try {
      answer = rest.ask("POST", PATH, body());
    } catch (ClusterException e) {
      if (e.status() == 401 || e.status() == 0) {
        throw e;
      }
      return; // no security, or an older one: the work itself tells
    }
    List<String> missing = new ArrayList<>(missing("cluster", answer.path("cluster")));
    answer
        .path("index")
        .properties()
        .forEach(
            index -> missing.addAll(missing("index [" + index.getKey() + "]", index.getValue())));
    if (missing.isEmpty() == false) {
      throw new ClusterException(
          403,
          "user ["
              + answer.path("username").asText()
              + "] lacks "
              + String.join(", ", missing)
              + "; nothing was done");
    }
  }

  private static List<String> missing(String where, JsonNode granted) {
    List<String> missing = new ArrayList<>();
    granted
        .properties()
        .forEach(
            privilege -> {
              if (privilege.getValue().asBoolean() == false) {
                missing.add("[" + privilege.getKey() + "] on the " + where);
              }
            });
    missing.sort(null);
    return missing;
  }

  private ObjectNode body() {
    List<Map<String, Object>> asked = new ArrayList<>();
    indices.forEach(
        (name, privileges) -> {
          if (name.matches("[^*?,<]+")) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("names", List.of(name));
            entry.put("privileges", privileges);
            asked.add(entry);
          }
        });
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("cluster", cluster);
    body.put("index", asked);
    return Body.of(body);
  }
}
