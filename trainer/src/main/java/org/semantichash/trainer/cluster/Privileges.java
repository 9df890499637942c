// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The privileges that a command needs, checked before the work and not in the middle of it.
 *
 * @param cluster privileges or actions on the cluster
 * @param indices privileges or actions by the name of an index or alias, a list of names, or a
 *     pattern
 */
public record Privileges(List<String> cluster, Map<String, List<String>> indices) {

  private static final String PATH = "_security/user/_has_privileges";

  public Privileges {
    cluster = List.copyOf(cluster);
    indices = Map.copyOf(indices);
  }

  /**
   * Asks the cluster. A cluster without security refuses nothing, so neither does this. A pattern
   * stands for the indices that the user may read: of those the other privileges are asked, since
   * writes name them and not the pattern.
   *
   * @throws ClusterException naming what is missing
   */
  public void require(Rest rest) {
    List<Map<String, Object>> asked = new ArrayList<>();
    indices.forEach((expression, all) -> addAsked(rest, expression, all, asked));
    JsonNode answer;
    try {
      answer = rest.ask("POST", PATH, Json.object(Map.of("cluster", cluster, "index", asked)));
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

  private static void addAsked(
      Rest rest, String expression, List<String> all, List<Map<String, Object>> asked) {
    boolean pattern = expression.matches(".*[*?<].*");
    List<String> names = pattern ? readable(rest, expression) : List.of(expression.split(",", -1));
    List<String> privileges =
        pattern ? all.stream().filter(one -> one.equals("read") == false).toList() : all;
    if (names.isEmpty() == false && privileges.isEmpty() == false) {
      asked.add(Map.of("names", names, "privileges", privileges));
    }
  }

  private static List<String> readable(Rest rest, String pattern) {
    String encoded = URLEncoder.encode(pattern, StandardCharsets.UTF_8);
    return rest.ask("GET", encoded + "/_field_caps?fields=_index")
        .path("indices")
        .valueStream()
        .map(JsonNode::asText)
        .toList();
  }
}
