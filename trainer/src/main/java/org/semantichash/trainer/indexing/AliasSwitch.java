// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.semantichash.trainer.cluster.Body;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.Rest;

/**
 * Moves an alias from one index to another in one step, with its filter and routing.
 *
 * @param rest the cluster
 * @param alias its name
 * @param from the index that it leaves; other indices keep it
 * @param to the index that it comes to
 */
public record AliasSwitch(Rest rest, String alias, String from, String to) {

  /**
   * Looks whether it can be done.
   *
   * @throws IllegalArgumentException when the name is an index's
   */
  public void check() {
    if (configuration(alias, alias).isMissingNode() && isIndex()) {
      throw new IllegalArgumentException(
          "[alias] must not be the name of an index, got [" + alias + "]");
    }
  }

  private boolean isIndex() {
    try {
      return rest.ask("GET", alias + "/_settings").has(alias);
    } catch (ClusterException e) {
      if (e.status() == 404) {
        return false;
      }
      throw e;
    }
  }

  /** How the source has the alias; missing when it has not. */
  private JsonNode configuration(String index, String name) {
    try {
      return rest.ask("GET", "_alias/" + name).path(index).path("aliases").path(name);
    } catch (ClusterException e) {
      if (e.status() == 404) {
        return Body.empty().path("none");
      }
      throw e;
    }
  }

  /** Moves it. */
  public void run() {
    JsonNode old = configuration(from, alias);
    ObjectNode body = Body.empty();
    ArrayNode actions = body.putArray("actions");
    if (old.isMissingNode() == false) {
      actions.addObject().putObject("remove").put("index", from).put("alias", alias);
    }
    ObjectNode add = actions.addObject().putObject("add").put("index", to).put("alias", alias);
    if (old instanceof ObjectNode configuration) {
      add.setAll(configuration);
    }
    rest.ask("POST", "_aliases", body);
  }
}
